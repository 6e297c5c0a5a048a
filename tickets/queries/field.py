"""The partner's work on a telephone: inbox, search, what was sent before, notices."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from partners.models import Outlet, Staff
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.journal.models import JournalEntry
from portal.notify.models import Notice
from tickets.choices import SuspendReason
from tickets.choices import TicketState as S
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

_FOR_CUSTOMER = Q(state=S.PENDING_CONFIRMATION) | Q(state=S.SUSPENDED, suspend_reason=SuspendReason.CUSTOMER)
_AT_WORK = Q(state__in=[S.ACCEPTED, S.DIAGNOSED, S.IN_PROGRESS, S.REASSESSING, S.SUSPENDED])

#: The inbox's tabs: what each holds.
TABS: dict[str, Q] = {
    "new": Q(state=S.DISPATCHED),
    "open": _AT_WORK & ~_FOR_CUSTOMER,
    "waiting": _FOR_CUSTOMER,
    "done": Q(state__in=[S.RESOLVED, S.CLOSED, S.CANCELLED]),
}
ALL = "all"
_SHOWN = ("outlet", "owner", "product_line")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the person narrowed the list to; empty means everything."""

    text: str = ""
    outlet: int | None = None
    owner: int | None = None


def work_of(actor: Actor, chosen: Filter) -> TicketQuerySet:
    """The tickets that the actor sees, narrowed by search words, outlet and person."""
    found = Ticket.objects.visible_to(actor)
    if chosen.outlet:
        found = found.filter(outlet_id=chosen.outlet)
    if chosen.owner:
        found = found.filter(owner_id=chosen.owner)
    for word in chosen.text.split():
        found = found.filter(_word(word, actor))
    return found


def _word(word: str, actor: Actor) -> Q:
    """One word of the search: number, serial number, customer or telephone.

    A number that is masked to a technician does not answer to guesses of its digits either (R160).
    """
    phone = Q(contact_phone__icontains=word)
    found = phone & Q(owner__user_id=actor.user_id) if actor.role == Role.TECHNICIAN else phone
    for name in ("number", "serial_number", "customer_name", "contact_name"):
        found |= Q(**{f"{name}__icontains": word})
    return found


def tab_counts(work: TicketQuerySet) -> dict[str, int]:
    """How many tickets each tab holds, in one query."""
    counted = {tab: Count("pk", filter=which) for tab, which in TABS.items()}
    return work.order_by().aggregate(**counted, **{ALL: Count("pk")})


def waiting_to_accept(work: TicketQuerySet) -> int:
    """How many tickets wait to be taken."""
    return work.filter(TABS["new"]).count()


def in_tab(work: TicketQuerySet, tab: str) -> QuerySet[Ticket]:
    """The tickets of a tab: what falls due first on top; finished ones by their end."""
    rows = work.select_related(*_SHOWN)
    if tab == ALL:
        return rows.order_by("-received_at", "-pk")
    rows = rows.filter(TABS[tab])
    if tab == "done":
        return rows.order_by(F("completed_at").desc(nulls_last=True), "-pk")
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "received_at", "pk")


def outlets_of(actor: Actor) -> list[Outlet]:
    """The outlets that a dispatcher or manager may filter by."""
    return [] if actor.role == Role.TECHNICIAN else list(Outlet.objects.visible_to(actor).order_by("name"))


def people_of(actor: Actor) -> list[Staff]:
    """The people that a dispatcher or manager may filter by."""
    if actor.role == Role.TECHNICIAN:
        return []
    return list(Staff.objects.visible_to(actor).filter(active=True).order_by("name"))


def visible_ticket(actor: Actor, number: str) -> Ticket | None:
    """The ticket of that number with what its page shows, if the actor may see it."""
    shown = ("partner", "outlet", "owner__user", "product_line", "equipment", "agreement", "first_partner")
    return Ticket.objects.visible_to(actor).select_related(*shown).filter(number=number).first()


def sees(actor: Actor, number: str) -> bool:
    """Whether the actor may see the ticket of that number."""
    return Ticket.objects.visible_to(actor).filter(number=number).exists()


def sent_before(actor: Actor, number: str, key: str) -> JournalEntry | None:
    """What this person wrote with the same key before: a telephone sends again when no answer came (C02, M17)."""
    try:
        wanted = str(UUID(key))
    except ValueError:
        return None
    pk = Ticket.objects.filter(number=number).values_list("pk", flat=True).first()
    return entries_for(f"ticket:{pk}").filter(key=wanted, actor__user=actor.user_id).first() if pk else None


def taken_by(actor: Actor, number: str) -> Staff | None:
    """The colleague of the actor's own outlet who took the ticket that he was about to take (C01)."""
    mine = Ticket.objects.filter(
        number=number, partner__organisation_id=actor.organisation_id, outlet__staff__user_id=actor.user_id
    )
    ticket = mine.exclude(state=S.DISPATCHED).select_related("owner").first()
    return ticket.owner if ticket else None


def tickets_of_notices(actor: Actor, notices: list[Notice]) -> dict[str, Ticket]:
    """The tickets that notices are about, by subject, as far as the actor sees them now (A14)."""
    pks = {notice.subject.partition(":")[2] for notice in notices if notice.subject.startswith("ticket:")}
    seen = Ticket.objects.visible_to(actor).filter(pk__in=[pk for pk in pks if pk.isdecimal()])
    return {f"ticket:{ticket.pk}": ticket for ticket in seen}
