"""How much an outlet or a person has in hand."""

from collections.abc import Iterable

from django.db.models import Count

from partners.models import Outlet
from tickets.models import Ticket
from tickets.rules.transition import WITH_PARTNER


def open_tickets_of(outlet: Outlet) -> int:
    """Tickets that the outlet still has to finish."""
    return Ticket.objects.filter(outlet=outlet, state__in=WITH_PARTNER).count()


def loads(outlets: Iterable[Outlet]) -> dict[int, int]:
    """The same for many outlets in one query: outlet pk to count."""
    rows = Ticket.objects.filter(outlet__in=list(outlets), state__in=WITH_PARTNER).values("outlet_id")
    return dict(rows.annotate(n=Count("pk")).values_list("outlet_id", "n"))
