"""What follows from every change of a ticket: its clocks and its fact row, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from portal.journal.log import entries_for
from portal.kernel import clock
from portal.workflow.corridor import Step
from portal.worktime.queries import brand_calendar
from tickets.models import SlaClock, Ticket, TicketFact
from tickets.rules.fact import fact_of
from tickets.rules.sla_clock import Case, ClockResult, Event, compute, next_due
from tickets.rules.sla_policy import DEFAULT_POLICY


def settle(step: Step) -> None:
    """Recompute clocks and facts of the ticket that a step changed."""
    settle_ticket(step.row, step.at)


def settle_ticket(ticket: Ticket, now: datetime) -> list[ClockResult]:
    """Compute the ticket's clocks from its journal and write them, the next due time and the fact row."""
    events = events_of(ticket)
    results = compute(case_of(ticket), events, DEFAULT_POLICY, brand_calendar(), now)
    _write_clocks(ticket, results)
    due = next_due(results)
    next_at, kind = (due.due_at, due.kind) if due else (None, "")
    if (ticket.next_due_at, ticket.next_due_kind) != (next_at, kind):
        ticket.next_due_at, ticket.next_due_kind = next_at, kind
        Ticket.objects.filter(pk=ticket.pk).update(next_due_at=next_at, next_due_kind=kind)
    TicketFact.objects.update_or_create(ticket=ticket, defaults=fact_of(ticket, results, events, now))
    return results


def clocks_of(ticket: Ticket, now: datetime | None = None) -> list[ClockResult]:
    """The ticket's clocks with their explanation, computed and not stored."""
    return compute(case_of(ticket), events_of(ticket), DEFAULT_POLICY, brand_calendar(), now or clock.now())


def events_of(ticket: Ticket) -> list[Event]:
    """The journal as the engine reads it."""
    rows = entries_for(ticket).values_list("verb", "happened_at", "facts")
    return [Event(verb, at, facts) for verb, at, facts in rows]


def case_of(ticket: Ticket) -> Case:
    """The ticket at receipt, as far as the row knows; the journal's facts win."""
    return Case(
        received_at=ticket.received_at,
        category=ticket.category or None,
        channel=ticket.channel,
        tier=ticket.tier,
        mode=ticket.mode or None,
        source_due_at=ticket.source_due_at,
    )


def row_of(ticket: Ticket, result: ClockResult) -> SlaClock:
    """A computed clock as the row that stores it."""
    return SlaClock(
        ticket=ticket,
        kind=result.kind,
        cycle=result.cycle,
        started_at=result.started_at,
        due_at=result.due_at,
        original_due_at=result.original_due_at,
        stopped_at=result.stopped_at,
        state=result.state,
        clause=result.line.clause,
        policy_version=DEFAULT_POLICY.version,
        paused_s=result.paused_s,
    )


_WRITTEN = ("started_at", "due_at", "original_due_at", "stopped_at", "state", "clause", "policy_version", "paused_s")


def _write_clocks(ticket: Ticket, results: Sequence[ClockResult]) -> None:
    """Bring the stored rows in line with the results; only what differs is written."""
    stored = {(row.kind, row.cycle): row for row in SlaClock.objects.filter(ticket=ticket)}
    fresh, changed = [], []
    for result in results:
        new, old = row_of(ticket, result), stored.pop((result.kind, result.cycle), None)
        if old is None:
            fresh.append(new)
        elif any(getattr(old, name) != getattr(new, name) for name in _WRITTEN):
            new.pk = old.pk
            changed.append(new)
    if stored:
        SlaClock.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    SlaClock.objects.bulk_create(fresh)
    SlaClock.objects.bulk_update(changed, _WRITTEN)
