"""Calendars as they are in force, by code; built once a version and kept in memory."""

from datetime import date, datetime
from typing import Any

from portal.kernel import clock
from portal.worktime.calendar import WorkCalendar
from portal.worktime.choices import DraftState
from portal.worktime.content import calendar_from, library_from
from portal.worktime.library import INSTALLED, LIBRARY_VERSION, Library
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan, CalendarVersion, HolidayEdition
from portal.worktime.parts import Plan
from portal.worktime.timeline import Timeline

#: The versions of each calendar, with the stamp of the row that they were built for.
_built: dict[str, tuple[tuple[Any, ...], Timeline]] = {}
_libraries: dict[str, Library] = {LIBRARY_VERSION: INSTALLED}


def timelines() -> dict[str, Timeline]:
    """Every calendar that is in force, through its versions: one small query, more only after a change."""
    stamps = {
        code: (edition, version, since)
        for code, edition, version, since in Calendar.objects.filter(edition__gt=0)
        .order_by()
        .values_list("code", "edition", "version", "changed_at")
    }
    stale = [code for code, stamp in stamps.items() if code not in _built or _built[code][0] != stamp]
    if stale:
        for code, timeline in _load(stale).items():
            _built[code] = stamps[code], timeline
    return {code: _built[code][1] for code in stamps if code in _built}


def _load(codes: list[str]) -> dict[str, Timeline]:
    found: dict[str, list[tuple[datetime, WorkCalendar]]] = {code: [] for code in codes}
    rows = CalendarVersion.objects.filter(calendar__in=codes).order_by("calendar", "number")
    for since, content, row in rows.values_list("since", "content", "calendar"):
        code = str(row)
        found[code].append((since, calendar_from(code, content, library(content["library"]))))
    return {code: Timeline(tuple(versions)) for code, versions in found.items() if versions}


def library(version: str) -> Library:
    """The edition of the holidays of that name; the installed one where an old name was never kept."""
    if version not in _libraries:
        row = HolidayEdition.objects.filter(version=version).first()
        _libraries[version] = library_from(version, row.content) if row else INSTALLED
    return _libraries[version]


def calendar_of(code: str) -> WorkCalendar:
    """The calendar of that code as it is in force; the brand's where it is not. Bulk work asks once."""
    known = timelines()
    if code in known:
        return known[code].now
    return known[BRAND].now if BRAND in known else WorkCalendar()


def brand_calendar() -> WorkCalendar:
    """The calendar of the brand, by which all working-day limits run unless an agreement says otherwise."""
    return calendar_of(BRAND)


def at_version(code: str, version: str) -> WorkCalendar | None:
    """What the calendar said at that version, however often it changed since (rule 9)."""
    row = CalendarVersion.objects.filter(calendar=code, version=version).order_by("number").last()
    return calendar_from(code, row.content, library(row.content["library"])) if row else None


def working_copy(calendar: Calendar) -> WorkCalendar:
    """The calendar as it would be if everything that is drafted came into force now.

    The earliest plan holds for all days before it as well; a calendar without a plan has office hours.
    """
    staying = {"calendar": calendar.code, "state__in": [DraftState.DRAFT, DraftState.IN_FORCE]}
    plans = [row.as_plan() for row in CalendarPlan.objects.filter(**staying).order_by("since")]
    days = CalendarDay.objects.filter(**staying)
    first = plans[0] if plans else Plan(date.min)
    return WorkCalendar(
        code=calendar.code,
        windows=first.windows,
        weekly=first.weekly,
        overrides=tuple(row.as_override() for row in days),
        with_holidays=first.with_holidays,
        zone=calendar.zone,
        plans=tuple(plans[1:]),
    )


def unannounced_years(calendar: WorkCalendar, years: int = 2) -> list[int]:
    """Of this year and the next ones those whose holidays are not announced yet."""
    this = clock.today().year
    return [year for year in range(this, this + years) if not calendar.official(year)]
