"""Which suspensions stop a clock: reason, credit, cap, who may use it, evidence (workflow.md, rule 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

#: What a pause must be able to show: nothing, words, an open part request of the ticket, a file.
NO_EVIDENCE, NOTE, PART_REQUEST, FILE = "", "note", "part_request", "file"
EVIDENCE = (NO_EVIDENCE, NOTE, PART_REQUEST, FILE)


@dataclass(frozen=True, slots=True)
class PauseRule:
    """What the policy says of one reason. `credited`: the clock stops, since not the partner answers for it.

    `cap`: the most that one ticket and cycle is credited for this reason, None without end. `roles`: who may use it;
    empty: whoever may suspend a ticket. `excuses_updates`: a day waited through whole owes no entry of 附件2 (R212).
    """

    reason: str
    credited: bool
    cap: timedelta | None = None
    roles: frozenset[str] = frozenset()
    evidence: str = NO_EVIDENCE
    excuses_updates: bool = False


def by_reason(rules: Iterable[PauseRule]) -> Mapping[str, PauseRule]:
    """The rules as a policy keeps them."""
    return MappingProxyType({rule.reason: rule for rule in rules})


#: An approval is awaited at the brand's or the partner's own table: it stops nothing.
DEFAULT_PAUSES = by_reason(
    (
        PauseRule("customer", credited=True, cap=timedelta(days=30), evidence=NOTE),
        PauseRule("parts", credited=True, cap=timedelta(days=30), evidence=PART_REQUEST),
        PauseRule("third_party", credited=True, cap=timedelta(days=15), evidence=NOTE),
        PauseRule("force_majeure", credited=True, evidence=NOTE),
        PauseRule("approval", credited=False, evidence=NOTE),
    )
)
