"""A quarter's figures, and the clocks: due times, explained clocks, tickets settled again."""

from collections.abc import Callable
from datetime import datetime
from time import perf_counter, process_time
from typing import Any

from django.db import connection, transaction

from kpi.queries.figures import figures
from kpi.queries.scope import BRAND, Scope
from kpi.rules.period import of_quarter
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.worktime.calendar import WorkCalendar
from portal.worktime.queries import brand_calendar
from tests.bench.logs import REAL, ROOT
from tests.bench.measure import measure, say
from tests.bench.world import World
from tickets.actions.import_log import import_log
from tickets.actions.recompute import recompute
from tickets.actions.settle import case_of, events_of, settle_ticket
from tickets.models import Ticket, TicketFact
from tickets.rules.log_mapping import parse
from tickets.rules.sla_clock import compute
from tickets.rules.sla_policy import DEFAULT_POLICY, WORKING_HOUR, PolicyLine

#: The raw program: what one read of the fact rows costs without the ORM and without the medians.
RAW = """SELECT count(*),
sum(CASE WHEN resolution_met THEN 1 ELSE 0 END), sum(CASE WHEN response_met THEN 1 ELSE 0 END),
sum(CASE WHEN resolved THEN 1 ELSE 0 END), sum(CASE WHEN resolution_due_at <= %s THEN 1 ELSE 0 END),
sum(open_days), sum(progress_days) FROM tickets_ticketfact WHERE quarter = %s AND counted"""


def quarters(world: World, runs: int) -> None:
    """A whole quarter of the past, for one partner and for the brand."""
    quarter = Quarter.of(clock.now()).previous()
    period = of_quarter(quarter)
    facts = TicketFact.objects.filter(quarter=quarter.index)
    partner = world.stage.side.partner
    say(
        f"{facts.count():,} tickets of the brand in {quarter}, {facts.filter(partner=partner).count():,} of the partner"
    )

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [clock.now(), quarter.index])
            cursor.fetchone()

    plain = measure("raw", raw, runs)
    say(f"{'seven counters of the brand in plain SQL':45} {plain.numbers()} ms")
    for name, scope in (("all figures of a partner", Scope(partner=partner)), ("all figures of the brand", BRAND)):
        found = measure(name, lambda scope=scope: figures(scope, period), runs)
        say(f"{name:45} {found.numbers()} ms  {found.queries} queries  {found.middle / plain.middle:.1f}× plain SQL")


def clocks() -> None:
    """How many a second, of what a process does alone."""
    calendar = brand_calendar()
    tickets = list(Ticket.objects.filter(imported_from="bench").order_by("pk")[:1000])
    known = [(case_of(ticket), events_of(ticket)) for ticket in tickets]
    now = clock.now()
    moments = [ticket.received_at for ticket in tickets]
    _rate("due times by working days", len(moments), lambda: [calendar.end_of_nth_workday(at, 3) for at in moments])
    _rate("due times by working hours", len(moments), lambda: [calendar.add_minutes(at, 960) for at in moments])
    _hundred_thousand(calendar, moments)
    count = sum(len(compute(case, events, DEFAULT_POLICY, calendar, now)) for case, events in known)
    _rate(
        "explained clocks from the journal in memory",
        count,
        lambda: [compute(case, events, DEFAULT_POLICY, calendar, now) for case, events in known],
    )

    def again() -> None:
        with transaction.atomic():
            for ticket in tickets:
                settle_ticket(ticket, now)

    _rate("tickets settled again, with the database", len(tickets), again, times=3)
    entries = sum(entries_for(ticket).count() for ticket in tickets[:50]) / 50
    say(f"({count / len(known):.1f} clocks and {entries:.1f} entries a ticket)")


def _hundred_thousand(calendar: WorkCalendar, moments: list[datetime]) -> None:
    """100,000 due times in working days and working hours, the seconds of the wall and of the processor (goal: 5 s)."""
    lines = [line for line in DEFAULT_POLICY.lines if line.working]
    lines.append(PolicyLine("resolution", None, None, None, 16, WORKING_HOUR, "bench"))
    began, worked = perf_counter(), process_time()
    for number in range(100_000):
        lines[number % len(lines)].due(moments[number % len(moments)], calendar)
    say(f"100,000 due times: {perf_counter() - began:.2f} s, {process_time() - worked:.2f} s of the processor")


def recomputed() -> None:
    """Every clock of the help desk's log again from the journal (goal: 30 s for its 4,580 tickets)."""
    path = REAL / "helpdesk_log" / "helpdesk.csv"
    if not path.exists():
        say("the help desk's log is not at hand")
        return
    mapping = parse((ROOT / "docs" / "examples" / "helpdesk.toml").read_text(encoding="utf-8"))
    import_log(path, mapping, source="bench clocks")
    rows = Ticket.objects.filter(imported_from="bench clocks")
    for check in (True, False):
        began, worked = perf_counter(), process_time()
        report = recompute(rows, check=check)
        say(
            f"{'compared' if check else 'computed'}: {report.tickets:,} tickets, {report.clocks:,} clocks,"
            f" {perf_counter() - began:.1f} s, {process_time() - worked:.1f} s of the processor,"
            f" {report.wrong_tickets} differed"
        )


def _rate(name: str, count: int, run: Callable[[], Any], times: int = 10) -> None:
    run()
    rates = []
    for _ in range(times):
        began = perf_counter()
        run()
        rates.append(count / (perf_counter() - began))
    rates.sort()
    say(f"{name:45} {rates[0]:12,.0f} {rates[len(rates) // 2]:12,.0f} {rates[-1]:12,.0f} a second")
