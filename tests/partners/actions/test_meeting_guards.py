"""Meetings against what goes wrong around them: people who leave, doors of others, answers at the same moment."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from partners.actions import meeting, meeting_calendar, meeting_minutes
from partners.choices.meeting import Answer
from partners.models import Decision, Invitation, Meeting
from partners.tasks import cooperation as tasks
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 18, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def east(brand_manager, partner_a):
    """A brand manager of the region of partner A alone."""
    brand = brand_manager.membership_set.get().organisation
    return actor(make.member(Role.BRAND_MANAGER, brand, regions=(partner_a.region,), username="east"))


def test_a_preparer_who_left_is_replaced_by_a_brand_manager(brand_manager, east, partner_a):
    given.cycle(make.UserFactory(is_active=False), partner_a, since=date(2026, 10, 1))
    assert meeting_calendar.create_due(TODAY) == 1
    assert Meeting.objects.get().owner_id in (brand_manager.pk, east.user_id)


def test_a_cycle_that_cannot_be_planned_stops_no_other(brand_manager, partner_a, partner_b, monkeypatch):
    for partner in (partner_a, partner_b):
        given.cycle(brand_manager, partner, since=date(2026, 10, 1))
    whole = meeting_calendar._plan

    def sick(cycle, *args):
        if cycle.partner == partner_a:
            raise InvalidInput("sick")
        return whole(cycle, *args)

    monkeypatch.setattr(meeting_calendar, "_plan", sick)
    assert meeting_calendar.create_due(TODAY) == 1
    assert Meeting.objects.get().partners.get() == partner_b


def test_a_part_of_the_morning_that_fails_stops_no_other(brand_manager, ann, monkeypatch):
    given.task(actor(brand_manager), ann, due_on=TODAY + timedelta(days=1))

    def create_due(today):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "PARTS", (create_due, *tasks.PARTS[1:]))
    with pytest.raises(ExceptionGroup) as failed:
        tasks.keep_cooperation.call()
    assert [type(error) for error in failed.value.exceptions] == [ZeroDivisionError]
    assert Notice.objects.filter(user=ann, type__startswith="task.").exists()


def test_an_answer_given_while_the_reminder_runs_stays(mary, manager_a, partner_a):
    row = given.invited(mary, partner_a, starts_at=clock.now() + timedelta(days=1))
    stale = given.invitation(row, manager_a)
    meeting_minutes.answer(actor(manager_a), stale, Answer.COMING)
    stale.answer = Answer.OPEN  # as the reminder read it before
    assert meeting._remind(stale, TODAY) == 0
    assert Invitation.objects.get(pk=stale.pk).answer == Answer.COMING


def test_a_regional_manager_reads_what_reaches_beyond_his_regions_and_changes_his_own(mary, east, partner_a, partner_b):
    wide, own = given.planned(mary, partner_a, partner_b), given.planned(mary, partner_a)
    assert set(Meeting.objects.visible_to(east)) == {wide, own}
    with pytest.raises(Refused):
        meeting.cancel(east, wide, "本区域无人参加")
    assert meeting.cancel(east, own, "改期").pk == own.pk
    mine = given.planned(mary, partner_a, partner_b, owner_id=east.user_id)
    assert meeting.cancel(east, mine, "改期").pk == mine.pk


def test_the_decision_that_cannot_become_a_task_is_named(mary, manager_a, partner_a):
    row = given.held(mary, partner_a)
    item = row.items.first()
    Decision.objects.create(meeting=row, item=item, text="补齐工具", owner=manager_a, due_on=TODAY - timedelta(days=1))
    with pytest.raises(InvalidInput, match="补齐工具"):
        meeting_minutes.decisions_to_tasks(mary, row)


def test_released_minutes_take_no_further_decision(client, brand_manager, mary, partner_a):
    row = given.discussed(given.held(mary, partner_a))
    page = reverse("admin:partners_meeting_change", args=[row.pk])
    client.force_login(brand_manager)

    def offered():
        return {one.formset.prefix: one.has_add_permission for one in client.get(page).context["inline_admin_formsets"]}

    assert offered()["decisions"]
    meeting_minutes.release(mary, row)
    assert not offered().get("decisions", False)
