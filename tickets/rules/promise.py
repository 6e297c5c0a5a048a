"""What the policy promises a customer, in words (R003, R199–R202)."""

from dataclasses import dataclass
from typing import Any

from tickets.choices import Category
from tickets.rules.sla_policy import DEFAULT_POLICY, Policy, Scope
from tickets.rules.sla_policy.wording import limit_in_words


@dataclass(frozen=True, slots=True)
class Promise:
    """One row of the table that the welcome page shows."""

    label: Any
    response: str
    resolution: str


def promises(policy: Policy = DEFAULT_POLICY) -> list[Promise]:
    """Response and resolution of every category, strictest line first (R003)."""
    return [
        Promise(category.label, _limit(policy, "response", category), _limit(policy, "resolution", category))
        for category in Category
        if category != Category.MAINTENANCE
    ]


def _limit(policy: Policy, kind: str, category: str) -> str:
    lines = [line for line in policy.lines_for(kind, Scope(category)) if line.category]
    if not lines:
        return "—"
    return limit_in_words(lines[0].limit, lines[0].unit)
