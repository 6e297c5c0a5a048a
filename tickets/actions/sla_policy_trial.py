"""Try a policy on real tickets: what a quarter would have looked like. It computes and writes nothing (rule 2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.accounts.actor import Actor
from portal.journal.models import JournalEntry
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.worktime.queries import brand_calendar
from tickets.actions.settle import case_of
from tickets.choices import ClockKind
from tickets.models import Ticket
from tickets.queries.calendar import Book, calendars_elsewhere, calendars_of
from tickets.queries.sla_policy import policy_of
from tickets.rules.sla_clock import BREACHED, KINDS, MET, Case, ClockResult, Event, compute
from tickets.rules.sla_policy import Policy

#: As many tickets, the newest first, are tried in one go: a few seconds. The page says when there were more.
MOST = 4000
#: As many tickets that change are listed.
LISTED = 200
_BATCH = 500


@dataclass(slots=True)
class Tally:
    """Clocks of one kind: met and late under the policies that the tickets began under, and under the tried one."""

    kind: str
    met_now: int = 0
    late_now: int = 0
    met_tried: int = 0
    late_tried: int = 0

    @property
    def label(self) -> Any:
        """The clock's name."""
        return ClockKind(self.kind).label

    @property
    def more(self) -> int:
        """How many more would have been late; negative: fewer."""
        return self.late_tried - self.late_now


@dataclass(frozen=True, slots=True)
class Turned:
    """A ticket that would be late, or would no longer be, with the clocks that make it so."""

    ticket: Ticket
    later: tuple[str, ...]
    earlier: tuple[str, ...]


@dataclass(slots=True)
class Trial:
    """What the tried policy would have made of the tickets of a quarter."""

    quarter: Quarter
    total: int
    tried: int = 0
    late_now: int = 0
    late_tried: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    turned: list[Turned] = field(default_factory=list)
    turned_count: int = 0

    @property
    def more(self) -> int:
        """How many more tickets would have been late; negative: fewer."""
        return self.late_tried - self.late_now

    @property
    def fewer(self) -> int:
        """How many fewer tickets would have been late."""
        return -self.more

    @property
    def rows(self) -> list[Tally]:
        """The kinds of clock that any ticket had, in their order."""
        return [self.tallies[kind.code] for kind in KINDS if kind.code in self.tallies]


def on_quarter(actor: Actor, policy: Policy, quarter: Quarter | None = None) -> Trial:
    """Compute the clocks of the quarter's tickets (default: last quarter) in sight of the actor under both policies."""
    quarter = quarter or Quarter.of(clock.now()).previous()
    tickets = Ticket.objects.visible_to(actor).filter(received_at__gte=quarter.start, received_at__lt=quarter.end)
    trial = Trial(quarter, tickets.count())
    book, now = Book(), clock.now()
    for ticket, case, events in _told(tickets):
        had = {str(event.facts["outlet_code"]) for event in events if "outlet_code" in event.facts}
        calendars, elsewhere = calendars_of(ticket, book), calendars_elsewhere(ticket, had, book)
        present = compute(case, events, policy_of(ticket), calendars, now, elsewhere)
        tried = compute(case, events, policy, calendars, now, elsewhere)
        _note(trial, ticket, _late(trial, present, "now"), _late(trial, tried, "tried"))
    return trial


def _told(tickets: QuerySet[Ticket]) -> Iterator[tuple[Ticket, Case, list[Event]]]:
    """Tickets with their cases and journals, a few hundred at a time."""
    newest = list(
        tickets.select_related("agreement", "partner", "outlet", "customer").order_by("-received_at", "-pk")[:MOST]
    )
    for start in range(0, len(newest), _BATCH):
        batch = newest[start : start + _BATCH]
        journals = _journals(batch)
        for ticket in batch:
            contract = ticket.agreement.number if ticket.agreement else None
            yield ticket, replace(case_of(ticket), contract=contract), journals.get(f"ticket:{ticket.pk}", [])


def _journals(batch: Iterable[Ticket]) -> dict[str, list[Event]]:
    subjects = [f"ticket:{ticket.pk}" for ticket in batch]
    rows = JournalEntry.objects.filter(subject__in=subjects).order_by("subject", "sequence")
    found: dict[str, list[Event]] = {}
    for subject, verb, at, facts in rows.values_list("subject", "verb", "happened_at", "facts").iterator():
        found.setdefault(subject, []).append(Event(verb, at, facts))
    return found


def _late(trial: Trial, results: Iterable[ClockResult], side: str) -> set[str]:
    """Count the results on their side, one a kind and cycle; the kinds that are late."""
    late = set()
    for result in results:
        if not result.leading or result.state not in (MET, BREACHED):
            continue
        tally = trial.tallies.setdefault(result.kind, Tally(result.kind))
        name = f"{'late' if result.state == BREACHED else 'met'}_{side}"
        setattr(tally, name, getattr(tally, name) + 1)
        if result.state == BREACHED:
            late.add(result.kind)
    return late


def _note(trial: Trial, ticket: Ticket, now: set[str], tried: set[str]) -> None:
    trial.tried += 1
    trial.late_now += bool(now)
    trial.late_tried += bool(tried)
    if now != tried:
        trial.turned_count += 1
        if len(trial.turned) < LISTED:
            trial.turned.append(Turned(ticket, tuple(sorted(tried - now)), tuple(sorted(now - tried))))


def on_case(policy: Policy, case: Case, events: Iterable[Event], as_of: datetime) -> list[ClockResult]:
    """The clocks of a made-up ticket at that moment."""
    return compute(case, events, policy, brand_calendar(), as_of)
