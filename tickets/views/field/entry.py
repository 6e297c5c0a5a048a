"""Who may come in, and what he may hold: fetching is checking (A01)."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from portal.kernel.errors import Refused
from tickets.models import Ticket
from tickets.queries.field import visible_ticket

logger = logging.getLogger("portal.refusals")
View = Callable[..., HttpResponseBase]


def partner_page(view: View) -> View:
    """For signed-in partner staff; others read why not."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_partner:
            raise Refused(_("These pages are for the staff of partners."))
        return view(request, *args, **kwargs)

    return guarded


def find_ticket(request: HttpRequest, number: str) -> Ticket:
    """The ticket, if the actor sees it. Raises Http404 for what is absent and for what is not his, alike."""
    ticket = visible_ticket(request.actor, number)
    if ticket is None:
        logger.warning("refused: user %s asked for ticket %r", request.actor.user_id, number)
        raise Http404
    return ticket
