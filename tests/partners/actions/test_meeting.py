"""Meetings from the calendar to minutes, with every refusal (R041, R076, R225)."""

from datetime import date, datetime, timedelta

import pytest

from partners.actions import meeting, meeting_calendar, meeting_minutes, meeting_topic
from partners.choices.cooperation import PlanStage
from partners.choices.meeting import Answer, MeetingKind, MeetingState, MinutesReply, SlotState, TopicState
from partners.models import AgendaItem, CooperationTask, Decision, Meeting, Topic
from partners.queries import agenda
from partners.queries import meeting as meetings
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
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
def alan(manager_a):
    return actor(manager_a)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("type", flat=True))


def test_r076_what_is_owed_is_planned_once_with_its_tasks(brand_manager, manager_a, partner_a):
    given.cycle(brand_manager, partner_a, since=date(2026, 10, 1))
    assert meeting_calendar.create_due(TODAY) == 1
    assert meeting_calendar.create_due(TODAY) == 0
    row = Meeting.objects.get()
    assert (row.period, row.due_on, clock.local(row.starts_at).date()) == (
        "2026Q4", date(2026, 12, 31), date(2026, 12, 21),
    )  # fmt: skip
    assert list(row.partners.all()) == [partner_a]
    owners = set(CooperationTask.objects.filter(meeting=row).values_list("owner__username", "due_on"))
    assert owners == {("mary", date(2026, 12, 14)), ("alan", date(2026, 12, 14))}
    assert "meeting.planned" in told(brand_manager)
    assert told(manager_a) == ["task.given"]


def test_r041_the_summit_is_for_all_partners_who_are_asked_for_problems(brand_manager, partner_a, partner_b, manager_b):
    given.cycle(brand_manager, None, kind=MeetingKind.SUMMIT, months=12)
    meeting_calendar.create_due(TODAY)
    assert set(Meeting.objects.get().partners.all()) == {partner_a, partner_b}
    assert told(manager_b) == ["meeting.topics"]
    assert CooperationTask.objects.count() == 1


def test_what_is_cancelled_is_owed_again_and_what_sleeps_is_not(mary, brand_manager, partner_a):
    cycle = given.cycle(brand_manager, partner_a, since=date(2026, 10, 1))
    meeting_calendar.create_due(TODAY)
    meeting.cancel(mary, Meeting.objects.get(), "改期")
    assert meeting_calendar.create_due(TODAY) == 1
    cycle.active = False
    cycle.save()
    assert meeting_calendar.create_due(date(2027, 3, 1)) == 0


def test_a_meeting_is_planned_by_brand_managers_with_somebody(mary, alan, partner_a, partner_b):
    with pytest.raises(Refused):
        given.planned(alan, partner_a)
    with pytest.raises(InvalidInput) as refused:
        given.planned(mary)
    assert refused.value.field == "partners"
    with pytest.raises(InvalidInput, match="其他合作伙伴"):
        given.planned(mary, partner_b, plan=given.plan(mary, partner_a))


def test_r225_the_agenda_is_filled_from_data_beside_the_days_before(mary, ann, partner_a):
    row = given.planned(mary, partner_a)
    given.task(mary, ann, due_on=TODAY)
    row = meeting.prepare(mary, row)
    sources = list(row.items.values_list("source", flat=True))
    assert sources == ["tasks", "service", "opinions", "repeated", "plans", "people", "standards"]
    people = row.items.get(source="people").figures
    assert people[0]["value"] == "2"
    assert people[0]["before"] == "2"
    assert row.items.get(source="tasks").rows[0]["who"] == "Ann"


def test_what_was_written_by_hand_stays_when_it_is_filled_anew(mary, partner_a):
    row = meeting.prepare(mary, given.planned(mary, partner_a))
    AgendaItem.objects.create(meeting=row, title="新车型上市准备", place=95)
    row.items.filter(source="people").update(title="人员与资质", note="请带花名册")
    meeting.prepare(mary, row)
    kept = row.items.get(source="people")
    assert (kept.title, kept.note) == ("人员与资质", "请带花名册")
    assert row.items.count() == 8
    assert agenda.hand_written(row)[0].title == "新车型上市准备"


def test_the_figures_stand_still_once_it_was_held(mary, partner_a):
    row = given.held(mary, partner_a)
    with pytest.raises(Conflict, match="已召开"):
        meeting.prepare(mary, row)


def test_managers_and_the_group_are_invited_once(mary, alan, manager_a, brand_manager, dispatcher_a, partner_a):
    plan = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    row = meeting.invite(mary, given.planned(mary, partner_a, plan=plan), [dispatcher_a])
    names = set(row.invitations.values_list("user__username", flat=True))
    assert names == {"mary", "alan", "dick"}
    meeting.invite(mary, row, [dispatcher_a])
    assert row.invitations.count() == 3
    assert told(dispatcher_a) == ["meeting.invited"]


def test_an_invitation_is_answered_by_its_own_person(mary, alan, manager_a, manager_b, brand_manager, partner_a):
    row = given.invited(mary, partner_a)
    mine = given.invitation(row, manager_a)
    with pytest.raises(InvalidInput):
        meeting_minutes.answer(alan, mine, "perhaps")
    with pytest.raises(InvalidInput) as refused:
        meeting_minutes.answer(alan, mine, Answer.DEPUTY)
    assert refused.value.field == "deputy"
    with pytest.raises(Refused):
        meeting_minutes.answer(actor(manager_b), mine, Answer.COMING)
    mine = meeting_minutes.answer(alan, mine, Answer.DEPUTY, "赵工", "出差")
    assert mine.who == "赵工 · A"
    assert meeting_minutes.answer(alan, mine, Answer.COMING).deputy == ""
    assert told(brand_manager).count("meeting.answered") == 2


def test_who_does_not_answer_is_reminded_once(mary, manager_a, partner_a):
    row = given.invited(mary, partner_a)
    day = clock.local(row.starts_at).date()
    assert meeting.remind(day - timedelta(days=4)) == 0
    assert meeting.remind(day - timedelta(days=3)) == 2
    assert meeting.remind(day) == 0
    assert told(manager_a)[-1] == "meeting.reminder"


def test_a_moved_meeting_is_answered_anew(mary, alan, manager_a, partner_a):
    row = given.invited(mary, partner_a)
    meeting_minutes.answer(alan, given.invitation(row, manager_a), Answer.COMING)
    with pytest.raises(InvalidInput):
        meeting.move(mary, row, row.starts_at, "", "")
    with pytest.raises(InvalidInput) as refused:
        meeting.move(mary, row, clock.now(), "", "x")
    assert refused.value.field == "starts_at"
    row = meeting.move(mary, row, row.starts_at + timedelta(days=1), "线上", "场地冲突")
    assert given.invitation(row, manager_a).answer == Answer.OPEN
    assert told(manager_a)[-1] == "meeting.moved"


def test_a_cancelled_meeting_says_why(mary, alan, manager_a, partner_a):
    row = given.invited(mary, partner_a)
    with pytest.raises(InvalidInput):
        meeting.cancel(mary, row, " ")
    with pytest.raises(Refused):
        meeting.cancel(alan, row, "x")
    row = meeting.cancel(mary, row, "合并到下季度")
    assert told(manager_a)[-1] == "meeting.cancelled"
    with pytest.raises(Conflict):
        meeting.invite(mary, row)


def test_a_meeting_is_held_after_it_began_with_somebody_there(mary, partner_a):
    row = given.invited(mary, partner_a)
    everybody = set(row.invitations.values_list("pk", flat=True))
    with pytest.raises(InvalidInput, match="尚未开始"):
        meeting.hold(mary, row, everybody)
    with clock.travel(row.starts_at + timedelta(hours=2)):
        with pytest.raises(InvalidInput) as refused:
            meeting.hold(mary, row, {0})
        assert refused.value.field == "present"
        row = meeting.hold(mary, row, {min(everybody)})
    assert sorted(row.invitations.values_list("attended", flat=True)) == [False, True]


def test_a_meeting_without_agenda_or_invitation_is_not_held(mary, partner_a):
    row = given.planned(mary, partner_a)
    with clock.travel(row.starts_at + timedelta(hours=2)):
        with pytest.raises(Conflict):
            meeting.hold(mary, row, {1})
        row = meeting.invite(mary, row)
        with pytest.raises(InvalidInput, match="议程为空"):
            meeting.hold(mary, row, set(row.invitations.values_list("pk", flat=True)))


def test_minutes_are_released_when_every_item_was_discussed(mary, manager_a, partner_a):
    row = given.held(mary, partner_a)
    meeting_minutes.written(mary, row)
    with pytest.raises(InvalidInput, match="服务数据"):
        meeting_minutes.release(mary, row)
    row = meeting_minutes.release(mary, given.discussed(row))
    assert row.replies_until == date(2026, 11, 25)
    assert told(manager_a)[-1] == "minutes.released"
    with pytest.raises(Conflict):
        meeting_minutes.written(mary, row)


def test_minutes_are_acknowledged_or_corrected_within_their_days(mary, alan, manager_a, brand_manager, partner_a):
    row = meeting_minutes.release(mary, given.discussed(given.held(mary, partner_a)))
    mine = given.invitation(row, manager_a)
    with pytest.raises(InvalidInput):
        meeting_minutes.ask_correction(alan, mine, "")
    mine = meeting_minutes.ask_correction(alan, mine, "完成率应为 95%")
    assert "minutes.correction" in told(brand_manager)
    with pytest.raises(Conflict, match="已答复"):
        meeting_minutes.acknowledge(alan, mine)
    with pytest.raises(InvalidInput):
        meeting_minutes.answer_correction(mary, mine, " ")
    mine = meeting_minutes.answer_correction(mary, mine, "已核实，以 95% 为准")
    assert mine.reply == MinutesReply.ANSWERED
    assert told(manager_a)[-1] == "minutes.answered"
    with pytest.raises(Conflict):
        meeting_minutes.answer_correction(mary, mine, "x")
    own = given.invitation(row, brand_manager)
    with clock.travel(datetime(2026, 11, 26, 9, tzinfo=clock.LOCAL)), pytest.raises(Conflict, match="截止"):
        meeting_minutes.acknowledge(mary, own)
    assert meeting_minutes.acknowledge(mary, own).reply == MinutesReply.ACKNOWLEDGED


def test_decisions_become_tasks_at_one_press_and_once(mary, ann, partner_a):
    row = given.held(mary, partner_a)
    item = row.items.first()
    with pytest.raises(InvalidInput, match="没有可转为"):
        meeting_minutes.decisions_to_tasks(mary, row)
    Decision.objects.create(meeting=row, item=item, text="补齐绝缘工具", owner=ann, due_on=TODAY + timedelta(days=9))
    Decision.objects.create(meeting=row, item=item, text="下次会议再议")
    assert meeting_minutes.decisions_to_tasks(mary, row) == 1
    task = CooperationTask.objects.get(decision__isnull=False)
    assert (task.title, task.owner, task.meeting) == ("补齐绝缘工具", ann, row)
    with pytest.raises(InvalidInput):
        meeting_minutes.decisions_to_tasks(mary, row)


def test_r041_topics_are_collected_grouped_and_answered(mary, alan, manager_a, brand_manager, partner_a, partner_b):
    row = given.planned(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    topic = meeting_topic.bring_up(alan, row, "夜间值守", "夜间响应要求难以执行")
    assert told(brand_manager)[-1] == "topic.given"
    with pytest.raises(InvalidInput) as refused:
        meeting_topic.put_on_agenda(mary, topic, None)
    assert refused.value.field == "title"
    topic = meeting_topic.put_on_agenda(mary, topic, None, "标准执行中的困难")
    with pytest.raises(Conflict):
        meeting_topic.bring_up(alan, row, " 夜间值守", "夜间响应要求难以执行 ")
    other = meeting_topic.bring_up(alan, row, "远郊上门", "远郊 24 小时到场困难")
    other = meeting_topic.put_on_agenda(mary, other, topic.item)
    assert (topic.state, other.item) == (TopicState.ON_AGENDA, topic.item)
    with pytest.raises(InvalidInput):
        meeting_topic.answer(mary, topic, " ")
    topic = meeting_topic.answer(mary, topic, "试行片区联合值守")
    assert told(manager_a)[-1] == "topic.answered"
    with pytest.raises(Conflict):
        meeting_topic.answer(mary, topic, "x")
    assert meeting_topic.put_on_agenda(mary, topic, other.item).state == TopicState.ANSWERED


@pytest.mark.parametrize(("title", "text"), [("", "x"), ("x", ""), ("x", "字" * 2001)])
def test_r041_a_topic_has_words(mary, alan, partner_a, title, text):
    with pytest.raises(InvalidInput):
        meeting_topic.bring_up(alan, given.planned(mary, partner_a), title, text)


def test_r041_topics_come_from_invited_partners_in_time_and_stay_with_their_company(
    mary, alan, ann, manager_a, manager_b, partner_a, partner_b
):
    row = given.planned(mary, partner_a)
    with pytest.raises(Refused):
        meeting_topic.bring_up(mary, row, "x", "x")
    with pytest.raises(Refused):
        meeting_topic.bring_up(actor(manager_b), row, "x", "x")
    with pytest.raises(Refused):
        meeting_topic.bring_up(actor(ann), row, "x", "x")
    topic = meeting_topic.bring_up(actor(manager_a), row, "x", "x")
    assert list(Topic.objects.all().visible_to(alan)) == [topic]
    assert not Topic.objects.all().visible_to(actor(manager_b)).exists()
    with pytest.raises(InvalidInput) as refused:
        meeting_topic.put_on_agenda(mary, topic, meeting.prepare(mary, given.planned(mary, partner_b)).items.first())
    assert refused.value.field == "item"
    done = given.held(mary, partner_a)
    with pytest.raises(Conflict):
        meeting_topic.bring_up(alan, done, "x", "x")


def test_scope_is_who_takes_part_and_the_regions_of_the_brand(mary, alan, manager_b, auditor, partner_a, partner_b):
    given.planned(mary, partner_a)
    given.planned(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    seen = [Meeting.objects.all().visible_to(who).count() for who in (mary, alan, actor(manager_b), actor(auditor))]
    assert seen == [2, 2, 1, 2]
    nanjing = Actor(role=mary.role, user_id=mary.user_id, regions=("江苏省",))
    assert Meeting.objects.all().visible_to(nanjing).count() == 1


def test_the_calendar_of_a_year_shows_what_is_held_planned_and_owed(mary, brand_manager, partner_a):
    given.cycle(brand_manager, partner_a)
    given.cycle(brand_manager, None, kind=MeetingKind.SUMMIT, months=12)
    given.held(mary, partner_a)
    meeting_calendar.create_due(TODAY)
    joint, quality, summit = meetings.year(mary, 2026)
    # Two quarters were never planned, the third was planned too late, the fourth is planned.
    late, good = SlotState.OVERDUE, [SlotState.HELD, SlotState.OVERDUE, SlotState.PLANNED]
    assert [box.state for month in joint.months for box in month] == [late, late, *good]
    assert not any(quality.months)
    assert [box.state for box in summit.months[11]] == [SlotState.PLANNED]
    assert {box.who for month in joint.months for box in month} == {"A"}
    with clock.travel(datetime(2027, 1, 2, tzinfo=clock.LOCAL)):
        assert meetings.overdue_meetings(mary) > 0
        assert meetings.late(Meeting.objects.filter(state=MeetingState.PLANNED).first())


def test_no_partner_is_asked_to_two_meetings_of_the_calendar_on_one_day(brand_manager, partner_a, partner_b):
    given.cycle(brand_manager, partner_a, since=date(2026, 10, 1))
    given.cycle(brand_manager, partner_b, since=date(2026, 10, 1))
    given.cycle(brand_manager, None, kind=MeetingKind.SUMMIT, months=12)
    meeting_calendar.create_due(TODAY)
    days = {row.title: clock.local(row.starts_at).date() for row in Meeting.objects.filter(period="2026Q4")}
    assert set(days.values()) == {date(2026, 12, 21)}
    summit = Meeting.objects.get(kind=MeetingKind.SUMMIT)
    assert clock.local(summit.starts_at).date() == date(2026, 12, 18)
