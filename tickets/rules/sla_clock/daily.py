"""The entry of 附件2 that every open day owes: one cycle a calendar day after the acceptance (R060, R212)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from portal.kernel import clock
from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_clock.events import Event, utc
from tickets.rules.sla_clock.kinds import Kind
from tickets.rules.sla_clock.parts import Pause
from tickets.rules.sla_clock.walking import Run
from tickets.rules.sla_policy import DAY, WORKING_DAY, PolicyLine

_ONE_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)
ACCEPTED = "accept"
Period = tuple[datetime, datetime | None, str, str]  # since, until, begun by, ended by


def daily_runs(
    kind: Kind, events: Iterable[Event], pauses: Sequence[Pause], received: datetime, now: datetime
) -> list[Run]:
    """A run a day on which the ticket was open after `accept`; the next entry stops it, on a later day too late.

    `events` are in order and none lies after `now`. A day that was suspended whole, for a reason for which the policy
    asks no entries, is void.
    """
    told = [(event, max(utc(event.at), received)) for event in events]
    entries = [at for event, at in told if event.verb in kind.stops]
    days: dict[date, Run] = {}
    for since, until, begun, ended in _periods(kind, told):
        for day in _days(since, now if until is None else max(since, until - _INSTANT)):
            start = max(since, midnight(day))
            run = days.get(day)
            if run is None:
                verb = begun if start == since else "day"
                run = days[day] = Run(kind, len(days) + 1, start, verb)
            elif run.stop is not None and not run.void:
                continue
            run.stop, run.stopped_by, run.void = _stop(run, entries, until, ended)
            _excuse(run, midnight(day + _ONE_DAY), pauses, now)
    return list(days.values())


def midnight(day: date) -> datetime:
    """The moment at which the day begins in Asia/Shanghai, in UTC (R212)."""
    return utc(datetime.combine(day, time(), clock.LOCAL))


def end_of_day(line: PolicyLine, start: datetime, calendar: WorkCalendar) -> datetime:
    """The end of the n-th calendar or working day, that of `start` being the first (R212)."""
    if line.unit not in (DAY, WORKING_DAY):
        return line.due(start, calendar)
    day, left = clock.local(start).date(), line.limit
    while True:
        left -= line.unit == DAY or calendar.is_workday(day)
        day += _ONE_DAY
        if left <= 0:
            return midnight(day)


def _periods(kind: Kind, told: Iterable[tuple[Event, datetime]]) -> Iterator[Period]:
    """From when to when the ticket was in somebody's hands."""
    accepted, since, begun = False, None, ""
    for event, at in told:
        accepted = accepted or event.verb == ACCEPTED
        if since is None and accepted and event.verb in kind.starts:
            since, begun = at, event.verb
        elif since is not None and event.verb in kind.voids:
            yield since, at, begun, event.verb
            since = None
    if since is not None:
        yield since, None, begun, ""


def _days(since: datetime, until: datetime) -> Iterator[date]:
    day, last = clock.local(since).date(), clock.local(until).date()
    while day <= last:
        yield day
        day += _ONE_DAY


def _stop(
    run: Run, entries: Sequence[datetime], until: datetime | None, ended: str
) -> tuple[datetime | None, str, bool]:
    entry = next((at for at in entries if at >= run.start), None)
    if entry is not None and (until is None or entry <= until):
        return entry, "progress", False
    return until, ended, until is not None


def _excuse(run: Run, end: datetime, pauses: Sequence[Pause], now: datetime) -> None:
    """A day without an entry that was waited through whole is not owed."""
    if run.stop is not None and run.stop < end and not run.void:
        return
    for pause in pauses:
        if pause.excuses and pause.begin <= run.start and (now if pause.end is None else pause.end) >= end:
            run.stop, run.stopped_by, run.void = end, "suspend", True
