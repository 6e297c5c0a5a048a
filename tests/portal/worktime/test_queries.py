"""Calendars out of the database: versions in force, kept, and built once."""

from datetime import date, timedelta

import pytest

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.worktime import actions, queries
from portal.worktime.choices import DayKind
from portal.worktime.library import INSTALLED, Library
from portal.worktime.models import BRAND, Calendar, CalendarVersion, HolidayEdition
from portal.worktime.queries import at_version, brand_calendar, calendar_of, timelines, unannounced_years
from tests.cast import actor
from tests.factories.calendar import day_row, fresh, make_calendar, override

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 3)


def test_the_calendar_of_the_brand_is_in_force_from_the_beginning():
    assert fresh(BRAND).edition == 1
    assert brand_calendar().is_workday(DAY)


def test_rows_override_the_library_once_they_are_published():
    actions.draft(Actor.system(), day_row(DAY))
    assert brand_calendar().is_workday(DAY)
    actions.publish(Actor.system(), fresh(BRAND))
    assert not brand_calendar().is_workday(DAY)


def test_the_calendar_is_built_again_only_when_it_changed(django_assert_num_queries):
    first = brand_calendar()
    with django_assert_num_queries(1):
        assert brand_calendar() is first
    override(DAY)
    assert brand_calendar().version != first.version
    with django_assert_num_queries(1):
        brand_calendar()


def test_rule_2_another_calendar_does_not_move_mine():
    mine = brand_calendar()
    make_calendar("partner-b")
    override(DAY, code="partner-b")
    assert brand_calendar() == mine
    assert not calendar_of("partner-b").is_workday(DAY)


def test_rule_9_what_a_calendar_said_at_a_version_can_be_had_again():
    first = brand_calendar().version
    second = override(DAY, reason="停电检修").version
    override(DAY + timedelta(days=1))
    assert at_version(BRAND, first).is_workday(DAY)
    assert at_version(BRAND, second).day_kind(DAY).name == "停电检修"
    assert at_version(BRAND, second).is_workday(DAY + timedelta(days=1))
    assert at_version(BRAND, "unknown") is None


def test_a_moment_has_the_version_that_was_in_force_then():
    before = clock.now()
    with clock.travel(before + timedelta(days=2)):
        override(DAY)
    timeline = timelines()[BRAND]
    assert timeline.at(before + timedelta(days=1)).is_workday(DAY)
    assert not timeline.at(before + timedelta(days=3)).is_workday(DAY)
    assert timeline.changes(before, before + timedelta(days=9)) == [before + timedelta(days=2)]


def test_a_calendar_that_is_not_in_force_leaves_the_next_wider_one():
    Calendar.objects.create(code="later", name="以后")
    assert calendar_of("later") == brand_calendar()


def test_rule_9_a_new_edition_of_the_holidays_makes_a_new_version_and_keeps_the_old(monkeypatch):
    spring = date(2027, 2, 8)
    old = brand_calendar()
    assert old.day_kind(spring).source == "estimate"

    def days(year):
        return (
            {**INSTALLED.days(year), spring: (DayKind.MAKEUP, "调休上班日")} if year == 2027 else INSTALLED.days(year)
        )

    newer = Library("holidays-next", INSTALLED.announced | {2027}, days)
    monkeypatch.setattr(actions, "INSTALLED", newer)
    monkeypatch.setitem(queries._libraries, newer.version, newer)
    actions.keep_in_force()
    assert brand_calendar().is_workday(spring)
    assert brand_calendar().official(2027)
    assert at_version(BRAND, old.version).day_kind(spring) == old.day_kind(spring)
    monkeypatch.delitem(queries._libraries, newer.version)
    assert queries.library(newer.version).days(2027)[spring] == (DayKind.MAKEUP, "调休上班日")
    assert HolidayEdition.objects.count() == 2
    actions.keep_in_force()
    assert CalendarVersion.objects.count() == 2


def test_years_that_nobody_announced_are_named():
    with clock.travel(clock.now().replace(year=2026, month=6, day=1)):
        assert unannounced_years(brand_calendar()) == [2027]


def test_a_partner_sees_the_calendar_of_the_brand_and_his_own(side_a, side_b, auditor, brand_manager, administrator):
    make_calendar("a", organisation=side_a.organisation)
    make_calendar("b", organisation=side_b.organisation)
    make_calendar("customer")

    def seen(user):
        return set(Calendar.objects.visible_to(actor(user)).values_list("code", flat=True))

    assert seen(side_a.manager) == {BRAND, "a"}
    assert seen(auditor) == seen(brand_manager) == {BRAND, "a", "b", "customer"}
    assert seen(administrator) == set()
    assert CalendarVersion.objects.visible_to(actor(side_a.manager)).count() == 2
