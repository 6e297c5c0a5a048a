"""The only reader of the clock, so that demonstrations, imports and tests can say what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

_travelled: ContextVar[datetime | None] = ContextVar("portal_clock", default=None)


def _machine() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _travelled.get() or _machine()


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """The moment as the wall clock of Asia/Shanghai shows it."""
    return moment.astimezone(LOCAL)


def end_of(day: date) -> datetime:
    """The last second of a day in Asia/Shanghai."""
    return datetime.combine(day, time(23, 59, 59), LOCAL)


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Make `now()` answer `moment` (aware) inside the block, in this thread only."""
    if moment.tzinfo is None:
        raise ValueError("travel() needs an aware datetime")
    token = _travelled.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
