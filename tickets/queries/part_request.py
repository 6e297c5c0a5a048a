"""Requests for parts as lists: by tab, found by words, and what should be ordered next (R090, R181)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from partners.models import StockPlace
from partners.queries.stock import Low, low
from partners.rules.stock import suggestion
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from tickets.choices.part_request import RequestState
from tickets.models import PartRequest, Ticket


@dataclass(frozen=True, slots=True)
class ToOrder:
    """A part that is running out, what was asked for already, and how many to order now."""

    low: Low
    asked: int

    @property
    def suggested(self) -> int:
        point = self.low.point
        return suggestion(self.low.quantity, self.low.coming + self.asked, point.reorder_at, point.order_up_to)


def in_tab(rows: Any, tab: str) -> Any:
    """Open ones by the day they are expected, late ones, or done ones by their end."""
    rows = rows.select_related("part", "outlet", "ticket")
    if tab == "late":
        return rows.overdue().order_by("promised_until", "pk")
    if tab == "done":
        return rows.exclude(pk__in=rows.open().values("pk"))
    return rows.open().order_by("expected_on", "requested_at", "pk")


def searched(rows: Any, words: str) -> Any:
    """Every word stands in request, part or ticket."""
    for word in words.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(part__number__icontains=word)
            | Q(part__name__icontains=word)
            | Q(ticket__number__icontains=word)
        )
    return rows


def to_order(actor: Actor) -> list[ToOrder]:
    """What of the places in sight should be ordered, requests that are not sent yet taken into account."""
    waiting = PartRequest.objects.filter(state__in=[RequestState.REQUESTED, RequestState.PROMISED], ticket=None)
    asked = {(r["outlet"], r["part"]): r["n"] for r in waiting.values("outlet", "part").annotate(n=Sum("quantity"))}
    rows = low(StockPlace.objects.visible_to(actor))
    return [ToOrder(row, asked.get((row.point.place.outlet_id or 0, row.point.part_id), 0)) for row in rows]


def late_count(actor: Actor) -> int:
    """How many requests in sight are overdue."""
    return PartRequest.objects.visible_to(actor).overdue().count()


def of_ticket(actor: Actor, ticket: Ticket) -> Any:
    """The requests of a ticket, the newest first."""
    return PartRequest.objects.visible_to(actor).filter(ticket=ticket).select_related("part")


def may_ask(actor: Actor, ticket: Ticket) -> bool:
    """Whether the page offers to ask for a part: work goes on, and it is his, or he keeps the store."""
    if not ticket.is_open or ticket.outlet_id is None:
        return False
    mine = ticket.owner is not None and ticket.owner.user_id == actor.user_id
    return actor.is_partner and (mine or not is_technician(actor))


def is_technician(actor: Actor) -> bool:
    """A technician asks for tickets only; the others keep a store."""
    return actor.role == Role.TECHNICIAN
