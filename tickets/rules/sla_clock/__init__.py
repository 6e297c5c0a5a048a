"""The clock engine: `compute` makes clocks from policy, calendar, journal and now; `explain` says why."""

from tickets.rules.sla_clock.engine import compute
from tickets.rules.sla_clock.events import Case, Event
from tickets.rules.sla_clock.explaining import explain
from tickets.rules.sla_clock.kinds import KINDS
from tickets.rules.sla_clock.parts import BREACHED, MET, PAUSED, RUNNING, VOID, Step
from tickets.rules.sla_clock.results import ClockResult, next_due, state_at

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
    "compute",
    "explain",
    "next_due",
    "state_at",
]
