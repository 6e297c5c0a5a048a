"""What follows from every change of a ticket: its clocks and its fact row, in the same transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from portal.journal.log import entries_for
from portal.kernel import clock
from portal.workflow.corridor import Step
from tickets.actions.watch import watch
from tickets.models import SlaClock, Ticket, TicketFact
from tickets.queries.calendar import Book, calendars_elsewhere, calendars_of
from tickets.queries.sla_policy import policy_of, policy_with_papers
from tickets.rules.fact import fact_of
from tickets.rules.sla_clock import Case, ClockResult, Event, clock_columns, compute, next_due

#: Tickets that wait for the end of `settled_later`, by primary key; None outside of it.
_waiting: ContextVar[set[int] | None] = ContextVar("tickets_settled_later", default=None)
_BATCH = 500
#: What a row says of its clock; when it was computed is no part of that.
COLUMNS = tuple(
    field.attname for field in SlaClock._meta.concrete_fields if field.name not in ("id", "ticket", "as_of")
)


def settle(step: Step) -> None:
    """Recompute clocks and facts of the ticket that a step changed."""
    changed(step.row, step.at)


def changed(ticket: Ticket, now: datetime) -> None:
    """What a changed ticket owes: settled now, or at the end of `settled_later`."""
    waiting = _waiting.get()
    if waiting is None:
        settle_ticket(ticket, now)
    else:
        waiting.add(ticket.pk)


@contextmanager
def settled_later() -> Iterator[None]:
    """Inside the block every changed ticket is settled once, at the end: for stories of many steps told in one go.

    Nothing is lost: clocks and facts follow from the journal alone, however late they are computed (rule 1).
    """
    token = _waiting.set(set())
    try:
        yield
        waiting = sorted(_waiting.get() or ())
    finally:
        _waiting.reset(token)
    for start in range(0, len(waiting), _BATCH):
        for ticket in Ticket.objects.filter(pk__in=waiting[start : start + _BATCH]).order_by("pk"):
            settle_ticket(ticket, clock.now())


def settle_ticket(ticket: Ticket, now: datetime) -> list[ClockResult]:
    """Compute the ticket's clocks from its journal and write them, the next due time and the fact row."""
    events = events_of(ticket)
    policy = policy_of(ticket)
    results = results_of(ticket, events, now, Book())
    _write_clocks(ticket, results, policy.version)
    due = next_due(results)
    next_at, kind = (due.due_at, due.kind) if due else (None, "")
    if (ticket.next_due_at, ticket.next_due_kind) != (next_at, kind):
        ticket.next_due_at, ticket.next_due_kind = next_at, kind
        Ticket.objects.filter(pk=ticket.pk).update(next_due_at=next_at, next_due_kind=kind)
    watch(ticket, results, now)
    facts = fact_of(ticket, results, events, now)
    if not TicketFact.objects.filter(pk=ticket.pk).update(**facts):
        TicketFact.objects.create(ticket=ticket, **facts)
    return results


def clocks_of(ticket: Ticket, now: datetime | None = None) -> list[ClockResult]:
    """The ticket's clocks with their explanation, computed and not stored."""
    return results_of(ticket, events_of(ticket), now or clock.now(), Book())


def results_of(ticket: Ticket, events: Sequence[Event], now: datetime, book: Book) -> list[ClockResult]:
    """The clocks of a ticket by its own policy and the calendars of whoever has it and had it."""
    had = {str(event.facts["outlet_code"]) for event in events if "outlet_code" in event.facts}
    elsewhere = calendars_elsewhere(ticket, had, book)
    policy, contract = policy_with_papers(ticket)
    return compute(case_of(ticket, contract), events, policy, calendars_of(ticket, book), now, elsewhere)


def events_of(ticket: Ticket) -> list[Event]:
    """The journal as the engine reads it."""
    rows = entries_for(ticket).values_list("verb", "happened_at", "facts")
    return [Event(verb, at, facts) for verb, at, facts in rows]


def case_of(ticket: Ticket, contract: str | None = None) -> Case:
    """The ticket at receipt, as far as the row knows; the journal's facts win. `contract` as policy lines name it."""
    return Case(
        received_at=ticket.received_at,
        category=ticket.category or None,
        channel=ticket.channel,
        tier=ticket.tier,
        mode=ticket.mode or None,
        source_due_at=ticket.source_due_at,
        region=ticket.region or None,
        contract=contract,
        logged=bool(ticket.imported_from),
    )


def row_of(ticket: Ticket, result: ClockResult, policy_version: str) -> SlaClock:
    """A computed clock as the row that stores it."""
    return SlaClock(ticket=ticket, **clock_columns(result, policy_version))


def _write_clocks(ticket: Ticket, results: Sequence[ClockResult], policy_version: str) -> None:
    """Bring the stored rows in line with the results; only what differs is written."""
    stored = {key_of(row): row for row in SlaClock.objects.filter(ticket=ticket)}
    fresh = []
    for result in results:
        new = row_of(ticket, result, policy_version)
        old = stored.pop(key_of(new), None)
        if old is None:
            fresh.append(new)
        elif differing(old, new):
            # Mostly one or two rows: plain updates cost a quarter of a bulk_update's CASE … WHEN.
            new.pk = old.pk
            new.save(force_update=True)
    if stored:
        SlaClock.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    SlaClock.objects.bulk_create(fresh)


def key_of(row: SlaClock) -> tuple[str, int, str]:
    """What tells the clocks of one ticket apart."""
    return row.kind, row.cycle, row.rule


def differing(old: SlaClock, new: SlaClock) -> list[str]:
    """The columns in which two rows of the same clock differ; when they were computed is no difference."""
    return [name for name in COLUMNS if getattr(old, name) != getattr(new, name)]
