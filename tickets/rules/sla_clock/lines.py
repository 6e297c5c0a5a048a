"""What a policy line makes of a run: its due time, moved by pauses within their cap, and what earlier cycles left."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_clock.daily import end_of_day
from tickets.rules.sla_clock.parts import Credit, Due, Pause
from tickets.rules.sla_clock.walking import Run
from tickets.rules.sla_policy import PolicyLine

_NO_TIME = timedelta()


def credits_of(run: Run, pauses: Sequence[Pause], end: datetime) -> tuple[Credit, ...]:
    """The pauses that the run sees up to `end`, each cut to what its reason has left of its cap (rule 5).

    A cap counts the waiting by the wall clock, all pauses of that reason in the cycle together.
    """
    used: dict[str, timedelta] = {}
    found = []
    for pause in pauses:
        if pause.begin > end or (pause.end is not None and pause.end <= run.start):
            continue
        begin, until = max(pause.begin, run.start), end if pause.end is None else min(pause.end, end)
        capped = False
        if pause.cap is not None:
            left = pause.cap - used.get(pause.reason, _NO_TIME)
            capped = until - begin >= left
            until = min(until, begin + left)
            used[pause.reason] = used.get(pause.reason, _NO_TIME) + (until - begin)
        found.append(Credit(begin, until, pause, capped))
    return tuple(found)


def rests(credits: Sequence[Credit]) -> bool:
    """Whether the clock stands still now: the last pause goes on, is credited and has not used up its cap."""
    return any(each.pause.end is None and each.pause.credited and not each.capped for each in credits)


def due_of(
    run: Run, line: PolicyLine, calendar: WorkCalendar, pauses: Sequence[Pause], credits: Sequence[Credit]
) -> Due:
    """The due time of the line for that run. What begins at the due time or after it gives nothing back."""
    carried = None
    if run.before is not None:
        base = carried = _left_over(run, run.before, line, calendar, pauses)
    elif run.kind.daily:
        base = end_of_day(line, run.start, calendar)
    else:
        base = line.due(run.start, calendar)
    at, total = base, _NO_TIME
    for credit in credits:
        if credit.begin >= at:
            break
        if credit.pause.credited:
            amount = line.credit(credit.begin, credit.end, calendar)
            at = line.postpone(at, amount, calendar)
            total += amount
    return Due(at, line, base, total, calendar, carried)


def _left_over(run: Run, before: Run, line: PolicyLine, calendar: WorkCalendar, pauses: Sequence[Pause]) -> datetime:
    """Where cycles add up the time between two of them is like a pause; what was used up is due at once (rule 7)."""
    end = before.stop or run.start
    earlier = due_of(before, line, calendar, pauses, credits_of(before, pauses, end) if pauses else ())
    if end >= earlier.at:
        return max(earlier.at, run.start)
    return line.postpone(earlier.at, line.credit(end, run.start, calendar), calendar)
