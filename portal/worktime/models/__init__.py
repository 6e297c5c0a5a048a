"""Calendars, the plans and days they are made of, and the versions in which they came into force."""

from portal.worktime.models.calendar import BRAND, Calendar, CalendarQuerySet
from portal.worktime.models.drafted import Drafted, OfCalendarQuerySet
from portal.worktime.models.plan import CalendarDay, CalendarPlan, validate_week, validate_windows
from portal.worktime.models.version import CalendarVersion, HolidayEdition

__all__ = [
    "BRAND",
    "Calendar",
    "CalendarDay",
    "CalendarPlan",
    "CalendarQuerySet",
    "CalendarVersion",
    "Drafted",
    "HolidayEdition",
    "OfCalendarQuerySet",
    "validate_week",
    "validate_windows",
]
