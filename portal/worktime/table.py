"""Precomputed windows of a span of years, searched by bisection: the arithmetic without any calendar lore.

Everything is kept as UTC datetimes and timedeltas, which C compares and adds: no conversion on the way in or out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate

from portal.worktime.windows import DAY_MINUTES, Windows

_ZERO = timedelta()


def local_moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """The UTC moment at which the wall clock of the zone shows that minute of that day."""
    if minute == DAY_MINUTES:
        day, minute = day + timedelta(days=1), 0
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Table:
    """Windows from `first` (included) to `last` (excluded), one entry a window or a working day."""

    first: datetime
    last: datetime
    starts: list[datetime]
    ends: list[datetime]
    worked: list[timedelta]  # worked[i]: working time of all windows before window i; one entry more than windows
    midnights: list[datetime]  # local midnight at which each working day begins
    closes: list[datetime]  # end of its last window

    @classmethod
    def build(cls, days: Iterable[tuple[date, Windows]], first: date, last: date, zone: tzinfo) -> "Table":
        """`days` are the working days in order, from `first` to the day before `last`."""
        starts, ends, midnights, closes = [], [], [], []
        for day, windows in days:
            for begin, end in windows:
                starts.append(local_moment(day, begin, zone))
                ends.append(local_moment(day, end, zone))
            midnights.append(local_moment(day, 0, zone))
            closes.append(ends[-1])
        lengths = (end - start for start, end in zip(starts, ends, strict=True))
        worked = list(accumulate(lengths, initial=_ZERO))
        return cls(local_moment(first, 0, zone), local_moment(last, 0, zone), starts, ends, worked, midnights, closes)

    def covers(self, moment: datetime) -> bool:
        return self.first <= moment < self.last

    def position(self, moment: datetime) -> timedelta:
        """Working time between the beginning of the table and the moment."""
        index = bisect_right(self.ends, moment)
        if index < len(self.starts) and moment > self.starts[index]:
            return self.worked[index] + (moment - self.starts[index])
        return self.worked[index]

    def add(self, start: datetime, amount: timedelta) -> datetime | None:
        """The first moment by which `amount` (> 0) of working time has passed; None when it lies beyond the table."""
        target = self.position(start) + amount
        index = bisect_left(self.worked, target)
        if index == len(self.worked):
            return None
        return self.ends[index - 1] - (self.worked[index] - target)

    def nth_close(self, start: datetime, n: int) -> datetime | None:
        """End of the n-th working day after the day of `start`; None when it lies beyond the table."""
        index = bisect_right(self.midnights, start) + n - 1
        return self.closes[index] if index < len(self.closes) else None
