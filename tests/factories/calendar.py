"""Calendars for tests: made, filled and put in force by the actions."""

from datetime import date
from typing import Any

from portal.accounts.actor import Actor
from portal.worktime import actions
from portal.worktime.choices import DayKind
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan, CalendarVersion

SYSTEM = Actor.system("test")


def make_calendar(code: str, *, weekly: Any = None, **fields: Any) -> Calendar:
    """A calendar in force with one plan; `weekly` is its week, Monday to Friday from nine to six without."""
    calendar = Calendar.objects.create(code=code, name=f"日历{code}", **fields)
    plan = CalendarPlan(calendar=calendar, since=date(2020, 1, 1), reason="建立", source="制度")
    if weekly is not None:
        plan.weekly = weekly
        plan.windows = next(day for day in weekly if day)
    actions.draft(SYSTEM, plan)
    actions.publish(SYSTEM, calendar)
    return fresh(calendar)


def fresh(calendar: Calendar | str) -> Calendar:
    """The row as the database has it now."""
    return Calendar.objects.get(code=calendar if isinstance(calendar, str) else calendar.code)


def day_row(day: date, kind: str = DayKind.REST, code: str = BRAND, **fields: Any) -> CalendarDay:
    """A row that is not saved yet."""
    return CalendarDay(calendar_id=code, day=day, kind=kind, **{"reason": "盘点", "source": "通知", **fields})


def override(day: date, kind: str = DayKind.REST, code: str = BRAND, **fields: Any) -> CalendarVersion:
    """The day comes into force at once."""
    actions.draft(SYSTEM, day_row(day, kind, code, **fields))
    return actions.publish(SYSTEM, fresh(code))
