"""Rows that name a ticket only as 'ticket:12': notices and the service log, in an actor's scope."""

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from portal.accounts.actor import Actor
from tickets.models import Ticket


def about_visible_tickets(rows: QuerySet[Any], actor: Actor, field: str = "subject") -> QuerySet[Any]:
    """Rows whose subject the actor may see: all where no region narrows him, else those of his tickets only."""
    if actor.is_system or (actor.role is not None and not actor.regions and not actor.is_partner):
        return rows.all()
    subject = Concat(Value("ticket:"), Cast("pk", CharField()), output_field=CharField())
    mine = Ticket.objects.visible_to(actor).order_by().annotate(subject=subject).values("subject")
    return rows.filter(Q(**{f"{field}__in": mine}))
