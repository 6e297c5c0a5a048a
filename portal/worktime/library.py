"""Statutory holidays and make-up working days (调休) of China, out of the `holidays` package, by year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays
from holidays.countries.china import China, ChinaStaticHolidays

from portal.worktime.choices import DayKind

LIBRARY_VERSION = f"holidays-{holidays.__version__}"
MAKEUP_NAME = "调休上班日"

#: Years whose State Council notice the library carries. All others are weekends and fixed holidays only.
ANNOUNCED_YEARS = frozenset(ChinaStaticHolidays.special_public_holidays)
Special = Mapping[date, tuple[DayKind, str]]


@cache
def special_days(year: int) -> Special:
    """Days of the year that are not what their weekday says, with kind and Chinese name."""
    source = China(years=year, language="zh_CN", expand=False)
    days = {day: (DayKind.STATUTORY, name) for day, name in source.items() if day.year == year}
    # weekend_workdays holds neighbours' days too: the library keeps those that cross a year's end for every year.
    days |= {day: (DayKind.MAKEUP, MAKEUP_NAME) for day in source.weekend_workdays if day.year == year}
    return MappingProxyType(days)


@dataclass(frozen=True, slots=True)
class Library:
    """An edition of the holidays: the one that is installed, or an earlier one out of the database (rule 9)."""

    version: str
    announced: frozenset[int]
    days: Callable[[int], Special]


INSTALLED = Library(LIBRARY_VERSION, ANNOUNCED_YEARS, special_days)
