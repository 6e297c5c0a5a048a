"""Every figure counted slowly, row by row in Python: what the query must equal to the last digit."""

from collections.abc import Callable, Iterable
from datetime import datetime

from kpi.rules.distribution import Distribution, distribution
from tests.kpi.cohort import DAY
from tickets.models import TicketFact


def figures(facts: Iterable[TicketFact], as_of: datetime) -> dict[str, tuple[int, int]]:
    """Code → (numerator, denominator) of what facts alone decide, as known at `as_of`."""
    rows = [fact for fact in facts if fact.counted]
    share = _share(rows)
    done, confirmed = _done(as_of), _confirmed(as_of)
    repaired = lambda f: f.repair and done(f)  # noqa: E731
    smooth = lambda f: not f.rejections and not f.reopenings  # noqa: E731
    fixed = lambda f: f.on_site and f.repair and confirmed(f)  # noqa: E731
    waiting = lambda f: f.acceptance_due_at is not None and f.acceptance_due_at > as_of  # noqa: E731
    complaint = lambda f: f.category == "complaint"  # noqa: E731
    return {
        "response_24h": share(lambda f: f.response_ms is not None and f.response_ms <= DAY, lambda f: True),
        "response_on_time": _clock(rows, "response", as_of),
        "resolution_on_time": _resolution(rows, as_of),
        "resolution_rate": share(confirmed, lambda f: True),
        "completion_rate": share(lambda f: f.dispatched and done(f), lambda f: f.dispatched),
        "repair_success": share(lambda f: repaired(f) and confirmed(f) and smooth(f), repaired),
        "complaint_rate": share(complaint, lambda f: True),
        "progress_discipline": (sum(f.progress_days for f in rows), sum(f.open_days for f in rows)),
        "acceptance_on_time": (
            sum(f.acceptance_met for f in rows),
            max(sum(f.dispatches for f in rows) - sum(waiting(f) for f in rows), 0),
        ),
        "arrival_on_time": _clock(rows, "arrival", as_of),
        "first_visit_fix": share(lambda f: fixed(f) and smooth(f) and f.visits <= 1, fixed),
        "complaint_closure": _clock([f for f in rows if complaint(f)], "feedback", as_of),
    }


def durations(facts: Iterable[TicketFact], column: str) -> Distribution:
    values = (getattr(fact, column) for fact in facts if fact.counted)
    return distribution(value for value in values if value is not None)


def _share(rows: list[TicketFact]) -> Callable[..., tuple[int, int]]:
    return lambda good, all_: (sum(bool(good(f)) for f in rows), sum(bool(all_(f)) for f in rows))


def _done(as_of: datetime) -> Callable[[TicketFact], bool]:
    return lambda f: f.completed and (f.ticket.completed_at is None or f.ticket.completed_at < as_of)


def _confirmed(as_of: datetime) -> Callable[[TicketFact], bool]:
    def known(fact: TicketFact) -> bool:
        moment = fact.ticket.confirmed_at or fact.ticket.completed_at or fact.ticket.closed_at
        return fact.resolved and (moment is None or moment < as_of)

    return known


def _clock(rows: list[TicketFact], name: str, as_of: datetime) -> tuple[int, int]:
    met = due = 0
    for fact in rows:
        outcome, limit = getattr(fact, f"{name}_met"), getattr(fact, f"{name}_due_at")
        met += outcome is True
        due += outcome is not None or (limit is not None and limit <= as_of)
    return met, due


def _resolution(rows: list[TicketFact], as_of: datetime) -> tuple[int, int]:
    met = due = 0
    for fact in rows:
        limit, stop = fact.resolution_due_at, fact.ticket.completed_at
        stopped = fact.resolution_met is not None and (stop is None or stop < as_of)
        met += stopped and fact.resolution_met is True
        due += stopped or (limit is not None and limit <= as_of)
    return met, due
