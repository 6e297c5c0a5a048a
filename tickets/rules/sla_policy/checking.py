"""What a version may not say: told in words that name the line and the remedy (R003, R100)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tickets.choices import ClockKind
from tickets.rules.sla_policy.default import DEFAULT_POLICY
from tickets.rules.sla_policy.line import PolicyLine, Rank, Scope
from tickets.rules.sla_policy.wording import scope_in_words

#: A policy that is silent on one of these would let its clock stand still.
OWED_KINDS = tuple(dict.fromkeys(line.kind for line in DEFAULT_POLICY.lines))
_LEVELS = re.compile(r"[\s,，、;；%]+")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, with the line and field that it is about, if it is about one."""

    message: str
    line: PolicyLine | None = None
    field: str = ""


def warn_levels(text: str) -> tuple[int, ...]:
    """Percentages of the limit at which a clock warns, '50, 80'. Raises ValueError with a sentence."""
    words = [word for word in _LEVELS.split(text) if word]
    if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= 99 for word in words):
        raise ValueError(_("Warnings are percentages of the limit between 1 and 99, such as 50, 80."))
    levels = tuple(int(word) for word in words)
    if list(levels) != sorted(set(levels)):
        raise ValueError(_("Each warning must be later than the one before it, such as 50, 80."))
    return levels


def flaws_of_line(line: PolicyLine, others: Iterable[PolicyLine]) -> Iterator[Flaw]:
    """What forbids the line beside the other lines of its version."""
    same_kind = [other for other in others if other.kind == line.kind]
    if any(_place(other) == _place(line) for other in same_kind):
        yield Flaw(_("The clause has a limit for such tickets already: change that line."), line, "clause")
    brand = [other for other in same_kind if other.rank == Rank.BRAND]
    if line.rank == Rank.REGION and any(other.core and other.clause == line.governs for other in brand):
        words = _("Clause %s is a core clause: it is the same in every region. Take the region away.")
        yield Flaw(words % line.governs, line, "region")
    if line.replaces and not any(other.clause == line.replaces and other.rank < line.rank for other in same_kind):
        words = _("There is no clause %s of this clock that this line could replace.")
        yield Flaw(words % line.replaces, line, "replaces")


def flaws(lines: Sequence[PolicyLine]) -> list[Flaw]:
    """Everything that must be mended before the version goes to legal review."""
    silent = _("“%s” has no limit that holds for every ticket.")
    found = [Flaw(silent % ClockKind(kind).label) for kind in _silent(lines)]
    for index, line in enumerate(lines):
        found += flaws_of_line(line, [*lines[:index], *lines[index + 1 :]])
    return found


def in_words(flaw: Flaw) -> str:
    """The flaw with the line that it is about."""
    if flaw.line is None:
        return flaw.message
    where = (ClockKind(flaw.line.kind).label, flaw.line.clause, scope_in_words(flaw.line))
    return "{} · {} · {}: {}".format(*where, flaw.message)


def _silent(lines: Iterable[PolicyLine]) -> list[str]:
    said = Counter(line.kind for line in lines if line.rank == Rank.BRAND)
    return [kind for kind in OWED_KINDS if not said[kind]]


def _place(line: PolicyLine) -> tuple[Any, ...]:
    return (line.clause, Scope(line.category, line.channel, line.tier, line.region, line.contract))
