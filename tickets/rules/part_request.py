"""When parts are supplied in time, and who may do what with a request for them (R086, R090, R180)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from partners.rules.stock import KEEPERS, STOREKEEPERS
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices.part_request import OPEN_REQUEST, RequestState

S = RequestState
#: Step → the states that it is possible in.
STEPS: dict[str, frozenset[str]] = {
    "promise": frozenset({S.REQUESTED, S.PROMISED}),
    "ship": frozenset({S.PROMISED}),
    "receive": frozenset({S.SHIPPED}),
    "hand_out": frozenset({S.REQUESTED, S.PROMISED}),
    "cancel": frozenset({S.REQUESTED, S.PROMISED}),
}
WHO: dict[str, frozenset[Role]] = {
    "promise": STOREKEEPERS,
    "ship": STOREKEEPERS,
    "receive": KEEPERS | {Role.TECHNICIAN},
    "hand_out": KEEPERS,
    "cancel": STOREKEEPERS | KEEPERS | {Role.TECHNICIAN},
}


def may(role: Role | None, step: str, state: str) -> Verdict:
    """Whether this role makes this step of a request in this state (R180)."""
    if role not in WHO[step]:
        return Denied(_("Your role does not make this step."))
    if state not in STEPS[step]:
        return Denied(_("This step is not possible in the present state."), wrong_state=True)
    return ALLOWED


def in_time(promised_until: date | None, supplied_at: datetime | None) -> bool:
    """Supplied by the end of the promised day in Asia/Shanghai; what was never promised is never late (R086)."""
    return promised_until is None or (supplied_at is not None and clock.local(supplied_at).date() <= promised_until)


def is_late(state: str, promised_until: date | None, supplied_at: datetime | None, today: date) -> bool:
    """Supplied after the promised day, or still awaited when it has passed (R090)."""
    if state == S.SUPPLIED:
        return not in_time(promised_until, supplied_at)
    return state in OPEN_REQUEST and promised_until is not None and promised_until < today
