"""A version of the policy: which lines hold for which ticket (workflow.md, precedence)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tickets.rules.sla_policy.line import PolicyLine, Rank, Scope
from tickets.rules.sla_policy.pausing import DEFAULT_PAUSES, PauseRule


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the policy; a ticket keeps the one that it started under."""

    version: str
    lines: tuple[PolicyLine, ...]
    pause_rules: Mapping[str, PauseRule] = field(default_factory=lambda: DEFAULT_PAUSES, hash=False)
    #: Regions and contracts that any line names; for all others there is one answer to remember.
    regions: frozenset[str] = field(init=False, repr=False, compare=False)
    contracts: frozenset[str] = field(init=False, repr=False, compare=False)
    _found: dict[tuple[str, Scope], tuple[PolicyLine, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "regions", frozenset(line.region for line in self.lines if line.region))
        object.__setattr__(self, "contracts", frozenset(line.contract for line in self.lines if line.contract))

    def lines_for(self, kind: str, scope: Scope) -> tuple[PolicyLine, ...]:
        """All lines that hold for such a ticket: the strictest gives the due time, each keeps its own result.

        A clause is set by the highest that speaks of it: contract, tier, region, brand. A region is not heard on a
        core clause (R100). Clauses of other numbers stand beside each other (R003).
        """
        key = (kind, self._known(scope))
        found = self._found.get(key)
        if found is None:
            lines = [line for line in self.lines if line.kind == kind and line.matches(scope)]
            found = self._found[key] = _own_channel(_highest(lines))
        return found

    def _known(self, scope: Scope) -> Scope:
        region = scope.region if scope.region in self.regions else None
        contract = scope.contract if scope.contract in self.contracts else None
        if region == scope.region and contract == scope.contract:
            return scope
        return Scope(scope.category, scope.channel, scope.tier, region, contract)


def _highest(lines: list[PolicyLine]) -> list[PolicyLine]:
    """Of the lines that set the same clause those of the highest rank."""
    core = {line.clause for line in lines if line.core and line.rank == Rank.BRAND}
    heard = [line for line in lines if line.rank != Rank.REGION or line.governs not in core]
    top: dict[str, Rank] = {}
    for line in heard:
        top[line.governs] = max(line.rank, top.get(line.governs, Rank.BRAND))
    return [line for line in heard if line.rank == top[line.governs]]


def _own_channel(lines: list[PolicyLine]) -> tuple[PolicyLine, ...]:
    """A line that names the channel replaces those of its rank or below that name none (R163, R164)."""
    own = max((line.rank for line in lines if line.channel is not None), default=None)
    return tuple(line for line in lines if own is None or line.channel is not None or line.rank > own)
