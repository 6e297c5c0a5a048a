"""The state machine as one table: from where, to where, who, in which words (spec/workflow.md, R022, R057).

The model's django-fsm transitions are declared from this table, documents and tests read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.accounts.roles import Role
from tickets.choices import TicketState as S

DESK = frozenset({Role.SERVICE_DESK, Role.BRAND_MANAGER})
CUSTOMER = frozenset({Role.CUSTOMER})
DISPATCHERS = frozenset({Role.DISPATCHER, Role.PARTNER_MANAGER})
OUTLET = DISPATCHERS | {Role.TECHNICIAN}
SYSTEM = frozenset({Role.SYSTEM})

OPEN = (
    S.RECEIVED,
    S.REGISTERED,
    S.DISPATCHED,
    S.ACCEPTED,
    S.DIAGNOSED,
    S.IN_PROGRESS,
    S.SUSPENDED,
    S.PENDING_CONFIRMATION,
    S.REASSESSING,
    S.RESOLVED,
)
WITH_PARTNER = (
    S.DISPATCHED,
    S.ACCEPTED,
    S.DIAGNOSED,
    S.IN_PROGRESS,
    S.SUSPENDED,
    S.PENDING_CONFIRMATION,
    S.REASSESSING,
)
HANDLED = (S.ACCEPTED, S.DIAGNOSED, S.IN_PROGRESS, S.SUSPENDED, S.PENDING_CONFIRMATION, S.REASSESSING)
#: A product is handed over while somebody works on the ticket, or after the customer confirmed.
DELIVERING = (*HANDLED, S.RESOLVED)
BEFORE_START = (S.RECEIVED, S.REGISTERED, S.DISPATCHED, S.ACCEPTED, S.DIAGNOSED)


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: `target` None keeps the state; `owner_only` leaves partner staff only the responsible person."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str | None
    who: frozenset[Role]
    owner_only: bool = False


_MOVES = (
    Move("register", _("Register"), (S.RECEIVED,), S.REGISTERED, DESK),
    Move("amend_intake", _("Correct the intake record"), OPEN[1:], None, DESK),
    Move("reclassify", _("Change category or urgency"), OPEN[1:-1], None, DESK),
    Move("dispatch", _("Dispatch"), (S.REGISTERED,), S.DISPATCHED, DESK | SYSTEM),
    Move("decline", _("Decline"), (S.DISPATCHED,), S.REGISTERED, DISPATCHERS),
    Move("accept", _("Accept"), (S.DISPATCHED,), S.ACCEPTED, OUTLET),
    Move("diagnose", _("Diagnose"), (S.ACCEPTED, S.REASSESSING), S.DIAGNOSED, OUTLET, owner_only=True),
    Move("start", _("Start work"), (S.DIAGNOSED,), S.IN_PROGRESS, OUTLET, owner_only=True),
    Move("progress", _("Add a progress entry"), HANDLED, None, OUTLET, owner_only=True),
    Move("contact", _("Log a contact"), OPEN, None, DESK | OUTLET),
    Move("arrive", _("Log the arrival"), (S.DIAGNOSED, S.IN_PROGRESS), None, OUTLET, owner_only=True),
    Move("suspend", _("Suspend"), (S.IN_PROGRESS,), S.SUSPENDED, OUTLET, owner_only=True),
    Move("resume", _("Resume"), (S.SUSPENDED,), S.IN_PROGRESS, OUTLET, owner_only=True),
    Move("escalate", _("Escalate"), HANDLED, None, OUTLET),
    Move("transfer", _("Transfer"), WITH_PARTNER, S.DISPATCHED, DISPATCHERS | DESK),
    Move("complete", _("Complete"), (S.IN_PROGRESS,), S.PENDING_CONFIRMATION, OUTLET, owner_only=True),
    Move("answer", _("Answer"), (S.REGISTERED, S.ACCEPTED), S.PENDING_CONFIRMATION, DESK | OUTLET),
    Move("confirm", _("Confirm the result"), (S.PENDING_CONFIRMATION,), S.RESOLVED, CUSTOMER | DESK),
    Move("reject", _("Not solved"), (S.PENDING_CONFIRMATION,), S.REASSESSING, CUSTOMER),
    Move("reopen", _("Reopen"), (S.RESOLVED,), S.REASSESSING, CUSTOMER | DESK),
    Move("add_information", _("Add information"), OPEN, None, CUSTOMER | DESK),
    Move("rate", _("Rate"), (S.RESOLVED, S.CLOSED), None, CUSTOMER),
    Move("follow_up", _("Log a follow-up attempt"), (S.RESOLVED,), None, DESK),
    Move("deliver", _("Log the delivery"), DELIVERING, None, DESK | OUTLET, owner_only=True),
    Move("call_back", _("Call back after a low score"), (S.RESOLVED, S.CLOSED), None, DESK),
    Move("close", pgettext_lazy("ticket", "Close"), (S.RESOLVED,), S.CLOSED, DESK),
    Move("cancel", pgettext_lazy("ticket", "Cancel"), OPEN, S.CANCELLED, DESK | CUSTOMER),
)
MOVES: dict[str, Move] = {move.name: move for move in _MOVES}


def move(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a model method as the django-fsm transition of the table's row of that name (R022)."""
    row = MOVES[name]
    return transition(field="state", source=list(row.sources), target=row.target, custom={"move": row})
