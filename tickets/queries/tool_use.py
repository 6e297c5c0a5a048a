"""Diagnostic tools beside a ticket: what is granted, what was used (R020)."""

from dataclasses import dataclass

from partners.models import ToolUse
from partners.queries.tool_grant import Offer, offers, uses_of
from partners.rules.tool_grant import Case
from portal.accounts.actor import Actor
from tickets.models import Ticket
from tickets.rules.tool_use import may_diagnose


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What the ticket's page shows; nothing where nothing was ever granted or used."""

    usable: list[Offer]
    closed: list[Offer]
    uses: list[ToolUse]

    def __bool__(self) -> bool:
        return bool(self.usable or self.uses)


def case_of(ticket: Ticket) -> Case:
    """What a grant must cover."""
    return Case(ticket.product_line_id, ticket.product_model)


def uses_for(actor: Actor, ticket: Ticket) -> list[ToolUse]:
    """The uses for this ticket in sight, the newest first."""
    return list(uses_of(actor).filter(ticket_number=ticket.number))


def diagnostics_of(actor: Actor, ticket: Ticket) -> Diagnostics:
    """What may be opened for the ticket now, what not and why, and what was used."""
    found = offers(actor, case_of(ticket)) if may_diagnose(actor, ticket.standing()) else []
    usable = [offer for offer in found if offer.verdict]
    closed = [offer for offer in found if not offer.verdict]
    return Diagnostics(usable, closed, uses_for(actor, ticket))
