"""The library's days against the State Council's notices, day by day."""

import json
from datetime import date, timedelta

from portal.worktime.calendar import WorkCalendar
from portal.worktime.choices import DayKind
from portal.worktime.library import ANNOUNCED_YEARS, special_days
from tests.conftest import shared_data

FIRST, LAST = 2007, 2026


def notices():
    files = sorted(shared_data("cn_holidays").glob("20*.json"))
    # A notice names days of the neighbouring years too: all files together are the truth.
    return {row["date"]: row["isOffDay"] for file in files for row in json.loads(file.read_text("utf-8"))["days"]}


def test_every_day_from_2007_to_2026_is_what_the_state_council_said():
    said, calendar, wrong = notices(), WorkCalendar(), []
    day, days = date(FIRST, 1, 1), 0
    while day.year <= LAST:
        off = said.get(day.isoformat(), day.weekday() >= 5)
        if calendar.is_workday(day) == off:
            wrong.append(day)
        day, days = day + timedelta(days=1), days + 1
    assert days == 7305
    assert wrong == []


def test_the_library_says_which_years_it_knows():
    assert set(range(FIRST, LAST + 1)) <= ANNOUNCED_YEARS
    assert 2027 not in ANNOUNCED_YEARS


def test_make_up_days_belong_to_their_own_year():
    assert special_days(2011)[date(2011, 12, 31)][0] == DayKind.MAKEUP  # named by the notice for 2012
    assert all(day.year == 2026 for day in special_days(2026))
    assert special_days(2150) == {}


def test_a_year_that_no_notice_names_works_and_is_flagged():
    assert json.loads((shared_data("cn_holidays") / "2027.json").read_text("utf-8"))["days"] == []
    calendar = WorkCalendar()
    assert not calendar.official(2027)
    days = [calendar.day_kind(date(2027, 1, 1) + timedelta(days=n)) for n in range(365)]
    assert {day.source for day in days} == {"weekly", "estimate"}
    assert 240 < sum(day.is_work for day in days) < 262
