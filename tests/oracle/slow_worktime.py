"""Working time told minute by minute and day by day: slow, simple, and written from the words of the specification.

The days of 2026 are copied from the State Council's notice, not asked from any library.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HOURS = ((9 * 60, 18 * 60),)

_OFF = (
    "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 "
    "05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07"
)
OFF = {date.fromisoformat(f"2026-{day}") for day in _OFF.split()}
MADE_UP = {date.fromisoformat(f"2026-{day}") for day in ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]}


def is_workday(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def is_working_minute(moment: datetime, hours=HOURS) -> bool:
    """Whether the minute that begins at the moment is worked."""
    local = moment.astimezone(LOCAL)
    minute = local.hour * 60 + local.minute
    return is_workday(local.date()) and any(begin <= minute < end for begin, end in hours)


def add_minutes(start: datetime, minutes: int, hours=HOURS) -> datetime:
    moment = start
    while minutes:
        minutes -= is_working_minute(moment, hours)
        moment += MINUTE
    return moment


def working_minutes(start: datetime, end: datetime, hours=HOURS) -> int:
    count, moment = 0, start
    while moment < end:
        count += is_working_minute(moment, hours)
        moment += MINUTE
    return count


def end_of_nth_workday(start: datetime, n: int, hours=HOURS) -> datetime:
    day = start.astimezone(LOCAL).date()
    while n:
        day += DAY
        n -= is_workday(day)
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL) + hours[-1][1] * MINUTE
