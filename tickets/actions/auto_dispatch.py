"""Dispatch without the desk: what waits too long goes to the outlet that suits it best (R203; workflow `dispatch`)."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.errors import PortalError
from tickets.actions.dispatch import dispatch
from tickets.choices import TicketState
from tickets.models import Ticket
from tickets.queries.outlet_choice import outlet_choices
from tickets.rules.dispatching import DEPARTMENT_OF, by_itself

logger = logging.getLogger(__name__)
PORTAL = Actor.system("automatic dispatch")


def dispatch_waiting() -> int:
    """Dispatch what waits longer than `AUTO_DISPATCH_MINUTES` (None: the desk does all); answers how many.

    A ticket that no outlet may take stays with the desk, whose warnings go on. One that fails stops no other.
    """
    minutes = settings.AUTO_DISPATCH_MINUTES
    if minutes is None:
        return 0
    return sum(dispatch_by_itself(ticket) for ticket in waiting(timedelta(minutes=minutes)))


def waiting(since: timedelta) -> QuerySet[Ticket]:
    """Registered for so long, of a class that needs no reader first, and given back by nobody; oldest first."""
    return Ticket.objects.filter(
        state=TicketState.REGISTERED,
        declines=0,
        category__in=list(DEPARTMENT_OF),
        registered_at__lte=clock.now() - since,
    ).order_by("registered_at", "pk")


def dispatch_by_itself(ticket: Ticket) -> bool:
    """Give the ticket to the lightest loaded outlet that may take it; answers whether one was found."""
    if not by_itself(ticket.category, ticket.declines):
        return False
    note = _("Chosen by the portal: the lightest load (%(load)d of %(capacity)d) with somebody certified on duty.")
    try:
        best = next((choice for choice in outlet_choices(ticket, automatic=True) if choice.verdict), None)
        if best is None:
            return False
        words = note % {"load": best.load, "capacity": best.outlet.capacity}
        dispatch(PORTAL, ticket, best.outlet, DEPARTMENT_OF[ticket.category], words, version=ticket.version)
    except PortalError as error:
        logger.warning("ticket %s was not dispatched by itself: %s", ticket.number, error.message)
        return False
    except Exception:  # whatever one ticket does must not keep the others from their outlets
        logger.exception("ticket %s was not dispatched by itself", ticket.number)
        return False
    return True
