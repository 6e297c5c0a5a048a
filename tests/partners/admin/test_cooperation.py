"""The brand's pages of the cooperation: plans, meetings, tasks, the governance calendar (R041, R071–R078, R225)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from partners.actions import cooperation, cooperation_task, meeting_minutes, meeting_topic
from partners.choices.cooperation import PlanStage, TaskState
from partners.choices.meeting import MeetingKind, MeetingState
from partners.models import CooperationPlan, CooperationTask, Decision, Meeting, MeetingCycle
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db
MODELS = [
    "cooperationplan", "plangoal", "planresource", "groupmember", "meeting", "topic", "cooperationtask", "meetingcycle",
]  # fmt: skip
INLINES = ("goals", "resources", "members", "tasks", "meetings")


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


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:partners_{model}_{page}", args=args)


def rows(**counts: int) -> dict[str, int]:
    """The management forms of inlines without rows, but for those that are counted."""
    return {
        f"{name}-{part}_FORMS": counts.get(name, 0) if part == "TOTAL" else 0
        for name in INLINES
        for part in ("TOTAL", "INITIAL")
    }


@pytest.mark.parametrize("role", ["brand_manager", "auditor"])
def test_readers_open_lists_rows_and_the_calendar(client, request, role, mary, alan, brand_manager, partner_a, ann):
    plan = given.plan_in(PlanStage.CLOSED, mary, alan, partner_a)
    row = given.held(mary, partner_a)
    topic = meeting_topic.bring_up(alan, given.planned(mary, partner_a), "x", "x")
    task, cycle = given.task(mary, ann, plan=plan), given.cycle(brand_manager, partner_a)
    client.force_login(request.getfixturevalue(role))
    for model in MODELS:
        assert client.get(url(model, "changelist")).status_code == 200, model
    for one in (plan, plan.goals.get(), plan.resources.get(), plan.members.first(), row, topic, task, cycle):
        model = one._meta.model_name
        assert client.get(url(model, "change", one.pk)).status_code == 200, model
    assert client.get(url("meeting", "history", row.pk)).status_code == 200
    assert client.get(url("meeting", "calendar")).status_code == 200
    assert client.get(url("meeting", "calendar"), {"year": "2027"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_administrators_and_partners_see_nothing_of_it(client, administrator, manager_a, model):
    client.force_login(administrator)
    assert client.get(url(model, "changelist")).status_code == 403
    client.force_login(manager_a)
    assert client.get(url(model, "changelist")).status_code == 302


def test_a03_a_regional_manager_finds_nothing_of_other_regions(client, brand, mary, ann, partner_a, partner_b):
    plan, row, task = given.plan(mary, partner_a), given.planned(mary, partner_a), given.task(mary, ann)
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",)))
    for one in (plan, row, task, plan.goals.get()):
        assert client.get(url(one._meta.model_name, "change", one.pk)).status_code == 404
    assert client.get(url("meeting", "deed", row.pk, "cancel")).status_code == 404


def test_a_plan_is_written_with_its_goals_and_a_change_is_told(client, brand_manager, mary, alan, partner_a):
    client.force_login(brand_manager)
    sent = {
        "number": "HZ-9", "partner": partner_a.pk, "title": "联合培训", "content": "提升修复率",
        "valid_from": "2026-11-18", "valid_until": "2027-05-18", **rows(goals=1), "goals-0-what": "修复率",
        "goals-0-target": "90", "goals-0-unit": "%", "goals-0-due_on": "2027-05-18",
    }  # fmt: skip
    assert client.post(url("cooperationplan", "add"), sent).status_code == 302
    plan = CooperationPlan.objects.get()
    assert plan.goals.get().number == "HZ-9-1"
    assert entries_for(plan).first().verb == "cooperation_written"
    cooperation.agree(mary, plan)
    cooperation.agree(alan, plan)
    changed = {
        "title": "联合培训",
        "content": "提升首次修复率",
        "valid_from": "2026-11-18",
        "valid_until": "2027-05-18",
    }
    goal = plan.goals.get()
    stays = {
        **rows(), "goals-TOTAL_FORMS": 1, "goals-INITIAL_FORMS": 1, "goals-0-id": goal.pk, "goals-0-plan": plan.pk,
        "goals-0-what": "修复率", "goals-0-target": "90", "goals-0-unit": "%", "goals-0-due_on": "2027-05-18",
    }  # fmt: skip
    assert client.post(url("cooperationplan", "change", plan.pk), {**changed, **stays}).status_code == 302
    plan.refresh_from_db()
    assert plan.content == "提升首次修复率"
    assert plan.partner_agreed_at is None


def test_the_page_says_what_the_next_stage_waits_for(client, brand_manager, mary, partner_a):
    plan = given.plan(mary, partner_a)
    client.force_login(brand_manager)
    answer = client.get(url("cooperationplan", "change", plan.pk))
    assert "品牌方尚未同意" in answer.content.decode()
    assert client.get(url("cooperationplan", "deed", plan.pk, "advance")).status_code == 409
    assert client.post(url("cooperationplan", "deed", plan.pk, "agree")).status_code == 400
    assert client.post(url("cooperationplan", "deed", plan.pk, "agree"), {"agreed": "on"}).status_code == 302
    assert "合作伙伴尚未同意" in client.get(url("cooperationplan", "change", plan.pk)).content.decode()


@pytest.mark.parametrize(
    ("stage", "deed", "sent"),
    [
        (PlanStage.EVALUATION, "evaluate", {"result": "达标", "adjustment": "无"}),
        (PlanStage.EXPERIENCE, "sum_up", {"lessons": "经验", "offer": "on"}),
        (PlanStage.SERVICE, "advance", {}),
        (PlanStage.SERVICE, "post", {"text": "请查收"}),
        (PlanStage.SERVICE, "stop", {"reason": "调整"}),
    ],
)
def test_each_deed_of_a_plan(client, brand_manager, mary, alan, partner_a, stage, deed, sent):
    plan = given.plan_in(stage, mary, alan, partner_a)
    client.force_login(brand_manager)
    address = url("cooperationplan", "deed", plan.pk, deed)
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 302


def test_tasks_and_meetings_come_from_a_plan(client, brand_manager, mary, alan, ann, partner_a):
    plan = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    client.force_login(brand_manager)
    past = {"title": "盘点", "owner": ann.pk, "due_on": "2026-11-01"}
    assert client.post(url("cooperationplan", "deed", plan.pk, "task"), past).status_code == 400
    sent = {**past, "due_on": "2026-12-01"}
    assert client.post(url("cooperationplan", "deed", plan.pk, "task"), sent).status_code == 302
    assert CooperationTask.objects.get().plan == plan
    said = {"kind": "joint", "title": "推进会", "partners": [partner_a.pk], "starts_at": "2026-12-01T09:30"}
    assert client.post(url("cooperationplan", "deed", plan.pk, "meeting"), said).status_code == 302
    assert Meeting.objects.get().plan == plan


def test_a_meeting_outside_the_cycles_is_planned(client, brand_manager, service_desk, partner_a, partner_b):
    client.force_login(service_desk)
    assert client.get(url("meeting", "add")).status_code == 403
    client.force_login(brand_manager)
    assert client.get(url("meeting", "add")).status_code == 200
    sent = {"kind": "quality", "title": "专题分析", "partners": [partner_a.pk], "starts_at": "2026-11-01T09:30"}
    assert client.post(url("meeting", "add"), sent).status_code == 400
    assert client.post(url("meeting", "add"), {**sent, "starts_at": "2026-12-01T09:30"}).status_code == 302
    row = Meeting.objects.get()
    assert (str(row.period_first), str(row.period_last)) == ("2026-01-01", "2026-06-30")


def test_a_meeting_goes_from_data_to_minutes_by_its_buttons(client, brand_manager, mary, partner_a):
    row = given.planned(mary, partner_a)
    client.force_login(brand_manager)
    for deed, sent in (("prepare", {}), ("invite", {}), ("answer", {"answer": "coming"})):
        address = url("meeting", "deed", row.pk, deed)
        assert client.get(address).status_code == 200, deed
        assert client.post(address, sent).status_code == 302, deed
    moved = {"starts_at": "2026-11-19T09:00", "place": "线上", "reason": "提前"}
    assert client.post(url("meeting", "deed", row.pk, "move"), moved).status_code == 302
    with clock.travel(datetime(2026, 11, 19, 12, tzinfo=clock.LOCAL)):
        everybody = {"present": list(row.invitations.values_list("pk", flat=True))}
        assert client.post(url("meeting", "deed", row.pk, "hold"), {}).status_code == 400
        assert client.post(url("meeting", "deed", row.pk, "hold"), everybody).status_code == 302
        silent = client.post(url("meeting", "deed", row.pk, "release"))
        assert silent.status_code == 400
        given.discussed(row)
        assert client.post(url("meeting", "deed", row.pk, "release")).status_code == 302
    row.refresh_from_db()
    assert row.state == MeetingState.RELEASED


def test_the_minutes_are_written_on_the_page_and_the_journal_says_so(client, brand_manager, mary, ann, partner_a):
    row = given.held(mary, partner_a)
    row.items.exclude(source="tasks").delete()
    item = row.items.get()
    client.force_login(brand_manager)
    sent = {
        "items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 1, "items-0-id": item.pk, "items-0-meeting": row.pk,
        "items-0-title": item.title, "items-0-discussion": "逐项核对", "decisions-TOTAL_FORMS": 1,
        "decisions-INITIAL_FORMS": 0, "decisions-0-meeting": row.pk, "decisions-0-item": item.pk,
        "decisions-0-text": "补齐工具", "decisions-0-owner": ann.pk, "decisions-0-due_on": "2026-12-01",
        "invitations-TOTAL_FORMS": 0, "invitations-INITIAL_FORMS": 0, "topics-TOTAL_FORMS": 0,
        "topics-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(url("meeting", "change", row.pk), sent)
    assert answer.status_code == 302, answer.context["errors"]
    item.refresh_from_db()
    assert item.discussion == "逐项核对"
    assert entries_for(row).last().verb == "minutes_written"
    assert client.post(url("meeting", "deed", row.pk, "tasks")).status_code == 302
    assert CooperationTask.objects.get(decision__isnull=False).owner == ann
    assert client.get(url("meeting", "deed", row.pk, "tasks")).status_code == 409


def test_a_decision_that_is_a_task_is_not_rewritten(client, brand_manager, mary, ann, partner_a):
    row = given.held(mary, partner_a)
    row.items.all().delete()
    one = Decision.objects.create(meeting=row, text="补齐工具", owner=ann, due_on=clock.today() + timedelta(days=9))
    meeting_minutes.decisions_to_tasks(mary, row)
    client.force_login(brand_manager)
    sent = {
        "decisions-TOTAL_FORMS": 1, "decisions-INITIAL_FORMS": 1, "decisions-0-id": one.pk,
        "decisions-0-meeting": row.pk, "decisions-0-text": "不补齐", "items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0,
        "invitations-TOTAL_FORMS": 0, "invitations-INITIAL_FORMS": 0, "topics-TOTAL_FORMS": 0,
        "topics-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(url("meeting", "change", row.pk), sent)
    assert answer.status_code == 200
    assert "该决议已转为任务" in answer.content.decode()


def test_corrections_and_cancelling(client, brand_manager, mary, alan, manager_a, partner_a):
    row = meeting_minutes.release(mary, given.discussed(given.held(mary, partner_a)))
    client.force_login(brand_manager)
    assert client.get(url("meeting", "deed", row.pk, "answer_correction")).status_code == 409
    mine = meeting_minutes.ask_correction(alan, given.invitation(row, manager_a), "应为 95%")
    address = url("meeting", "deed", row.pk, "answer_correction")
    assert client.get(address).status_code == 200
    assert client.post(address, {"invitation": mine.pk, "answer": "以 95% 为准"}).status_code == 302
    assert client.post(url("meeting", "deed", row.pk, "acknowledge")).status_code == 302
    assert client.get(url("meeting", "deed", row.pk, "correct")).status_code == 409
    other = given.planned(mary, partner_a)
    assert client.post(url("meeting", "deed", other.pk, "cancel"), {"reason": "合并"}).status_code == 302


def test_topics_are_placed_and_answered_by_their_buttons(client, brand_manager, mary, alan, partner_a):
    topic = meeting_topic.bring_up(alan, given.planned(mary, partner_a, kind=MeetingKind.SUMMIT), "x", "x")
    client.force_login(brand_manager)
    assert client.post(url("topic", "deed", topic.pk, "place"), {}).status_code == 400
    assert client.post(url("topic", "deed", topic.pk, "place"), {"title": "困难"}).status_code == 302
    assert client.post(url("topic", "deed", topic.pk, "answer"), {"answer": "试行"}).status_code == 302


def test_a_task_by_itself_and_what_is_done_with_it(client, brand_manager, technical, mary, ann):
    client.force_login(brand_manager)
    sent = {"title": "更新手册", "text": "", "owner": technical.pk, "due_on": "2026-11-01", "plan": ""}
    assert client.get(url("cooperationtask", "add")).status_code == 200
    assert client.post(url("cooperationtask", "add"), sent).status_code == 200
    assert client.post(url("cooperationtask", "add"), {**sent, "due_on": "2026-12-01"}).status_code == 302
    row = CooperationTask.objects.get()
    client.force_login(technical)
    assert client.get(url("cooperationtask", "changelist"), {"due": "mine"}).status_code == 200
    later = {"until": "2026-12-05", "reason": "等数据"}
    assert client.post(url("cooperationtask", "deed", row.pk, "time"), later).status_code == 302
    assert client.get(url("cooperationtask", "deed", row.pk, "extend")).status_code == 404
    client.force_login(brand_manager)
    assert client.get(url("cooperationtask", "changelist"), {"due": "asked"}).status_code == 200
    assert client.post(url("cooperationtask", "deed", row.pk, "extend"), later).status_code == 302
    client.force_login(technical)
    assert client.post(url("cooperationtask", "deed", row.pk, "finish"), {"result": "已更新"}).status_code == 302
    client.force_login(brand_manager)
    again = {"until": "2026-12-09", "reason": "缺目录"}
    assert client.post(url("cooperationtask", "deed", row.pk, "reopen"), again).status_code == 302
    assert client.post(url("cooperationtask", "deed", row.pk, "cancel"), {"reason": "合并"}).status_code == 302
    row.refresh_from_db()
    assert row.state == TaskState.CANCELLED


def test_overdue_tasks_are_filtered_and_red(client, brand_manager, mary, ann):
    given.task(mary, ann)
    with clock.travel(datetime(2026, 12, 18, 10, tzinfo=clock.LOCAL)):
        client.force_login(brand_manager)
        text = client.get(url("cooperationtask", "changelist"), {"due": "overdue"}).content.decode()
        assert "已逾期" in text
        assert "c-red" in text
        assert "1 项合作任务逾期" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("sent", "good"),
    [
        ({"kind": "quality", "months": "6"}, True),
        ({"kind": "quality", "months": "3"}, False),
        ({"kind": "summit", "months": "12"}, True),
        ({"kind": "joint", "months": "3"}, False),
    ],
)
def test_r225_a_cycle_keeps_to_the_standard(client, brand_manager, sent, good):
    client.force_login(brand_manager)
    whole = {"partner": "", "plan": "", "since": "2026-01-01", "owner": brand_manager.pk, "active": "on", **sent}
    assert client.post(url("meetingcycle", "add"), whole).status_code == (302 if good else 200)
    assert MeetingCycle.objects.exists() is good


def test_a_cycle_takes_no_plan_of_another_partner(client, brand_manager, mary, partner_a, partner_b):
    plan = given.plan(mary, partner_a)
    client.force_login(brand_manager)
    sent = {
        "kind": "joint", "months": "3", "partner": partner_b.pk, "plan": plan.pk, "since": "2026-01-01",
        "owner": brand_manager.pk, "active": "on",
    }  # fmt: skip
    assert client.post(url("meetingcycle", "add"), sent).status_code == 200
    assert client.post(url("meetingcycle", "add"), {**sent, "partner": partner_a.pk}).status_code == 302


def test_more_time_is_declined_on_a_page_of_its_own(client, brand_manager, mary, ann):
    row = given.task(mary, ann)
    client.force_login(brand_manager)
    decline = url("cooperationtask", "deed", row.pk, "decline")
    assert client.get(decline).status_code == 409
    cooperation_task.ask_more_time(actor(ann), row, row.due_on + timedelta(days=5), "等待厂家回复")
    assert decline in client.get(url("cooperationtask", "change", row.pk)).content.decode()
    assert client.post(decline, {"reason": ""}).status_code == 400
    assert client.post(decline, {"reason": "厂家已回复"}).status_code == 302
    assert decline not in client.get(url("cooperationtask", "change", row.pk)).content.decode()
    assert "厂家已回复" in client.get(url("cooperationtask", "history", row.pk)).content.decode()
