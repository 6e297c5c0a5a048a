"""Service-level policy: which limit holds for which ticket. Pure data; the rows of a version build the same objects.

Precedence: contract, service tier, regional override of a clause that is not core, brand standard (R003, R100).
"""

from tickets.rules.sla_policy.default import DEFAULT_POLICY
from tickets.rules.sla_policy.line import (
    CALENDARS,
    DAY,
    HOUR,
    MINUTE,
    UNITS,
    WARN_AT,
    WORKING_DAY,
    WORKING_HOUR,
    PolicyLine,
    Rank,
    Scope,
)
from tickets.rules.sla_policy.pausing import DEFAULT_PAUSES, EVIDENCE, PauseRule, by_reason
from tickets.rules.sla_policy.policy import Policy

__all__ = [
    "CALENDARS",
    "DAY",
    "DEFAULT_PAUSES",
    "DEFAULT_POLICY",
    "EVIDENCE",
    "HOUR",
    "MINUTE",
    "UNITS",
    "WARN_AT",
    "WORKING_DAY",
    "WORKING_HOUR",
    "PauseRule",
    "Policy",
    "PolicyLine",
    "Rank",
    "Scope",
    "by_reason",
]
