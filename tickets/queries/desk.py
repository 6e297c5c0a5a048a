"""What the service desk's list reads: queues with counts, what is due, search."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.textsearch.pairs import pairs_of
from tickets.choices import TicketState as S
from tickets.models import SlaClock, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.queries.text_index import holding
from tickets.rules.transition import OPEN


@dataclass(frozen=True, slots=True)
class Queue:
    """A tab of the list: its states; queues of open tickets are ordered by what falls due first."""

    code: str
    label: Any
    states: tuple[str, ...] = ()
    live: bool = True


QUEUES = (
    Queue("open", _("All open"), OPEN),
    Queue("received", _("To register"), (S.RECEIVED,)),
    Queue("registered", _("To dispatch"), (S.REGISTERED,)),
    Queue("dispatched", _("To be accepted"), (S.DISPATCHED,)),
    Queue("working", _("In work"), (S.ACCEPTED, S.DIAGNOSED, S.IN_PROGRESS)),
    Queue("suspended", _("Suspended"), (S.SUSPENDED,)),
    Queue("confirming", _("Awaiting confirmation"), (S.PENDING_CONFIRMATION,)),
    Queue("reassessing", _("Re-assessment"), (S.REASSESSING,)),
    Queue("follow_up", _("To follow up"), (S.RESOLVED,)),
    Queue("closed", _("Closed"), (S.CLOSED,), live=False),
    Queue("cancelled", _("Cancelled"), (S.CANCELLED,), live=False),
    Queue("all", _("All tickets"), live=False),
)
QUEUE = {queue.code: queue for queue in QUEUES}
#: A search that finds more by number, serial number or telephone has an ending that is too short to help.
MOST_KEYS = 500


def queue_counts(actor: Actor) -> dict[str, int]:
    """How many open tickets each queue holds, in one query; finished ones are not counted."""
    rows = Ticket.objects.visible_to(actor).open().order_by().values("state").annotate(n=Count("pk"))
    by_state = {row["state"]: row["n"] for row in rows}
    return {queue.code: sum(by_state.get(state, 0) for state in queue.states) for queue in QUEUES if queue.live}


def in_queue(tickets: TicketQuerySet, code: str) -> TicketQuerySet:
    """The tickets of a queue; of an unknown one, all."""
    states = QUEUE[code].states if code in QUEUE else ()
    return tickets.filter(state__in=states) if states else tickets


def order_of(code: str) -> list[Any]:
    """Open queues: what falls due first; the others: the newest first."""
    live = code in QUEUE and QUEUE[code].live
    return [F("next_due_at").asc(nulls_last=True), "pk"] if live else ["-received_at", "-pk"]


def with_live_clocks(tickets: TicketQuerySet) -> TicketQuerySet:
    """Each ticket gets `live_clocks`, the most urgent first: one query for a whole page."""
    clocks = SlaClock.objects.live().order_by("due_at")
    return tickets.prefetch_related(Prefetch("clocks", queryset=clocks, to_attr="live_clocks"))


def overdue(tickets: TicketQuerySet, now: datetime) -> TicketQuerySet:
    """Open tickets of which something should have been done by now: the next due time is the first of all."""
    return tickets.open().filter(next_due_at__lt=now)


def due_today(tickets: TicketQuerySet, now: datetime) -> TicketQuerySet:
    """Open tickets of which something falls due before midnight in Shanghai."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    # By the clocks themselves, which have an index for it: beside one that is overdue another may fall due today.
    due = SlaClock.objects.live().filter(due_at__gte=now, due_at__lt=midnight)
    return tickets.open().filter(pk__in=due.values("ticket"))


def search(tickets: TicketQuerySet, text: str, *, phones: bool) -> TicketQuerySet:
    """By the beginning of number, serial number, telephone or contact, else by customer, subject or the number's end.

    `phones`: whether the reader may look for telephone numbers and contacts' names.
    """
    text = text.strip()
    known = _begins("number", text.upper()) | _begins("serial_number", text) | Q(external_id=text)
    if text.upper() != text:
        known |= _begins("serial_number", text.upper())
    if phones:
        known |= _begins("contact_phone", text) | _begins("contact_name", text)
    # Keys first, without an order: otherwise SQLite walks all tickets from the newest in search of the few.
    keys = list(tickets.filter(known).order_by().values_list("pk", flat=True)[: MOST_KEYS + 1])
    if keys:
        return tickets.filter(known) if len(keys) > MOST_KEYS else tickets.filter(pk__in=keys)
    found = holding(tickets, text)
    if len(text) == 2 and not text.isascii() and pairs_of(text):
        return found  # the pair itself: nothing is left to check
    return found.filter(Q(customer_name__icontains=text) | Q(title__icontains=text) | Q(number__endswith=text))


def _begins(field: str, text: str) -> Q:
    """A prefix as a range, which an index can answer on both databases."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + "\U0010ffff"})
