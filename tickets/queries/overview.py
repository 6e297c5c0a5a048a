"""The figures of the first page: what waits, what is late, how the month went."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from portal.accounts.actor import Actor
from portal.kernel import clock
from tickets.models import Ticket, TicketFact
from tickets.queries import desk

DAYS = 30


@dataclass(frozen=True, slots=True)
class OnTime:
    """How many of a partner's finished tickets met their resolution limit."""

    partner: str
    met: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.met / self.total) if self.total else 0


def overdue_count(actor: Actor) -> int:
    """Open tickets with something undone that was due."""
    return desk.overdue(Ticket.objects.visible_to(actor), clock.now()).count()


def due_today_count(actor: Actor) -> int:
    """Open tickets with something due before midnight."""
    return desk.due_today(Ticket.objects.visible_to(actor), clock.now()).count()


def most_urgent(actor: Actor, most: int = 8) -> list[Ticket]:
    """The open tickets of which something falls due first, late ones before all."""
    tickets = Ticket.objects.visible_to(actor).open().filter(next_due_at__isnull=False)
    return list(tickets.select_related("outlet", "owner").order_by("next_due_at", "pk")[:most])


def received_by_day(actor: Actor, days: int = DAYS) -> list[tuple[date, int]]:
    """How many tickets came on each of the last days, the empty ones too."""
    today = clock.today()
    first = today - timedelta(days=days - 1)
    rows = TicketFact.objects.visible_to(actor).filter(received_on__gte=first).order_by().values("received_on")
    found = dict(rows.annotate(n=Count("pk")).values_list("received_on", "n"))
    return [(day, found.get(day, 0)) for day in (first + timedelta(days=n) for n in range(days))]


def on_time_by_partner(actor: Actor, days: int = DAYS, most: int = 8) -> list[OnTime]:
    """Partners by the share of tickets of the last days that were solved in time, the worst first (R014)."""
    first = clock.today() - timedelta(days=days - 1)
    facts = TicketFact.objects.visible_to(actor).filter(received_on__gte=first, counted=True, partner__isnull=False)
    late = Q(resolution_met=False) | Q(resolution_met__isnull=True, resolution_due_at__lt=clock.now())
    rows = (
        facts.order_by()
        .values("partner__short_name")
        .annotate(met=Count("pk", filter=Q(resolution_met=True)), late=Count("pk", filter=late))
    )
    shares = [OnTime(row["partner__short_name"], row["met"], row["met"] + row["late"]) for row in rows]
    return sorted((share for share in shares if share.total), key=lambda share: (share.percent, share.partner))[:most]
