"""What the policy promises a customer, in words (R003, R199–R202)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tickets.choices import Category
from tickets.rules.sla_policy import DEFAULT_POLICY, Policy, Scope


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
    ]


def _limit(policy: Policy, kind: str, category: str) -> str:
    lines = [line for line in policy.lines_for(kind, Scope(category)) if line.category]
    if not lines:
        return "—"
    line = lines[0]
    units = {
        "minute": _("%d minutes"),
        "hour": _("%d hours"),
        "day": _("%d days"),
        "working_hour": _("%d working hours"),
        "working_day": _("%d working days"),
    }
    return units[line.unit] % line.limit
