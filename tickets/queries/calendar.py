"""Which calendars the clocks of a ticket run by: outlet → partner → brand, customer → brand (workflow.md, rule 2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from partners.models import Outlet, Partner
from portal.kernel import clock
from portal.worktime.calendar import WorkCalendar
from portal.worktime.models import BRAND
from portal.worktime.queries import timelines
from portal.worktime.timeline import Timeline
from tickets.models import Customer, SlaClock, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.rules.calendars import Calendars

Key = tuple[str | None, str | None, str | None]


def calendars_of(ticket: Ticket, book: "Book | None" = None) -> Calendars:
    """The calendars of the ticket. Bulk work makes one `Book` and selects partner, outlet and customer along."""
    return (book or Book()).of(ticket)


def calendars_elsewhere(ticket: Ticket, codes: Iterable[str], book: "Book") -> dict[str, Calendars]:
    """Those of other outlets that had the ticket once: another's calendar never moves theirs (rule 2)."""
    if book.plain:
        return {}
    named = set(codes) - {ticket.outlet.code if ticket.outlet else ""}
    rows = Outlet.objects.filter(code__in=named).values_list("code", "partner", "pk") if named else ()
    return {code: book.of_keys(partner, outlet, ticket.customer_id) for code, partner, outlet in rows}


def tickets_under(code: str) -> TicketQuerySet:
    """The open tickets of which a clock may run by that calendar."""
    tickets = Ticket.objects.all().open()
    if code == BRAND:
        return tickets
    named = {f"{party}__calendar": code for party in ("partner", "outlet", "customer")}
    return tickets.filter(Q(*named.items(), _connector=Q.OR))


def due_in_unannounced_years(years: Sequence[int]) -> int:
    """How many clocks fall due in a year whose holidays nobody announced."""
    if not years:
        return 0
    first = datetime(min(years), 1, 1, tzinfo=clock.LOCAL)
    last = datetime(max(years) + 1, 1, 1, tzinfo=clock.LOCAL)
    return SlaClock.objects.leading().filter(stopped_at__isnull=True, due_at__gte=first, due_at__lt=last).count()


class Book:
    """All calendars in force as of now, read once; the same parties get the same object."""

    def __init__(self) -> None:
        self.timelines = timelines()
        self.brand = self.timelines.get(BRAND) or Calendars.single(WorkCalendar()).brand
        self._made: dict[Key, Calendars] = {}

    @property
    def plain(self) -> bool:
        """Whether there is no calendar but the brand's, so that nobody needs to be asked for his."""
        return len(self.timelines) <= 1

    def of(self, ticket: Ticket) -> Calendars:
        """By the rows of the ticket's partner, outlet and customer."""
        if self.plain:
            return self.named(None, None, None)
        return self.named(*(_named_by(ticket, party) for party in ("partner", "outlet", "customer")))

    def of_keys(self, partner_id: int | None, outlet_id: int | None, customer_id: int | None) -> Calendars:
        """By keys alone, for bulk work on columns: three queries the first time, none after."""
        if self.plain:
            return self.named(None, None, None)
        return self.named(
            self._partners.get(partner_id), self._outlets.get(outlet_id), self._customers.get(customer_id)
        )

    def named(self, partner: str | None, outlet: str | None, customer: str | None) -> Calendars:
        """By the codes of the three calendars; one that is not in force counts as none."""
        key = (partner, outlet, customer)
        if key not in self._made:
            own = {who: self._timeline(code) for who, code in zip(("partner", "outlet", "customer"), key, strict=True)}
            self._made[key] = Calendars.build(self.brand, **own)
        return self._made[key]

    def _timeline(self, code: str | None) -> Timeline | None:
        return self.timelines.get(code) if code else None

    @cached_property
    def _partners(self) -> dict[int | None, str]:
        return _codes(Partner)

    @cached_property
    def _outlets(self) -> dict[int | None, str]:
        return _codes(Outlet)

    @cached_property
    def _customers(self) -> dict[int | None, str]:
        return _codes(Customer)


def _codes(model: type[Partner | Outlet | Customer]) -> dict[int | None, str]:
    """Who of them names a calendar of his own, and which."""
    rows = model.objects.filter(calendar__isnull=False).order_by().values_list("pk", "calendar")
    return {pk: str(code) for pk, code in rows}


def _named_by(ticket: Ticket, party: str) -> str | None:
    row = getattr(ticket, party)
    return str(row.calendar_id) if row is not None and row.calendar_id else None
