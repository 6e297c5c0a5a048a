"""Which step a technician should think of first (R022): what is due comes before what the state asks for."""

from tickets.choices import Category, ClockKind, ServiceMode
from tickets.choices import TicketState as S

#: A clock that only a talk with the customer stops (R199–R202), and the one that asks for more support (R210).
CALLS = frozenset(
    {ClockKind.RESPONSE, ClockKind.EMERGENCY_CALL, ClockKind.COMPLAINT_RESPONSE, ClockKind.COMPLAINT_FEEDBACK}
)
_BY_STATE: dict[str, tuple[str, ...]] = {
    S.DISPATCHED: ("accept", "decline"),
    S.ACCEPTED: ("diagnose",),
    S.DIAGNOSED: ("start",),
    S.IN_PROGRESS: ("progress", "complete"),
    S.SUSPENDED: ("resume", "progress"),
    S.REASSESSING: ("diagnose",),
    S.PENDING_CONFIRMATION: (),
}


def leading(state: str, category: str, mode: str, *, arrived: bool, due_kind: str = "") -> tuple[str, ...]:
    """Names of the steps to offer first, in this order (R022, R205); empty where nothing is owed by the partner."""
    steps = _BY_STATE.get(state, ())
    if state == S.ACCEPTED and category == Category.CONSULTATION:
        steps = ("answer", "diagnose")
    if mode == ServiceMode.ON_SITE and not arrived and state in (S.DIAGNOSED, S.IN_PROGRESS):
        steps = ("start", "arrive") if state == S.DIAGNOSED else ("arrive", "progress", "complete")
    if not steps or state == S.DISPATCHED:
        return steps
    if due_kind in CALLS:
        return ("contact", *steps)
    return ("escalate", *steps) if due_kind == ClockKind.ESCALATION else steps
