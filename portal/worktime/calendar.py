"""The working calendar: which days are worked, in which windows, and arithmetic of working time (R194, R202, R217)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.worktime.choices import WORK_KINDS, DayKind
from portal.worktime.library import INSTALLED, Library
from portal.worktime.parts import Day, Override, Plan
from portal.worktime.table import Table
from portal.worktime.windows import CLOSED, OFFICE_HOURS, Windows, written

#: A notice of the State Council names at least this many statutory days: so many rows make a year announced.
STATUTORY_DAYS = 11
_ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_LAST_YEAR = 9990

__all__ = ["STATUTORY_DAYS", "Day", "Override", "Plan", "WorkCalendar"]


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """A calendar is its content: two with the same code and version answer the same for ever.

    `windows`, `weekly` and `with_holidays` are its first plan; `plans` those that follow, each from a day on.
    """

    code: str = "brand"
    windows: Windows = OFFICE_HOURS
    weekly: tuple[Windows, ...] = ()
    overrides: tuple[Override, ...] = ()
    with_holidays: bool = True
    zone: str = "Asia/Shanghai"
    plans: tuple[Plan, ...] = ()
    library: Library = field(repr=False, default=INSTALLED)
    version: str = field(init=False, default="")
    _all_plans: tuple[Plan, ...] = field(init=False, repr=False, default=())
    _zone: ZoneInfo = field(init=False, repr=False, default=ZoneInfo("UTC"))
    _rows: Mapping[date, Override] = field(init=False, repr=False, default_factory=dict)
    _years: dict[int, dict[date, Day]] = field(init=False, repr=False, default_factory=dict)
    # The one mutable place: the widest table so far. Threads may build it twice, never see half of one.
    _table: list[Table] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        first = Plan(date.min, self.windows, self.weekly, self.with_holidays)
        later = tuple(sorted(self.plans, key=lambda plan: plan.since))
        put = object.__setattr__
        put(self, "windows", first.windows)
        put(self, "weekly", first.weekly)
        put(self, "plans", later)
        put(self, "_all_plans", (first, *later))
        put(self, "_zone", ZoneInfo(self.zone))
        put(self, "_rows", {row.day: row for row in self.overrides})
        put(self, "version", self._digest())

    def _digest(self) -> str:
        with_library = any(plan.with_holidays for plan in self._all_plans)
        content = [
            self.zone,
            self.library.version if with_library else "",
            [
                [str(plan.since), written(plan.windows), [written(day) for day in plan.weekly], plan.with_holidays]
                for plan in self._all_plans
            ],
            [
                [str(row.day), row.kind.value, row.reason, row.windows and written(row.windows), row.source]
                for _, row in sorted(self._rows.items())
            ],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, WorkCalendar) and (self.code, self.version) == (other.code, other.version)

    def __hash__(self) -> int:
        return hash((self.code, self.version))

    # Days

    def official(self, year: int) -> bool:
        """Whether the year's holidays are announced: by the library, or by rows that give all statutory days."""
        if year in self.library.announced:
            return True
        rows = [day for day, row in self._rows.items() if day.year == year and row.kind == DayKind.STATUTORY]
        return len(rows) >= STATUTORY_DAYS

    def day_kind(self, day: date) -> Day:
        """Kind, name and windows of a day."""
        return self._year(day.year)[day]

    def is_workday(self, day: date) -> bool:
        """Whether any window is open on that day."""
        return self._year(day.year)[day].is_work

    def local_day(self, moment: datetime) -> date:
        """The date on the calendar's wall at that moment."""
        return _utc(moment).astimezone(self._zone).date()

    def walk(self, start: datetime, n: int) -> list[Day]:
        """Every day after that of `start` up to its n-th working day, worked or not: the answer to 'why?'."""
        day, found, days = self.local_day(start), 0, []
        while found < n:
            day += _ONE_DAY
            days.append(self.day_kind(day))
            found += days[-1].is_work
        return days

    def _year(self, year: int) -> dict[date, Day]:
        days = self._years.get(year)
        if days is None:
            days = self._years[year] = self._make_year(year)
        return days

    def plan_of(self, day: date) -> Plan:
        """The weekly plan that holds on that day."""
        return next(plan for plan in reversed(self._all_plans) if plan.since <= day)

    def _make_year(self, year: int) -> dict[date, Day]:
        special = self.library.days(year) if any(plan.with_holidays for plan in self._all_plans) else {}
        source = "library" if year in self.library.announced else "estimate"
        days, day, last = {}, date(year, 1, 1), date(year, 12, 31)
        while day <= last:
            days[day] = self._make_day(day, special.get(day), source)
            day += _ONE_DAY
        return days

    def _make_day(self, day: date, special: tuple[DayKind, str] | None, source: str) -> Day:
        row, plan = self._rows.get(day), self.plan_of(day)
        if row is not None:
            windows = (plan.windows if row.windows is None else row.windows) if row.kind in WORK_KINDS else CLOSED
            return Day(day, row.kind, row.reason, windows, "row", row.source)
        if special is not None and plan.with_holidays:
            kind, name = special
            return Day(day, kind, name, plan.windows if kind in WORK_KINDS else CLOSED, source)
        windows = plan.weekly[day.weekday()]
        return Day(day, DayKind.WORKING if windows else DayKind.REST, "", windows, "weekly")

    # Arithmetic: moments in are aware, moments out are UTC

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The first moment by which so many working minutes have passed since `start`."""
        return self.add(start, timedelta(minutes=minutes))

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """As `add_minutes`, for any length of working time; nothing to add is `start` itself."""
        start = _utc(start)
        if amount <= timedelta():
            return start
        table = self._covering(start)
        while (due := table.add(start, amount)) is None:
            table = self._widen(table)
        return due

    def end_of_nth_workday(self, start: datetime, n: int) -> datetime:
        """'Within n working days' (n >= 1): the end of the n-th working day after the day of `start`."""
        if n < 1:
            raise ValueError("a limit in working days is at least 1")
        start = _utc(start)
        table = self._covering(start)
        while (due := table.nth_close(start, n)) is None:
            table = self._widen(table)
        return due

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments, never negative."""
        start, end = _utc(start), _utc(end)
        if end <= start:
            return timedelta()
        table = self._covering(start)
        if not table.covers(end):
            table = self._build(end.year - 1, end.year + 2, table)
        return table.position(end) - table.position(start)

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Whole seconds of working time between two moments."""
        return self.working_time(start, end) // _SECOND

    def _covering(self, moment: datetime) -> Table:
        table = self._table[0] if self._table else None
        if table is None or not table.covers(moment):
            table = self._build(moment.year - 1, moment.year + 2, table)
        return table

    def _widen(self, table: Table) -> Table:
        span = table.last.year - table.first.year
        if table.last.year >= _LAST_YEAR:
            raise ValueError("the limit reaches beyond the end of time")
        return self._build(table.first.year + 1, min(table.last.year + 1 + span, _LAST_YEAR), table)

    def _build(self, first_year: int, last_year: int, known: Table | None) -> Table:
        if known is not None:
            first_year = min(first_year, self.local_day(known.first).year)
            last_year = max(last_year, self.local_day(known.last).year - 1)
        days = (
            (day.day, day.windows)
            for year in range(first_year, last_year + 1)
            for day in self._year(year).values()
            if day.windows
        )
        table = Table.build(days, date(first_year, 1, 1), date(last_year + 1, 1, 1), self._zone)
        self._table[:] = [table]
        return table


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("working time needs aware moments")
    return moment.astimezone(UTC)
