"""Whose calendar a limit runs by, and that none moves another's (workflow.md, rules 2 and 9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.worktime.calendar import Override, WorkCalendar
from portal.worktime.choices import DayKind
from portal.worktime.timeline import Timeline
from tickets.rules.calendars import Calendars
from tickets.rules.sla_policy import CALENDARS, WORKING_DAY, WORKING_HOUR, PolicyLine

START = datetime(2026, 9, 28, 1, tzinfo=UTC)
BRAND, OTHER = WorkCalendar(), WorkCalendar(code="other", with_holidays=False)


def through(calendar, *later):
    return Timeline(((datetime(2020, 1, 1, tzinfo=UTC), calendar), *later))


def test_without_a_calendar_of_its_own_the_next_wider_holds():
    plain = Calendars.single(BRAND)
    assert {plain.of(whose) for whose in CALENDARS} == {BRAND}
    partner = Calendars.build(through(BRAND), partner=through(OTHER))
    assert [partner.of(whose).code for whose in CALENDARS] == ["brand", "other", "other", "brand"]
    customer = Calendars.build(through(BRAND), customer=through(OTHER))
    assert [customer.of(whose).code for whose in CALENDARS] == ["brand", "brand", "brand", "other"]


def test_an_unknown_word_is_a_programming_error():
    with pytest.raises(KeyError):
        Calendars.single(BRAND).of("neighbour")


def test_a_calendar_without_versions_is_none():
    with pytest.raises(ValueError, match="not in force"):
        Timeline(())


def test_a_moment_has_its_version():
    closed = WorkCalendar(overrides=(Override(date(2026, 10, 9), DayKind.REST, "盘点"),))
    calendars = Calendars.build(through(BRAND, (START, closed)))
    assert calendars.of("brand", START - timedelta(seconds=1)) == BRAND
    assert calendars.of("brand", START) == calendars.of() == closed
    assert calendars.changes("brand", START - timedelta(days=1), START) == [START]
    assert calendars.timeline().version(BRAND.version) == BRAND


lines = st.builds(
    lambda unit, limit: PolicyLine("resolution", None, None, None, limit, unit, "R202"),
    st.sampled_from([WORKING_DAY, WORKING_HOUR]),
    st.integers(1, 30),
)
closings = st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True)


@settings(max_examples=60)
@given(lines, st.integers(0, 40 * 24 * 60), closings)
def test_rule_2_a_holiday_never_moves_a_due_time_earlier(line, minute, closed):
    first = date(2026, 9, 28)
    rows = tuple(Override(first + timedelta(days=n), DayKind.STATUTORY, "放假") for n in closed)
    start = START + timedelta(minutes=minute)
    assert line.due(start, WorkCalendar(overrides=rows)) >= line.due(start, BRAND)
