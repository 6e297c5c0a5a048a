"""When a diagnostic tool of the brand may be opened from a ticket (R020)."""

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices import TicketState as S
from tickets.rules.permission import Standing, handles

#: While somebody works on it: from taking it to the customer's confirmation.
OPEN = frozenset({S.ACCEPTED, S.DIAGNOSED, S.IN_PROGRESS, S.SUSPENDED, S.PENDING_CONFIRMATION, S.REASSESSING})
USERS = frozenset({Role.TECHNICIAN, Role.PARTNER_MANAGER})


def may_diagnose(actor: Actor, ticket: Standing) -> Verdict:
    """Whether this person opens diagnostic tools for this ticket now; the grant decides about the tool (R020)."""
    if actor.role not in USERS:
        return Denied(_("Diagnostic tools are opened by those who repair."))
    if actor.role == Role.TECHNICIAN and not handles(actor, ticket.owner_user_id):
        return Denied(_("Only the responsible person opens diagnostic tools for this ticket."))
    if ticket.state not in OPEN:
        return Denied(_("Diagnostic tools are opened while a ticket is being worked on."), wrong_state=True)
    return ALLOWED
