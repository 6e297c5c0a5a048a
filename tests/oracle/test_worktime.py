"""The calendar against the slow telling."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.worktime.calendar import WorkCalendar
from tests.conftest import shared_data
from tests.oracle import slow_worktime as slow

SPLIT_HOURS = ((8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 15))
CALENDARS = {slow.HOURS: WorkCalendar(), SPLIT_HOURS: WorkCalendar(windows=SPLIT_HOURS)}

moments = st.integers(0, (slow.LAST - slow.FIRST).days * slow.A_DAY - 40 * slow.A_DAY)
#: Where it goes wrong when it goes wrong: the edges of days and windows around the holidays.
edges = st.builds(
    lambda day, minute, off: (day - slow.FIRST).days * slow.A_DAY + minute + off,
    st.sampled_from(sorted(slow.OFF | slow.MADE_UP)),
    st.sampled_from([0, 510, 540, 720, 780, 1035, 1080]),
    st.integers(-1, 1),
)
starts = (moments | edges).filter(lambda minute: minute >= 0)
hours = st.sampled_from(list(CALENDARS))
quick = settings(max_examples=60, deadline=None)


@quick
@given(starts, st.integers(0, 1500), hours)
def test_adding_working_minutes(start, minutes, windows):
    due = CALENDARS[windows].add_minutes(slow.moment(start), minutes)
    assert due == slow.moment(slow.after(start, minutes, windows))


@quick
@given(starts, st.integers(0, 12 * slow.A_DAY), hours)
def test_working_time_between(start, length, windows):
    seconds = CALENDARS[windows].working_seconds(slow.moment(start), slow.moment(start + length))
    assert seconds == slow.between(start, start + length, windows) * 60


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(1, 10), hours)
def test_the_nth_working_day(start, n, windows):
    due = CALENDARS[windows].end_of_nth_workday(slow.moment(start), n)
    assert due == slow.moment(slow.end_of_nth_workday(start, n, windows))


def test_every_day_of_three_years():
    day = slow.FIRST
    while day < slow.LAST:
        assert CALENDARS[slow.HOURS].is_workday(day) == slow.is_workday(day), day
        day += slow.DAY


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_copied_days_are_those_of_the_notices(year):
    said = json.loads(shared_data(f"cn_holidays/{year}.json").read_text(encoding="utf-8"))["days"]
    days = {date.fromisoformat(row["date"]): row["isOffDay"] for row in said}
    own = {day: off for day, off in days.items() if day.year == year}
    assert {day for day, off in own.items() if off} - {d for d in slow.OFF if d.year == year} <= {
        day for day in own if day.weekday() >= 5
    }
    assert {day for day, off in own.items() if not off} == {day for day in slow.MADE_UP if day.year == year}


@given(starts, st.timedeltas(timedelta(microseconds=1), timedelta(days=3)))
@settings(max_examples=100, deadline=None)
def test_adding_and_measuring_are_each_others_reverse(start, amount):
    calendar, begin = CALENDARS[slow.HOURS], slow.moment(start)
    due = calendar.add(begin, amount)
    assert calendar.working_time(begin, due) == amount
    assert calendar.working_time(begin, due - timedelta(microseconds=1)) < amount
