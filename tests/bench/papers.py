"""The papers: record forms and the quarterly report, warm, with their size and the memory of who lays them out."""

from collections.abc import Callable

from kpi.actions.making import pages_of
from kpi.queries.scope import BRAND, Scope
from kpi.reports import quarterly
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.pdf import render
from portal.pdf.pool import POOL
from tests.bench.measure import say, timed
from tests.bench.world import World
from tickets.choices import TicketState
from tickets.reports.record import record_pdf


def times(world: World, runs: int) -> None:
    """All four forms of one finished ticket, a partner's report and the brand's."""
    ticket = world.stage.close(world.stage.ticket_in(TicketState.RESOLVED))
    for number in (1, 2, 3, 4):
        if number == 2:
            continue  # the shortest way to the end writes no progress
        _paper(f"record form {number}", lambda number=number: record_pdf(ticket, number), max(runs, 10))
    quarter = Quarter.of(clock.now()).previous()
    for name, scope in (("partner", Scope(partner=world.stage.side.partner)), ("brand", BRAND)):
        request = quarterly.Request(scope, quarter, "BENCH-BENCH", "https://example.com/verify/BENCH/", clock.now())
        _paper(f"quarterly report, {name}", lambda request=request: _report(request), 3)


def _report(request: quarterly.Request) -> bytes:
    context = quarterly.context(request)
    return render(quarterly.TEMPLATE, context, title=context["report_title"], at=request.at)


def _paper(name: str, make: Callable[[], bytes], runs: int) -> None:
    pdf = make()
    taken = sorted(timed(make) for _ in range(runs))
    middle, pages = taken[runs // 2], pages_of(pdf)
    say(
        f"{name:28} {taken[0]:8.0f} {middle:8.0f} {taken[-1]:8.0f} ms of {runs}  {pages:3} pages"
        f"  {middle / pages:6.0f} ms a page  {len(pdf) / 1000:5.0f} kB  layout process {_memory():4.0f} MB"
    )


def _memory() -> float:
    return POOL.child.resident_mb() if getattr(POOL, "child", None) else 0.0
