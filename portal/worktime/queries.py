"""Calendars as the database has them: library and rows."""

from datetime import datetime

from django.db.models import Count, Max

from portal.worktime.calendar import WorkCalendar
from portal.worktime.models import BRAND, CalendarDay

_State = tuple[int, int | None, datetime | None]
#: The last calendar built of each code, with the state of the rows it was built from.
_built: dict[str, tuple[_State, WorkCalendar]] = {}


def calendar_of(code: str) -> WorkCalendar:
    """The calendar of that code; one small query unless a row changed. Bulk work asks once and keeps it."""
    rows = CalendarDay.objects.filter(calendar=code)
    found = rows.aggregate(number=Count("pk"), newest=Max("pk"), changed=Max("updated_at"))
    state = (found["number"], found["newest"], found["changed"])
    known = _built.get(code)
    if known is None or known[0] != state:
        known = _built[code] = state, WorkCalendar(code=code, overrides=tuple(row.as_override() for row in rows))
    return known[1]


def brand_calendar() -> WorkCalendar:
    """The calendar of the brand, by which all working-day limits run unless an agreement says otherwise."""
    return calendar_of(BRAND)
