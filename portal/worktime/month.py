"""A calendar as people look at it: weeks of a month, months of a year, and how many days of each kind."""

import calendar as gregorian
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal.worktime.calendar import Day, WorkCalendar
from portal.worktime.choices import DayKind
from portal.worktime.windows import as_text

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Cell:
    """One square: a day, whether it is today, and the row of the working copy that speaks of it, if any."""

    day: Day
    is_today: bool
    row: Any = None

    @property
    def draft(self) -> Any:
        """The row, where it is not in force."""
        return self.row if self.row is not None and self.row.is_pending else None

    @property
    def hours(self) -> str:
        return as_text(self.day.windows)

    @property
    def kind(self) -> DayKind:
        return self.day.kind


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday on; a square outside of the month is None."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def counts(self) -> dict[DayKind, int]:
        """Days of each kind."""
        found = Counter(cell.kind for week in self.weeks for cell in week if cell)
        return {kind: found[kind] for kind in DayKind}


def month_of(calendar: WorkCalendar, first: date, today: date, rows: Mapping[date, Any] | None = None) -> Month:
    """The month of that day; `rows` are those of the working copy."""
    known = rows or {}
    weeks = []
    for week in gregorian.Calendar().monthdatescalendar(first.year, first.month):
        cells = [
            Cell(calendar.day_kind(day), day == today, known.get(day)) if day.month == first.month else None
            for day in week
        ]
        weeks.append(tuple(cells))
    return Month(first.replace(day=1), tuple(weeks))


def year_of(calendar: WorkCalendar, year: int, today: date, rows: Mapping[date, Any] | None = None) -> list[Month]:
    """Its twelve months."""
    return [month_of(calendar, date(year, month, 1), today, rows) for month in range(1, 13)]


def read_month(text: str, today: date) -> date:
    """The first day of the month that an address names, '2026-10'; of this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def read_year(text: str, today: date) -> int:
    """The year that an address names; this one for anything else."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year
