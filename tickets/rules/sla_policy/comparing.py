"""Two versions beside each other, line by line: added, removed, changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tickets.rules.sla_policy.line import PolicyLine
from tickets.rules.sla_policy.pausing import PauseRule
from tickets.rules.sla_policy.policy import Policy

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
#: What can change while a line stays the same line.
_TERMS = ("limit", "unit", "clause_text", "replaces", "core", "calendar", "warn_at")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; a line or a rule of pauses before and after, None where there is none."""

    what: str
    before: PolicyLine | PauseRule | None
    after: PolicyLine | PauseRule | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The clock that it is about; empty for pauses."""
        line = self.after or self.before
        return line.kind if isinstance(line, PolicyLine) else ""


def compare(old: Policy, new: Policy) -> list[Change]:
    """What one has to read to know the new version when one knows the old, by clock, pauses last."""
    kinds = dict.fromkeys(line.kind for line in (*old.lines, *new.lines))
    changes = [
        change
        for kind in kinds
        for change in _differences(_by_place(old.lines, kind), _by_place(new.lines, kind), _TERMS)
    ]
    pauses = _differences(old.pause_rules, new.pause_rules, ("credited", "cap", "roles", "evidence", "excuses_updates"))
    return [*changes, *pauses]


def _by_place(lines: Iterable[PolicyLine], kind: str) -> dict[str, PolicyLine]:
    """Lines by the clause and the tickets of which they speak."""
    return {line.as_rule() + f"|{line.clause}": line for line in lines if line.kind == kind}


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], terms: tuple[str, ...]) -> list[Change]:
    found = []
    for place in dict.fromkeys((*old, *new)):
        before, after = old.get(place), new.get(place)
        if before is None or after is None:
            found.append(Change(ADDED if before is None else REMOVED, before, after))
            continue
        fields = tuple(term for term in terms if getattr(before, term) != getattr(after, term))
        if fields:
            found.append(Change(CHANGED, before, after, fields))
    return found
