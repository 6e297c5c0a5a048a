"""What a version of a calendar said, as JSON that is kept for ever, and the calendar made from it again (rule 9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.worktime.calendar import Override, Plan, WorkCalendar
from portal.worktime.choices import DayKind
from portal.worktime.library import ANNOUNCED_YEARS, INSTALLED, Library, Special
from portal.worktime.windows import Windows, parse, written

#: Years whose days are kept with an edition of the holidays; beyond them there are fixed holidays only.
KEPT_YEARS = range(min(ANNOUNCED_YEARS), max(ANNOUNCED_YEARS) + 3)


def content_of(calendar: WorkCalendar) -> dict[str, Any]:
    """Everything that the calendar's digest is made of, but for the holidays: those are named by their edition."""
    first = Plan(date.min, calendar.windows, calendar.weekly, calendar.with_holidays)
    return {
        "zone": calendar.zone,
        "library": calendar.library.version,
        "plans": [_plan(plan) for plan in (first, *calendar.plans)],
        "days": [
            {
                "day": row.day.isoformat(),
                "kind": row.kind.value,
                "reason": row.reason,
                "windows": None if row.windows is None else written(row.windows),
                "source": row.source,
            }
            for row in sorted(calendar.overrides, key=lambda row: row.day)
        ],
    }


def calendar_from(code: str, content: Mapping[str, Any], library: Library = INSTALLED) -> WorkCalendar:
    """The calendar that such a content describes; `library` is the edition that it names."""
    first, *later = [plan_from(row) for row in content["plans"]]
    return WorkCalendar(
        code=code,
        windows=first.windows,
        weekly=first.weekly,
        overrides=tuple(override_from(row) for row in content["days"]),
        with_holidays=first.with_holidays,
        zone=content["zone"],
        plans=tuple(later),
        library=library,
    )


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "since": plan.since.isoformat(),
        "windows": written(plan.windows),
        "weekly": [written(day) for day in plan.weekly],
        "holidays": plan.with_holidays,
    }


def plan_from(row: Mapping[str, Any]) -> Plan:
    """A plan out of its JSON."""
    weekly = tuple(parse(day) for day in row["weekly"])
    return Plan(date.fromisoformat(row["since"]), parse(row["windows"]), weekly, row["holidays"])


def override_from(row: Mapping[str, Any]) -> Override:
    """A row out of its JSON."""
    windows: Windows | None = None if row["windows"] is None else parse(row["windows"])
    return Override(date.fromisoformat(row["day"]), DayKind(row["kind"]), row["reason"], windows, row["source"])


def edition_of(library: Library) -> dict[str, Any]:
    """The holidays of an edition as JSON."""
    return {
        "announced": sorted(library.announced),
        "years": {
            str(year): [[day.isoformat(), kind.value, name] for day, (kind, name) in sorted(library.days(year).items())]
            for year in KEPT_YEARS
        },
    }


def library_from(version: str, edition: Mapping[str, Any]) -> Library:
    """An earlier edition again; of years that it did not keep it says what the installed one says."""
    years: dict[int, Special] = {
        int(year): {date.fromisoformat(day): (DayKind(kind), name) for day, kind, name in rows}
        for year, rows in edition["years"].items()
    }

    def days(year: int) -> Special:
        return years[year] if year in years else INSTALLED.days(year)

    return Library(version, frozenset(edition["announced"]), days)
