"""Draft, review, put in force, take back (workflow.md, rule 9)."""

from datetime import date, timedelta

import pytest

from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.worktime import actions
from portal.worktime.choices import DayKind, DraftState
from portal.worktime.models import BRAND, CalendarDay, CalendarPlan
from portal.worktime.queries import brand_calendar, calendar_of
from tests import factories as make
from tests.cast import actor
from tests.factories.calendar import SYSTEM, day_row, fresh, make_calendar, override

pytestmark = pytest.mark.django_db
DAY = date(2035, 3, 7)
SIX_DAYS = [[["09:00", "12:00"], ["13:00", "18:00"]]] * 6 + [[]]


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def second(brand):
    return actor(make.member("brand_manager", brand, username="max", name="Max"))


def plan(since=DAY, **fields):
    return CalendarPlan(calendar_id=BRAND, since=since, **{"reason": "旺季", "source": "公司通知", **fields})


def test_a_second_person_puts_a_change_in_force(mary, second):
    row = actions.draft(mary, day_row(DAY))
    assert row.state == DraftState.DRAFT
    with pytest.raises(Refused):
        actions.publish(mary, fresh(BRAND))
    version = actions.publish(second, fresh(BRAND))
    row.refresh_from_db()
    assert (row.state, row.reviewer) == (DraftState.IN_FORCE, second.label)
    assert (version.moves_dues, version.changes, version.author) == (True, [str(DAY)], "Mary")
    assert not brand_calendar().is_workday(DAY)
    assert [entry.verb for entry in entries_for(fresh(BRAND))] == ["calendar_drafted", "calendar_published"]


def test_a_change_that_moves_no_due_time_needs_no_second_person(mary):
    actions.draft(mary, day_row(DAY, DayKind.WORKING, reason="正常营业"))
    assert not actions.publish(mary, fresh(BRAND)).moves_dues


def test_who_keeps_no_calendars_is_refused(service_desk, manager_a):
    for user in (service_desk, manager_a):
        with pytest.raises(Refused):
            actions.draft(actor(user), day_row(DAY))


def test_nothing_drafted_is_nothing_to_publish(mary):
    with pytest.raises(Conflict):
        actions.publish(mary, fresh(BRAND))


def test_rule_2_a_day_that_has_begun_is_not_rewritten(mary, second):
    with pytest.raises(InvalidInput) as refused:
        actions.draft(mary, day_row(clock.today()))
    assert refused.value.field == "day"
    tomorrow = next(day for n in range(1, 9) if brand_calendar().is_workday(day := clock.today() + timedelta(days=n)))
    actions.draft(mary, day_row(tomorrow))
    with clock.travel(clock.now() + timedelta(days=9)), pytest.raises(InvalidInput):
        actions.publish(second, fresh(BRAND))


def test_a_plan_holds_from_its_day_on(mary, second):
    actions.draft(mary, plan(since=DAY, weekly=SIX_DAYS))
    actions.publish(second, fresh(BRAND))
    calendar = brand_calendar()
    saturday = DAY + timedelta(days=5 - DAY.weekday())
    assert calendar.is_workday(saturday)
    assert not calendar.is_workday(saturday - timedelta(days=7))
    assert calendar.day_kind(saturday).windows == ((540, 720), (780, 1080))


def test_an_entry_is_taken_out_with_the_next_version(mary, second):
    override(DAY)
    row = CalendarDay.objects.get()
    with pytest.raises(InvalidInput):
        actions.take_out(mary, row, " ")
    actions.take_out(mary, row, "取消盘点")
    assert not brand_calendar().is_workday(DAY)
    actions.publish(second, fresh(BRAND))
    assert brand_calendar().is_workday(DAY)
    assert not CalendarDay.objects.exists()


def test_a_draft_that_never_was_in_force_goes_at_once(mary):
    row = actions.draft(mary, day_row(DAY))
    actions.take_out(mary, row, "写错了")
    assert not CalendarDay.objects.exists()


def test_a_draft_is_discarded_and_the_working_copy_is_what_is_in_force(mary):
    override(DAY, reason="盘点")
    row = CalendarDay.objects.get()
    row.kind, row.windows = DayKind.WORKING, [["10:00", "12:00"]]
    actions.draft(mary, row)
    actions.draft(mary, day_row(DAY + timedelta(days=1)))
    actions.draft(mary, plan(since=DAY + timedelta(days=30), weekly=SIX_DAYS))
    with pytest.raises(InvalidInput):
        actions.discard(mary, fresh(BRAND), "")
    actions.discard(mary, fresh(BRAND), "不用了")
    (row,) = CalendarDay.objects.all()
    assert (row.kind, row.windows, row.state) == (DayKind.REST, None, DraftState.IN_FORCE)
    assert [plan.since.year for plan in CalendarPlan.objects.filter(calendar=BRAND)] == [2000]


def test_a_plan_is_taken_out_but_never_the_last(mary, second):
    calendar = make_calendar("a")
    with pytest.raises(InvalidInput, match="2020-01-01"):
        actions.take_out(mary, calendar.plans.get(), "不要")
    later = CalendarPlan(calendar=calendar, since=DAY, reason="旺季", weekly=SIX_DAYS)
    actions.draft(SYSTEM, later)
    actions.publish(SYSTEM, calendar)
    actions.take_out(mary, later, "取消")
    actions.publish(second, calendar)
    assert calendar_of("a").plans == ()


def test_the_system_needs_no_second_person():
    actions.draft(Actor.system(), day_row(DAY))
    assert actions.publish(Actor.system(), fresh(BRAND)).number == 2
