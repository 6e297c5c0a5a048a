"""Rows that override the library."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from portal.worktime.choices import DayKind
from portal.worktime.models import Calendar, CalendarDay, CalendarPlan
from tests import factories as make
from tests.factories.calendar import make_calendar

pytestmark = pytest.mark.django_db


def row(**changes):
    values = {"day": date(2027, 10, 1), "kind": DayKind.STATUTORY, "reason": "国庆节", **changes}
    return CalendarDay(**values)


def test_a_row_becomes_an_override():
    saved = row(kind=DayKind.WORKING, windows=[["10:00", "14:00"]], source="国办发明电")
    saved.full_clean()
    saved.save()
    override = CalendarDay.objects.get().as_override()
    assert (override.kind, override.windows, override.source) == (DayKind.WORKING, ((600, 840),), "国办发明电")
    assert str(saved).startswith("2027-10-01")


def test_a_row_without_hours_takes_the_usual_ones():
    assert row().as_override().windows is None


@pytest.mark.parametrize("windows", ["09:00", [["18:00", "09:00"]], [["9", "10"]]])
def test_hours_that_cannot_be_read_are_refused_in_words(windows):
    with pytest.raises(ValidationError) as refused:
        row(kind=DayKind.WORKING, windows=windows).full_clean()
    assert "windows" in refused.value.message_dict


def test_a_day_off_has_no_hours():
    with pytest.raises(ValidationError):
        row(windows=[["09:00", "18:00"]]).full_clean()
    with pytest.raises(IntegrityError):
        row(windows=[["09:00", "18:00"]]).save()


def test_one_row_a_day_and_calendar():
    row().save()
    row(calendar=make_calendar("partner-b")).save()
    with pytest.raises(IntegrityError):
        row().save()


def test_a_plan_becomes_the_plan_of_the_pure_calendar():
    plan = CalendarPlan(since=date(2027, 1, 1), weekly=[[["09:00", "12:00"], ["13:00", "17:00"]]] * 6 + [[]])
    assert plan.as_plan().weekly[5] == ((540, 720), (780, 1020))
    assert plan.as_plan().windows == ((540, 1080),)


@pytest.mark.parametrize("weekly", [[], [[]] * 7, [[["09:00", "18:00"]]] * 6, "week", [[["18:00", "09:00"]]] * 7])
def test_a_week_that_is_none_is_refused_in_words(weekly):
    plan = CalendarPlan(calendar_id="brand", since=date(2027, 1, 1), reason="夏令", weekly=weekly)
    with pytest.raises(ValidationError) as refused:
        plan.full_clean()
    assert "weekly" in refused.value.message_dict


def test_a_zone_and_an_owner_that_are_none_are_refused():
    wrong = Calendar(code="x", name="x", zone="Asia/Nowhere", organisation=make.BrandFactory())
    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()
    assert "zone" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        Calendar(code="x", name="x", organisation=make.BrandFactory()).full_clean()
    assert "organisation" in refused.value.message_dict
