"""Every clock again from the journal, in batches: to compare with what is stored, or to put it right (rule 1)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portal.journal.log import subject_of
from portal.journal.models import JournalEntry
from portal.kernel import clock
from tickets.actions.settle import COLUMNS, differing, key_of, results_of, row_of
from tickets.models import SlaClock, Ticket, TicketFact
from tickets.queries.calendar import Book
from tickets.queries.sla_policy import policy_of
from tickets.rules.fact import fact_of
from tickets.rules.sla_clock import Event, next_due

BATCH = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what the journal says; `stored` or `computed` None: there is no such clock."""

    ticket: str
    clock: str
    column: str
    stored: Any
    computed: Any

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "ticket": self.ticket,
            "clock": self.clock,
            "column": self.column,
            "stored": _plain(self.stored),
            "computed": _plain(self.computed),
        }


@dataclass
class Report:
    """What was looked at and what was not as it should be; with `check` nothing was changed."""

    check: bool
    tickets: int = 0
    clocks: int = 0
    wrong_tickets: int = 0
    differences: list[Difference] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "check": self.check,
            "tickets": self.tickets,
            "clocks": self.clocks,
            "wrong_tickets": self.wrong_tickets,
            "differences": [each.as_json() for each in self.differences],
        }


def recompute(
    tickets: QuerySet[Ticket] | None = None,
    *,
    check: bool = False,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Compute the clocks, due times and fact rows of the tickets (default: all) from the journal.

    `check` compares each ticket as of the moment at which its rows were computed and writes nothing; otherwise what
    differs is written as of `now`. One transaction a batch, under the locks of its tickets.
    """
    report = Report(check)
    chosen = Ticket.objects.all() if tickets is None else tickets
    for keys in _batches(chosen.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _Batch(keys, check, now or clock.now()).run(report)
        if progress:
            progress(report.tickets)
    return report


def settle_days() -> int:
    """The day has changed: every open ticket in somebody's hands owes an entry of 附件2 anew (R212)."""
    return recompute(Ticket.objects.open().filter(accepted_at__isnull=False)).tickets


def _batches(keys: QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    while found := list(keys.filter(pk__gt=last)[:BATCH]):
        yield found
        last = found[-1]


class _Batch:
    """A few hundred tickets, read with four queries and written with as many."""

    def __init__(self, keys: Sequence[int], check: bool, now: datetime) -> None:
        rows = (
            Ticket.objects.filter(pk__in=keys)
            .select_related("agreement", "partner", "outlet", "customer")
            .order_by("pk")
        )
        self.tickets = list(rows if check else rows.select_for_update(of=("self",)))
        self.check, self.now = check, now
        self.events: dict[str, list[Event]] = {subject_of(ticket): [] for ticket in self.tickets}
        told = JournalEntry.objects.filter(subject__in=self.events).order_by("subject", "sequence")
        for subject, verb, at, facts in told.values_list("subject", "verb", "happened_at", "facts"):
            self.events[subject].append(Event(verb, at, facts))
        self.stored: dict[int, list[SlaClock]] = {ticket.pk: [] for ticket in self.tickets}
        for row in SlaClock.objects.filter(ticket__in=self.tickets):
            self.stored[row.ticket_id].append(row)
        self.facts: dict[int, Row] = {
            row["ticket_id"]: dict(row) for row in TicketFact.objects.filter(pk__in=self.stored).values()
        }
        self.book = Book()
        self.fresh: list[SlaClock] = []
        self.changed: list[SlaClock] = []
        self.stale: list[int] = []
        self.moved: list[Ticket] = []
        self.new_facts: list[TicketFact] = []
        self.changed_facts: list[TicketFact] = []

    def run(self, report: Report) -> None:
        """Compare every ticket of the batch, and write unless only the comparison was asked for."""
        for ticket in self.tickets:
            found = list(self._compare(ticket))
            report.tickets += 1
            report.clocks += len(self.stored[ticket.pk])
            report.wrong_tickets += bool(found)
            report.differences += found
        if not self.check:
            self._write()

    def _compare(self, ticket: Ticket) -> Iterator[Difference]:
        stored = self.stored[ticket.pk]
        now = max((row.as_of for row in stored), default=self.now) if self.check else self.now
        events, policy = self.events[subject_of(ticket)], policy_of(ticket)
        results = results_of(ticket, events, now, self.book)
        yield from self._clocks(ticket, stored, [row_of(ticket, result, policy.version) for result in results])
        due = next_due(results)
        at, kind = (due.due_at, due.kind) if due else (None, "")
        if (ticket.next_due_at, ticket.next_due_kind) != (at, kind):
            yield Difference(ticket.number, "", "next_due_at", ticket.next_due_at, at)
            ticket.next_due_at, ticket.next_due_kind = at, kind
            self.moved.append(ticket)
        yield from self._fact(ticket, fact_of(ticket, results, events, now))

    def _clocks(self, ticket: Ticket, stored: Iterable[SlaClock], computed: Iterable[SlaClock]) -> Iterator[Difference]:
        known = {key_of(row): row for row in stored}
        for new in computed:
            old = known.pop(key_of(new), None)
            if old is None:
                self.fresh.append(new)
                yield Difference(ticket.number, _name(new), "", None, new.state)
                continue
            columns = differing(old, new)
            for column in columns:
                yield Difference(ticket.number, _name(new), column, getattr(old, column), getattr(new, column))
            if columns:
                new.pk = old.pk
                self.changed.append(new)
        for old in known.values():
            self.stale.append(old.pk)
            yield Difference(ticket.number, _name(old), "", old.state, None)

    def _fact(self, ticket: Ticket, fact: Row) -> Iterator[Difference]:
        stored = self.facts.get(ticket.pk)
        row = TicketFact(ticket=ticket, **fact)
        if stored is None:
            self.new_facts.append(row)
            yield Difference(ticket.number, "fact", "", None, "")
            return
        wrong = [name for name, value in fact.items() if stored[name] != value]
        for name in wrong:
            yield Difference(ticket.number, "fact", name, stored[name], fact[name])
        if wrong:
            self.changed_facts.append(row)

    def _write(self) -> None:
        SlaClock.objects.filter(pk__in=self.stale).delete()
        SlaClock.objects.bulk_create(self.fresh)
        SlaClock.objects.bulk_update(self.changed, [*COLUMNS, "as_of"], batch_size=100)
        Ticket.objects.bulk_update(self.moved, ["next_due_at", "next_due_kind"], batch_size=BATCH)
        TicketFact.objects.bulk_create(self.new_facts)
        columns = [field.name for field in TicketFact._meta.concrete_fields if not field.primary_key]
        TicketFact.objects.bulk_update(self.changed_facts, columns, batch_size=50)


def _name(row: SlaClock) -> str:
    return f"{row.kind}.{row.cycle} {row.rule}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
