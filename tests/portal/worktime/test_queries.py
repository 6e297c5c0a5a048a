"""Calendars out of the database."""

from datetime import date

import pytest

from portal.worktime.choices import DayKind
from portal.worktime.models import CalendarDay
from portal.worktime.queries import brand_calendar, calendar_of

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 3)


def add(**changes):
    return CalendarDay.objects.create(**{"day": DAY, "kind": DayKind.REST, "reason": "盘点", **changes})


def test_rows_override_the_library():
    assert brand_calendar().is_workday(DAY)
    add()
    assert not brand_calendar().is_workday(DAY)


def test_the_calendar_is_built_again_only_when_a_row_changed(django_assert_num_queries):
    row = add()
    first = brand_calendar()
    with django_assert_num_queries(1):
        assert brand_calendar() is first
    row.kind = DayKind.WORKING
    row.save()
    assert brand_calendar().version != first.version
    row.delete()
    assert brand_calendar().is_workday(DAY)


def test_rule_2_another_calendar_does_not_move_mine():
    mine = brand_calendar()
    add(calendar="partner-b")
    assert brand_calendar() == mine
    assert not calendar_of("partner-b").is_workday(DAY)
