"""What a person may hold here: fetching is checking (A01)."""

import logging

from django.http import Http404, HttpRequest

from tickets.models import Ticket
from tickets.queries.field import visible_ticket

logger = logging.getLogger("portal.refusals")


def find_ticket(request: HttpRequest, number: str) -> Ticket:
    """The ticket, if the actor sees it. Raises Http404 for what is absent and for what is not his, alike."""
    ticket = visible_ticket(request.actor, number)
    if ticket is None:
        logger.warning("refused: user %s asked for ticket %r", request.actor.user_id, number)
        raise Http404
    return ticket
