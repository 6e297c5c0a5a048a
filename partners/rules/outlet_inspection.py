"""Rules of outlet inspections: who does which step, the score, what is missing, deadlines (R109–R114, R182, I05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import RETURN_VALUE, transition

from partners.choices.outlet_inspection import (
    DONE,
    UNSETTLED,
    FindingState,
    Grade,
    InspectionKind,
    PhotoNeed,
    Result,
)
from partners.choices.outlet_inspection import InspectionState as S
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from portal.worktime.calendar import WorkCalendar

#: Who plans, inspects and decides for the brand, and who inspects the own outlet.
BRAND_SIDE = frozenset({Role.BRAND_MANAGER})
PARTNER_SIDE = frozenset({Role.PARTNER_MANAGER, Role.DISPATCHER})
#: Score with two decimals, half up.
CENT = Decimal("0.01")
#: What an answer is worth of its item's weight; what does not apply is left out of the reckoning.
WORTH = {Result.PASS: Decimal(1), Result.PARTLY: Decimal("0.5"), Result.FAIL: Decimal(0)}
#: Days between two reminders of an overdue finding.
REMIND_EVERY = 7


#: Who makes which step of a finding, and in which states.
FINDING_STEPS: dict[str, tuple[frozenset[Role], tuple[str, ...]]] = {
    "report": (PARTNER_SIDE, (FindingState.OPEN,)),
    "object": (PARTNER_SIDE, UNSETTLED),
    "assign": (PARTNER_SIDE, UNSETTLED),
    "decide": (BRAND_SIDE, (FindingState.REPORTED,)),
    "answer": (BRAND_SIDE, UNSETTLED),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One step of an inspection; `target` None keeps the state."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: Any
    #: Whoever inspects may do it; otherwise the brand alone.
    inspector: bool = False


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("begin_inspection", gettext_lazy("Begin the inspection"), (S.PLANNED,), S.UNDER_WAY, True),
        Move("assign_inspection", gettext_lazy("Change inspector or day"), (S.PLANNED, S.UNDER_WAY), None),
        Move(
            "submit_inspection",
            gettext_lazy("Submit the inspection"),
            (S.UNDER_WAY,),
            RETURN_VALUE(S.SUBMITTED, S.RECTIFYING, S.CLOSED),
            True,
        ),
        Move("close_inspection", gettext_lazy("Close the inspection"), (S.SUBMITTED, S.RECTIFYING), S.CLOSED),
        Move("cancel_inspection", gettext_lazy("Cancel the inspection"), (S.PLANNED, S.UNDER_WAY), S.CANCELLED, True),
    )
}


def move(name: str) -> Any:
    """The django-fsm transition of that step (R182)."""
    step = MOVES[name]
    return transition(field="state", source=[str(state) for state in step.sources], target=step.target)


def inspectors(kind: str) -> frozenset[Role]:
    """Who carries out an inspection of that kind (I05, R182)."""
    return PARTNER_SIDE if kind == InspectionKind.SELF else BRAND_SIDE


def may(role: Role | None, name: str, kind: str, state: str) -> Verdict:
    """Whether the role may make this step of an inspection of that kind now (R182)."""
    step = MOVES[name]
    if role not in (inspectors(kind) if step.inspector else BRAND_SIDE):
        if step.inspector and kind == InspectionKind.SELF:
            return Denied(_("A self-inspection is done by the partner's manager or dispatcher."))
        return Denied(_("Brand managers do this."))
    if state not in step.sources:
        return Denied(_("The inspection is “%(state)s” now.") % {"state": S(state).label}, wrong_state=True)
    return ALLOWED


def may_re_check(role: Role | None, state: str) -> Verdict:
    """Whether the role orders a re-check of an inspection in that state (R182)."""
    if role not in BRAND_SIDE:
        return Denied(_("Brand managers do this."))
    if state != S.RECTIFYING:
        return Denied(_("The inspection is “%(state)s” now.") % {"state": S(state).label}, wrong_state=True)
    return ALLOWED


def may_settle(role: Role | None, step: str, state: str) -> Verdict:
    """Whether the role may make a step of a finding now: report, decide, object, answer, assign (R182)."""
    who, states = FINDING_STEPS[step]
    if role not in who:
        words = (
            _("The partner's manager or dispatcher does this.") if who == PARTNER_SIDE else _("Brand managers do this.")
        )
        return Denied(words)
    if state not in states:
        return Denied(_("The finding is “%(state)s” now.") % {"state": FindingState(state).label}, wrong_state=True)
    return ALLOWED


def hidden_from_partner(kind: str) -> tuple[str, ...]:
    """States that the partner does not see: mystery visits until handed in, draws until begun (I05, R182)."""
    if kind == InspectionKind.MYSTERY:
        return tuple(state for state in S.values if state not in DONE)
    return (S.PLANNED, S.CANCELLED) if kind == InspectionKind.RANDOM else ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer as far as the score goes; `result` is empty where nobody answered yet."""

    number: str
    result: str
    weight: int
    core: bool = False
    photo: str = PhotoNeed.NEVER
    photos: int = 0
    remark: str = ""


def score(marks: Iterable[Mark]) -> Decimal | None:
    """Points of 100: the weighted share of what applies, to two decimals, half up; None if nothing applies (R182)."""
    counted = [mark for mark in marks if mark.result in WORTH]
    whole = sum(mark.weight for mark in counted)
    if not whole:
        return None
    reached = sum((WORTH[Result(mark.result)] * mark.weight for mark in counted), Decimal(0))
    return (reached * 100 / whole).quantize(CENT, ROUND_HALF_UP)


def core_failures(marks: Iterable[Mark]) -> int:
    """How many core items were not passed at all; partly is no failure (R109, R113)."""
    return sum(mark.core and mark.result == Result.FAIL for mark in marks)


def grade(points: Decimal | None, failures: int, pass_mark: Decimal, top_mark: Decimal) -> str:
    """Failed by one core item whatever the score; both marks included; none where nothing applied (R182)."""
    if points is None:
        return ""
    if failures or points < pass_mark:
        return Grade.FAILED
    return Grade.EXCELLENT if points >= top_mark else Grade.PASSED


def owes_photo(need: str, result: str) -> bool:
    """Whether this answer asks for a photo (R109–R114)."""
    if need == PhotoNeed.ALWAYS:
        return result != Result.NOT_APPLICABLE
    return need == PhotoNeed.ON_FAULT and result in (Result.PARTLY, Result.FAIL)


@dataclass(frozen=True, slots=True)
class Gap:
    """What an item still lacks before the inspection can be submitted."""

    number: str
    what: Any


def gaps(marks: Iterable[Mark]) -> list[Gap]:
    """Answers, remarks and photos that are missing, in the order of the list (R109–R114)."""
    return [Gap(mark.number, what) for mark in marks for what in _lacks(mark)]


def _lacks(mark: Mark) -> list[Any]:
    if not mark.result:
        return [_("no answer yet")]
    missing = []
    if mark.result in (Result.PARTLY, Result.FAIL) and not mark.remark.strip():
        missing.append(_("say what was found"))
    if mark.result == Result.NOT_APPLICABLE and not mark.remark.strip():
        missing.append(_("say why it does not apply"))
    if owes_photo(mark.photo, mark.result) and not mark.photos:
        missing.append(_("photo missing"))
    return missing


def makes_finding(result: str, *, partly_too: bool) -> bool:
    """Whether an answer becomes a finding to be corrected (R182)."""
    return result == Result.FAIL or (partly_too and result == Result.PARTLY)


def due_day(calendar: WorkCalendar, submitted: datetime, days: int) -> date:
    """The last day for a correction: so many working days of the outlet's calendar after that of submission (R182)."""
    return calendar.local_day(calendar.end_of_nth_workday(submitted, days))


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Not corrected when its last day has passed; what was reported waits for the brand, not for the partner (R182)."""
    return state == FindingState.OPEN and due_on < today


def reminder_due(due_on: date, told_on: date | None, today: date) -> bool:
    """Whether an overdue finding is told today: on the first day after, then every week (R182)."""
    return due_on < today and (told_on is None or (today - told_on).days >= REMIND_EVERY)
