"""The outlets that could take a ticket, the best first: what the desk chooses from, and what the portal chooses."""

from dataclasses import dataclass

from partners.models import Outlet
from partners.queries.outlet import outlets_serving
from partners.queries.qualification import ready_counts
from portal.kernel import clock
from portal.kernel.verdict import Verdict
from tickets.models import Ticket
from tickets.queries.load import loads
from tickets.rules.dispatching import may_take


@dataclass(frozen=True, slots=True)
class OutletChoice:
    """An outlet that could take the ticket: its load, how many certified people are on duty, and whether it may."""

    outlet: Outlet
    load: int
    verdict: Verdict
    ready: int = 0

    @property
    def share(self) -> int:
        """Load in percent of capacity, at most 100."""
        return min(100, 100 * self.load // max(1, self.outlet.capacity))


def outlet_choices(ticket: Ticket, *, automatic: bool = False) -> list[OutletChoice]:
    """The outlets that serve the ticket, those with the lightest load first (R115, R203).

    `automatic`: only of partners whose standing lets a machine choose them (R033).
    """
    today = clock.today()
    outlets = outlets_serving(ticket.region, ticket.product_line_id, ticket.tier, today, automatic=automatic)
    load, ready = loads(outlets), ready_counts([o.pk for o in outlets], ticket.product_line, today)
    found = [
        OutletChoice(o, load.get(o.pk, 0), may_take(True, load.get(o.pk, 0), o.capacity, ready[o.pk]), ready[o.pk])
        for o in outlets
    ]
    return sorted(found, key=lambda choice: (not choice.verdict, choice.share, choice.load, choice.outlet.code))
