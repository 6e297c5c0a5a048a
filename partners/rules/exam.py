"""Drawing, marking and sitting an examination (R115, R175)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from partners.choices.training import Difficulty, QuestionKind
from portal.kernel import clock
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: A certificate can be renewed so many days before it ends (R115).
RENEW_DAYS = 90
MOST_OPTIONS = 8

#: A question as it is drawn: id, code, kind, text, options, right (places from 0), explanation, difficulty.
Drawn = dict[str, Any]


def question_faults(kind: str, options: Sequence[str], right: Sequence[int]) -> dict[str, str]:
    """What is wrong with options and right ones (places from 1), by field; nothing when they fit the kind (R115)."""
    faults: dict[str, str] = {}
    least = 2
    if kind == QuestionKind.TRUE_FALSE and len(options) != 2:
        faults["options"] = _("A true-or-false question has two options: right and wrong.")
    elif not least <= len(options) <= MOST_OPTIONS:
        faults["options"] = _("Give two to %d options, one a line.") % MOST_OPTIONS
    elif len({option.strip() for option in options}) != len(options):
        faults["options"] = _("Two options are the same.")
    if not right or len(set(right)) != len(right) or not all(1 <= place <= len(options) for place in right):
        faults["right"] = _("Name the right options by their places, such as 1 or 1、3.")
    elif kind != QuestionKind.MULTIPLE and len(right) != 1:
        faults["right"] = _("Exactly one option is right in a question of this kind.")
    elif kind == QuestionKind.MULTIPLE and len(right) < least:
        faults["right"] = _("In a multiple choice at least two options are right.")
    return faults


def shortage(bank: Sequence[Drawn], quota: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Difficulties of which the bank has too few: how many it has and how many are asked for (R115)."""
    have = {level: sum(question["difficulty"] == level for question in bank) for level in quota}
    return {level: (have[level], asked) for level, asked in quota.items() if have[level] < asked}


def draw(seed: str, bank: Sequence[Drawn], quota: Mapping[str, int]) -> list[Drawn]:
    """The paper of a seed: so many of each difficulty, questions and options mixed.

    The same seed and bank give the same paper (R115). The bank must hold enough: ask `shortage` first.
    """
    random = Random(seed)
    chosen: list[Drawn] = []
    for level in Difficulty.values:
        pool = sorted((q for q in bank if q["difficulty"] == level), key=lambda question: question["code"])
        chosen += random.sample(pool, quota.get(level, 0))
    random.shuffle(chosen)
    return [_mixed(random, question) for question in chosen]


def _mixed(random: Random, question: Drawn) -> Drawn:
    order = list(range(len(question["options"])))
    if question["kind"] != QuestionKind.TRUE_FALSE:
        random.shuffle(order)
    return {
        **question,
        "options": [question["options"][place] for place in order],
        "right": sorted(order.index(place) for place in question["right"]),
    }


def cleaned_answer(question: Drawn, chosen: Sequence[int]) -> list[int] | None:
    """The chosen places in order; None when they cannot be an answer to this question (R115)."""
    places = sorted(set(chosen))
    if any(not 0 <= place < len(question["options"]) for place in places):
        return None
    if question["kind"] != QuestionKind.MULTIPLE and len(places) > 1:
        return None
    return places


def is_right(question: Drawn, chosen: Sequence[int]) -> bool:
    """All right options and no other: there is no half point (R115)."""
    return sorted(chosen) == question["right"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a paper came out; `percent` is rounded down, so that nobody passes by rounding."""

    right: int
    of: int
    percent: int
    passed: bool


def mark(sheet: Sequence[Drawn], answers: Mapping[str, Sequence[int]], pass_percent: int) -> Mark:
    """Mark what was answered, by place in the sheet; what was not answered is wrong (R115)."""
    right = sum(is_right(question, answers.get(str(n), [])) for n, question in enumerate(sheet))
    percent = 100 * right // len(sheet) if sheet else 0
    return Mark(right, len(sheet), percent, bool(sheet) and 100 * right >= pass_percent * len(sheet))


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the rule asks of a candidate; `failed` are the ends of failures since he last attended or passed."""

    needs_attendance: bool
    attended: bool
    certified_until: date | None
    failed: Sequence[datetime]


def may_sit(sitting: Sitting, attempts: int, wait_hours: int, now: datetime) -> Verdict:
    """Whether an attempt may begin now, and if not, why and from when (R115, R175)."""
    until = sitting.certified_until
    opens = until - timedelta(days=RENEW_DAYS) if until else None
    if opens and clock.local(now).date() < opens:
        return Denied(
            _("Your certificate is valid until %(until)s; the examination for its renewal opens on %(opens)s.")
            % {"until": until, "opens": opens},
            wrong_state=True,
        )
    if sitting.needs_attendance and not sitting.attended:
        return Denied(_("Attend the course first: the examination opens when the trainer has recorded it."), True)
    if len(sitting.failed) >= attempts:
        return Denied(
            _("All %d attempts are used. Attend the course again; then new attempts are open.") % attempts, True
        )
    again = max(sitting.failed) + timedelta(hours=wait_hours) if sitting.failed else now
    if now < again:
        return Denied(
            _("The next attempt is possible from %s on.") % f"{clock.local(again):%Y-%m-%d %H:%M}", wrong_state=True
        )
    return ALLOWED
