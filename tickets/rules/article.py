"""Who uses knowledge articles in a ticket, and when one may be contributed from it (R018, R178)."""

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.roles import DESK, PARTNER, Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices import TicketState
from tickets.rules.permission import Standing, handles

#: Handle tickets, or advise those who do.
USERS = DESK | PARTNER | {Role.TECHNICAL}
SOLVED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


def may_use(actor: Actor, ticket: Standing) -> Verdict:
    """Whether the person attaches articles and says which one solved it (R018)."""
    if actor.role not in USERS:
        return Denied(_("Articles are attached by those who handle the ticket."))
    if actor.role == Role.TECHNICIAN and not handles(actor, ticket.owner_user_id):
        return Denied(_("Accept the ticket before you attach articles to it."))
    if ticket.state == TicketState.CANCELLED:
        return Denied(_("This ticket was cancelled."), wrong_state=True)
    return ALLOWED


def may_contribute(actor: Actor, ticket: Standing) -> Verdict:
    """Whether an article may be proposed from the ticket: by who did the work, once it is solved (R178)."""
    if not actor.is_partner:
        return Denied(_("Partner staff contribute from their tickets."))
    if actor.role == Role.TECHNICIAN and ticket.owner_user_id != actor.user_id:
        return Denied(_("Only the responsible person of this ticket contributes from it."))
    if ticket.state not in SOLVED:
        return Denied(_("Contribute once the customer has confirmed that it is solved."), wrong_state=True)
    return ALLOWED
