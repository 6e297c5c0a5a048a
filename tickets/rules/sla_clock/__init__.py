"""The clock engine: `compute` makes clocks from policy, calendar, journal and now; `explain` says why.

Limits of response, registration, acceptance, arrival, resolution, escalation, re-assessment and follow-up
(R010, R128, R087, R131, R133, R139, R167, R192, R194, R197, R199–R202, R204, R208, R210, R212, R217, R223).
"""

from tickets.rules.sla_clock.engine import compute
from tickets.rules.sla_clock.events import Case, Event
from tickets.rules.sla_clock.explaining import explain
from tickets.rules.sla_clock.kinds import KINDS
from tickets.rules.sla_clock.parts import BREACHED, MET, PAUSED, RUNNING, VOID, Step
from tickets.rules.sla_clock.results import ClockResult, next_due, state_at
from tickets.rules.sla_clock.row import clock_columns

__all__ = [
    "BREACHED",
    "KINDS",
    "MET",
    "PAUSED",
    "RUNNING",
    "VOID",
    "Case",
    "ClockResult",
    "Event",
    "Step",
    "clock_columns",
    "compute",
    "explain",
    "next_due",
    "state_at",
]
