"""When periodic inspections fall due (R191)."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tickets.choices.maintenance import VisitResult

#: So far ahead visits stand in the calendar.
AHEAD = timedelta(days=365)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month (R191)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_days(first: date, months: int, since: date, until: date) -> Iterator[date]:
    """The days of `first`, and every so many months after it, from `since` to `until` (R191).

    Counted from the first day, so that the 31st comes back after February. ValueError for months below 1.
    """
    if months < 1:
        raise ValueError(f"{months} months is no interval")
    number = 0
    while (day := add_months(first, number * months)) <= until:
        if day >= since:
            yield day
        number += 1


def opens_on(due_on: date, lead_days: int) -> date:
    """The day on which the visit becomes a ticket (R191)."""
    return due_on - timedelta(days=lead_days)


def result_of(parts: Any) -> str:
    """Parts that had to be replaced are defects; without any the equipment is in order (R191)."""
    return VisitResult.DEFECT if parts else VisitResult.GOOD
