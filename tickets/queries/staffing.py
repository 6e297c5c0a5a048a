"""Who of an outlet could take a ticket: load, certificate and the rule's verdict (R115, R205)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from partners.models import Certificate, Staff
from partners.queries.qualification import Item, lacks_for_work
from portal.kernel import clock
from portal.kernel.verdict import Verdict
from tickets.choices import Category
from tickets.models import Ticket
from tickets.rules.dispatching import Candidate, may_own
from tickets.rules.transition import HANDLED


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """One person with what speaks for and against him; `certified_until` None means no certificate."""

    staff: Staff
    load: int
    certified_until: date | None
    verdict: Verdict


def staff_choices(ticket: Ticket) -> list[StaffChoice]:
    """The people of the ticket's outlet, those who may take it first, then by load; five queries."""
    if ticket.outlet_id is None:
        return []
    today, people = clock.today(), list(Staff.objects.filter(outlet=ticket.outlet_id, active=True))
    lacks = lacks_for_work(people, ticket.product_line, today)
    load, until = staff_loads(people), _certificates(people, ticket.product_line_id, today)
    found = [
        StaffChoice(
            p, load.get(p.pk, 0), until.get(p.pk), may_own(_candidate(ticket, p, lacks[p.pk]), ticket.outlet_id)
        )
        for p in people
    ]
    return sorted(found, key=lambda choice: (not choice.verdict, choice.load, choice.staff.number))


def staff_loads(people: list[Staff]) -> dict[int, int]:
    """Open tickets a person in one query: staff pk to count."""
    rows = Ticket.objects.filter(owner__in=people, state__in=HANDLED).values("owner_id")
    return dict(rows.annotate(n=Count("pk")).values_list("owner_id", "n"))


def staff_of_user(user_id: int | None) -> Staff | None:
    """The person behind an account, with outlet and partner."""
    return Staff.objects.filter(user_id=user_id, active=True).select_related("outlet__partner").first()


def certificates_of(staff: Staff) -> list[Certificate]:
    """His certificates, the one that ends first on top."""
    return list(staff.certificates.select_related("product_line", "course").order_by("valid_until"))


def _candidate(ticket: Ticket, person: Staff, lacks: list[Item]) -> Candidate:
    accused = ticket.category == Category.COMPLAINT and ticket.complaint_about_id == person.pk
    words = [item.lack() for item in lacks]
    return Candidate(person.outlet_id, person.active, person.on_duty, not lacks, accused, words)


def _certificates(people: list[Staff], line_id: int | None, today: date) -> dict[int, date]:
    valid = Certificate.objects.filter(staff__in=people).valid_on(today)
    if line_id is not None:
        valid = valid.filter(product_line_id=line_id)
    return dict(valid.order_by("valid_until").values_list("staff_id", "valid_until"))
