"""The calendar against the slow telling."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.worktime.calendar import WorkCalendar
from tests.oracle import slow_worktime as slow

SPLIT_HOURS = ((8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 15))
CALENDARS = {slow.HOURS: WorkCalendar(), SPLIT_HOURS: WorkCalendar(windows=SPLIT_HOURS)}
FIRST = datetime(2026, 1, 1, tzinfo=slow.LOCAL)

moments = st.integers(0, 345 * 24 * 60).map(lambda minute: FIRST + minute * slow.MINUTE)
#: Where it goes wrong when it goes wrong: the edges of days and windows around the holidays.
edges = st.builds(
    lambda day, minute, off: datetime(day.year, day.month, day.day, tzinfo=slow.LOCAL) + (minute + off) * slow.MINUTE,
    st.sampled_from(sorted(slow.OFF | slow.MADE_UP)),
    st.sampled_from([0, 510, 540, 720, 780, 1035, 1080]),
    st.integers(-1, 1),
)
starts = (moments | edges).filter(lambda moment: moment >= FIRST)
hours = st.sampled_from(list(CALENDARS))
quick = settings(max_examples=60, deadline=None)


@quick
@given(starts, st.integers(0, 1500), hours)
def test_adding_working_minutes(start, minutes, windows):
    assert CALENDARS[windows].add_minutes(start, minutes) == slow.add_minutes(start, minutes, windows)


@quick
@given(starts, st.integers(0, 12 * 24 * 60), hours)
def test_working_time_between(start, length, windows):
    end = start + length * slow.MINUTE
    expected = slow.working_minutes(start, end, windows) * 60
    assert CALENDARS[windows].working_seconds(start, end) == expected


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(1, 10), hours)
def test_the_nth_working_day(start, n, windows):
    assert CALENDARS[windows].end_of_nth_workday(start, n) == slow.end_of_nth_workday(start, n, windows)


def test_every_day_of_the_year():
    day = FIRST.date()
    while day.year == 2026:
        assert CALENDARS[slow.HOURS].is_workday(day) == slow.is_workday(day), day
        day += slow.DAY


@given(starts, st.timedeltas(timedelta(microseconds=1), timedelta(days=3)))
@settings(max_examples=100, deadline=None)
def test_adding_and_measuring_are_each_others_reverse(start, amount):
    calendar = CALENDARS[slow.HOURS]
    due = calendar.add(start, amount)
    assert calendar.working_time(start, due) == amount
    assert calendar.working_time(start, due - timedelta(microseconds=1)) < amount
