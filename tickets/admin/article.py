"""The panel of knowledge articles on the ticket's page in the admin."""

from typing import Any

from django.urls import reverse

from partners.rules.knowledge import may_nominate
from portal.accounts.actor import Actor
from portal.adminkit.panels import register
from tickets.models import Ticket
from tickets.rules.article import SOLVED


def _fill(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """Looked for when the page is there: whoever does not read it does not wait for it."""
    shown: dict[str, Any] = {"articles_url": reverse("ticket_articles", args=[ticket.number]), "nominate": False}
    if ticket.state in SOLVED and may_nominate(actor.role):
        shown |= {"nominate": True, "case_ticket": ticket}
    return shown


register("tickets.ticket", "admin/tickets/ticket/_articles_panel.html", _fill)
