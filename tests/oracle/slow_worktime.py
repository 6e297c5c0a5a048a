"""Working time told minute by minute and day by day: slow, simple, and written from the words of the specification.

The days are copied from the State Council's notices for 2024, 2025 and 2026, not asked from any library. A moment is
a whole number of minutes after the first midnight of 2024 in Shanghai, where no clock was put forward since 1991.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
A_DAY = 24 * 60
FIRST, LAST = date(2024, 1, 1), date(2027, 1, 1)
EPOCH = datetime(2024, 1, 1, tzinfo=LOCAL)
HOURS = ((9 * 60, 18 * 60),)

_OFF = {
    2024: "01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 "
    "06-10 09-15 09-16 09-17 10-01 10-02 10-03 10-04 10-05 10-06 10-07",
    2025: "01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 "
    "05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08",
    2026: "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 "
    "05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07",
}
_MADE_UP = {
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
OFF = {date.fromisoformat(f"{year}-{day}") for year, days in _OFF.items() for day in days.split()}
MADE_UP = {date.fromisoformat(f"{year}-{day}") for year, days in _MADE_UP.items() for day in days.split()}


def is_workday(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def moment(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def minute_of(at: datetime) -> int:
    return (at - EPOCH) // MINUTE


def day_of(minute: int) -> date:
    return FIRST + minute // A_DAY * DAY


@cache
def worked(hours=HOURS) -> bytearray:
    """One byte a minute of the three years: 1 where it is worked."""
    minutes = bytearray((LAST - FIRST).days * A_DAY)
    for number in range((LAST - FIRST).days):
        if is_workday(FIRST + number * DAY):
            for begin, end in hours:
                for minute in range(begin, end):
                    minutes[number * A_DAY + minute] = 1
    return minutes


def after(start: int, amount: int, hours=HOURS) -> int:
    """The first minute by which so many working minutes have passed."""
    minutes, minute = worked(hours), start
    while amount:
        amount -= minutes[minute]
        minute += 1
    return minute


def between(start: int, end: int, hours=HOURS) -> int:
    """Working minutes from start to end, each looked at."""
    return sum(worked(hours)[start:end])


def end_of_nth_workday(start: int, n: int, hours=HOURS) -> int:
    """The end of the n-th working day after the day of `start`."""
    number = start // A_DAY
    while n:
        number += 1
        n -= is_workday(FIRST + number * DAY)
    return number * A_DAY + hours[-1][1]
