"""Calendars as the database has them: library and rows."""

from typing import Any

from portal.worktime.calendar import WorkCalendar
from portal.worktime.models import BRAND, CalendarDay

#: The last calendar built of each code, with the rows it was built from.
_built: dict[str, tuple[list[tuple[Any, ...]], WorkCalendar]] = {}


def calendar_of(code: str) -> WorkCalendar:
    """The calendar of that code, built anew only when a row changed; one small query. Bulk work asks once."""
    state = list(CalendarDay.objects.filter(calendar=code).values_list("day", "kind", "windows", "reason", "source"))
    known = _built.get(code)
    if known is None or known[0] != state:
        rows = (CalendarDay(day=d, kind=k, windows=w, reason=r, source=s) for d, k, w, r, s in state)
        known = _built[code] = state, WorkCalendar(code=code, overrides=tuple(row.as_override() for row in rows))
    return known[1]


def brand_calendar() -> WorkCalendar:
    """The calendar of the brand, by which all working-day limits run unless an agreement says otherwise."""
    return calendar_of(BRAND)
