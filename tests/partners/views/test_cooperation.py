"""Plans, tasks and meetings on the pages of partner staff: their own, nothing else (A01); what was typed stays."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partners.actions import cooperation, cooperation_board, meeting, meeting_minutes, meeting_topic
from partners.choices.cooperation import PlanStage, Side, TaskState
from partners.choices.meeting import Answer, MeetingKind, MinutesReply
from partners.models import GroupMember
from partners.reports.meeting import minutes_pdf
from portal.kernel import clock
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db


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


def page(name: str, *args) -> str:
    return reverse(f"house:{name}", args=args)


def test_the_manager_agrees_on_the_page(client, mary, manager_a, ann, partner_a):
    row = given.plan(mary, partner_a)
    cooperation.agree(mary, row)
    client.force_login(ann)
    assert not client.get(page("plan", row.pk)).context["may_agree"]
    assert client.post(page("plan", row.pk), {"what": "agree", "agreed": "on"}).status_code == 403
    client.force_login(manager_a)
    assert "华东联合培训" in client.get(page("cooperation")).content.decode()
    assert client.get(page("plan", row.pk)).context["may_agree"]
    unticked = client.post(page("plan", row.pk), {"what": "agree"})
    assert unticked.status_code == 400
    assert "勾选" in unticked.content.decode()
    assert "尚未同意" in unticked.content.decode()
    assert client.post(page("plan", row.pk), {"what": "agree", "agreed": "on"}).status_code == 302
    text = client.get(page("plan", row.pk)).content.decode()
    assert [name in text for name in ("<dd>Mary · ", "<dd>Alan · ", "尚未同意")] == [True, True, False]
    row.refresh_from_db()
    assert row.partner_agreed_by == manager_a
    assert client.post(page("plan", row.pk), {"what": "agree", "agreed": "on"}).status_code == 409


def test_a_message_is_sent_with_a_file_and_an_empty_one_is_not(client, mary, alan, manager_a, partner_a):
    row = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    client.force_login(manager_a)
    assert client.post(page("plan", row.pk), {"what": "post", "text": " "}).status_code == 400
    wrong = {"what": "post", "text": "见附件", "files": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}
    answer = client.post(page("plan", row.pk), wrong)
    assert answer.status_code == 400
    assert "见附件" in answer.content.decode()
    paper = SimpleUploadedFile("排班.pdf", b"%PDF-1.7\n%%EOF\n")
    assert client.post(page("plan", row.pk), {"what": "post", "text": "排班见附件", "files": paper}).status_code == 302
    assert "排班.pdf" in client.get(page("plan", row.pk)).content.decode()


def test_who_is_not_of_the_group_reads_the_board(client, mary, alan, ann, partner_a):
    row = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    cooperation_board.post(mary, row, "新版接线图已发布")
    client.force_login(ann)
    text = client.get(page("plan", row.pk)).content.decode()
    assert "新版接线图已发布" in text
    assert 'name="text"' not in text
    assert client.post(page("plan", row.pk), {"what": "post", "text": "x"}).status_code == 403


def test_a08_files_of_the_board_are_for_both_sides_alone(client, mary, partner_a, manager_a, manager_b):
    row = given.plan(mary, partner_a)
    cooperation_board.post(mary, row, "x", [SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")])
    from_board = cooperation_board.plans.board(row)[0].files[0]
    for user, status in ((manager_a, 200), (manager_b, 404)):
        client.force_login(user)
        answer = client.get(reverse("files:attachment", args=[from_board.key]))
        assert answer.status_code == status
        assert not answer.streaming or b"".join(answer.streaming_content).startswith(b"%PDF")


def test_plans_at_their_end_stand_in_their_tab(client, mary, alan, manager_a, partner_a):
    given.plan_in(PlanStage.CLOSED, mary, alan, partner_a)
    client.force_login(manager_a)
    assert not client.get(page("cooperation")).context["page"].object_list
    assert client.get(page("cooperation"), {"tab": "past"}).context["page"].object_list


def test_a01_strangers_find_nothing(client, mary, manager_b, ann, partner_a):
    plan, task, row = given.plan(mary, partner_a), given.task(mary, ann), given.held(mary, partner_a)
    client.force_login(manager_b)
    for address in (
        page("plan", plan.pk),
        page("task", task.number),
        page("meeting", row.pk),
        reverse("meeting_minutes", args=[row.pk]),
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(page("task", task.number), {"what": "finish", "result": "x"}).status_code == 404
    for name in ("cooperation", "tasks", "meetings"):
        assert not client.get(page(name)).context["page"].object_list


def test_a_task_is_reported_by_its_owner_alone(client, mary, ann, amy):
    row = given.task(mary, ann)
    client.force_login(amy)
    assert client.get(page("task", row.number)).status_code == 404
    client.force_login(ann)
    assert row.title in client.get(page("tasks")).content.decode()
    empty = client.post(page("task", row.number), {"what": "finish", "result": ""})
    assert empty.status_code == 400
    assert client.post(page("task", row.number), {"what": "finish", "result": "已提交"}).status_code == 302
    row.refresh_from_db()
    assert row.state == TaskState.DONE
    assert not client.get(page("task", row.number)).context["may_finish"]
    assert row.title in client.get(page("tasks"), {"tab": "done"}).content.decode()
    assert client.post(page("task", row.number), {"what": "finish", "result": "x"}).status_code == 409


def test_more_time_is_asked_for_with_a_later_day(client, mary, ann):
    row = given.task(mary, ann)
    client.force_login(ann)
    early = client.post(page("task", row.number), {"what": "time", "until": row.due_on, "reason": "等回复"})
    assert early.status_code == 400
    assert "等回复" in early.content.decode()
    later = {"what": "time", "until": row.due_on + timedelta(days=3), "reason": "等回复"}
    assert client.post(page("task", row.number), later).status_code == 302
    row.refresh_from_db()
    assert row.wanted_reason == "等回复"
    assert 'id="time"' not in client.get(page("task", row.number)).content.decode()
    assert client.post(page("task", row.number), later).status_code == 409


def test_what_is_overdue_shows_red_on_lists_and_on_the_tile(client, mary, ann, manager_a):
    given.task(mary, ann)
    with clock.travel(datetime(2026, 12, 18, 10, tzinfo=clock.LOCAL)):
        client.force_login(manager_a)
        text = client.get(page("tasks"), {"tab": "company"}).content.decode()
        assert "已逾期" in text
        assert "is-late" in text
        groups = client.get(reverse("field_menu")).context["groups"]
    counts = {entry["tile"].address: entry["count"] for _title, group in groups for entry in group}
    assert counts["house:tasks"] == 1


def test_the_invitation_is_answered_and_a_deputy_is_named(client, mary, manager_a, partner_a):
    row = given.invited(mary, partner_a)
    client.force_login(manager_a)
    assert client.get(page("meeting", row.pk)).context["may_answer"]
    nameless = client.post(page("meeting", row.pk), {"what": "answer", "answer": "deputy", "note": "出差"})
    assert nameless.status_code == 400
    assert "出差" in nameless.content.decode()
    said = {"what": "answer", "answer": "deputy", "deputy": "赵工"}
    assert client.post(page("meeting", row.pk), said).status_code == 302
    assert given.invitation(row, manager_a).answer == Answer.DEPUTY


def test_a01_who_is_not_invited_finds_no_meeting(client, mary, ann, dispatcher_a, partner_a):
    row = meeting_minutes.release(mary, given.discussed(given.held(mary, partner_a)))
    task = given.task(mary, ann, meeting=row)
    for user in (ann, dispatcher_a):
        client.force_login(user)
        assert row.title not in client.get(page("meetings"), {"tab": "past"}).content.decode()
        assert row.title not in client.get(page("meetings"), {"tab": "year"}).content.decode()
        assert client.get(page("meeting", row.pk)).status_code == 404
        assert client.post(page("meeting", row.pk), {"what": "acknowledge"}).status_code == 404
        assert client.get(reverse("meeting_minutes", args=[row.pk])).status_code == 404
    client.force_login(ann)
    text = client.get(page("task", task.number)).content.decode()
    assert row.title in text
    assert page("meeting", row.pk) not in text


def test_the_invited_and_the_group_of_the_plan_find_theirs(client, mary, alan, ann, amy, partner_a):
    plan = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    today = clock.today()
    member = {"plan": plan, "side": Side.PARTNER, "name": "Amy", "function": "组员", "user": amy}
    membership = GroupMember.objects.create(since=today, **member)
    row = given.planned(mary, partner_a, plan=plan)
    client.force_login(amy)
    assert client.get(page("meeting", row.pk)).status_code == 200
    assert row.title in client.get(page("plan", plan.pk)).content.decode()
    membership.since, membership.until = today - timedelta(days=9), today - timedelta(days=1)
    membership.save()
    assert client.get(page("meeting", row.pk)).status_code == 404
    client.force_login(ann)
    assert client.get(page("meeting", row.pk)).status_code == 404
    assert row.title not in client.get(page("plan", plan.pk)).content.decode()
    meeting.invite(mary, meeting.prepare(mary, row), [ann])
    assert client.get(page("meeting", row.pk)).context["may_answer"]


def test_minutes_are_read_after_their_release_answered_and_printed(client, mary, manager_a, partner_a):
    row = given.held(mary, partner_a)
    client.force_login(manager_a)
    given.discussed(row)
    assert "已讨论" not in client.get(page("meeting", row.pk)).content.decode()
    assert client.get(reverse("meeting_minutes", args=[row.pk])).status_code == 404
    row = meeting_minutes.release(mary, row)
    assert "已讨论" in client.get(page("meeting", row.pk)).content.decode()
    paper = client.get(reverse("meeting_minutes", args=[row.pk]))
    assert paper.content.startswith(b"%PDF")
    assert client.post(page("meeting", row.pk), {"what": "correct", "correction": ""}).status_code == 400
    asked = client.post(page("meeting", row.pk), {"what": "acknowledge"}, follow=True)
    assert "您已确认会议纪要" in asked.content.decode()
    assert given.invitation(row, manager_a).reply == MinutesReply.ACKNOWLEDGED


def test_a01_the_page_and_the_paper_of_a_common_meeting_are_each_readers_own(
    client, mary, alan, manager_a, brand_manager, partner_a, partner_b, monkeypatch
):
    given.plan(mary, partner_b, title="乙方提升计划")
    row = given.discussed(given.held(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT))
    row = meeting_minutes.release(mary, row)
    client.force_login(manager_a)
    assert "乙方提升计划" not in client.get(page("meeting", row.pk)).content.decode()
    monkeypatch.setattr("partners.reports.meeting.render", lambda name, context, **_: render_to_string(name, context))
    assert "乙方提升计划" not in minutes_pdf(row, alan)
    assert "乙方提升计划" in minutes_pdf(row, mary)
    client.force_login(brand_manager)
    assert "乙方提升计划" in client.get(reverse("admin:partners_meeting_change", args=[row.pk])).content.decode()


def test_r041_a_problem_is_brought_up_and_seen_by_the_own_company(
    client, mary, ann, manager_a, manager_b, partner_a, partner_b
):
    row = given.planned(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    row = meeting.invite(mary, meeting.prepare(mary, row), [ann])
    client.force_login(ann)
    assert client.post(page("meeting", row.pk), {"what": "topic", "title": "夜间值守", "text": ""}).status_code == 400
    sent = {"what": "topic", "title": "夜间值守", "text": "难以执行"}
    assert "已收到您提出的问题" in client.post(page("meeting", row.pk), sent, follow=True).content.decode()
    client.force_login(manager_a)
    assert "夜间值守" in client.get(page("meeting", row.pk)).content.decode()
    client.force_login(manager_b)
    assert "夜间值守" not in client.get(page("meeting", row.pk)).content.decode()


def test_r041_what_is_on_the_agenda_is_read_by_all_without_the_name_of_the_company(
    client, mary, alan, manager_b, partner_a, partner_b
):
    row = given.planned(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    topic = meeting_topic.bring_up(alan, row, "夜间值守", "难以执行")
    meeting_topic.put_on_agenda(mary, topic, None, "执行中的困难")
    client.force_login(manager_b)
    text = client.get(page("meeting", row.pk)).content.decode()
    assert "夜间值守" in text
    assert "难以执行" not in text


def test_the_year_is_a_calendar(client, mary, manager_a, partner_a):
    given.planned(mary, partner_a)
    client.force_login(manager_a)
    answer = client.get(page("meetings"), {"tab": "year"})
    assert "季度联席会议" in answer.content.decode()
    assert 'title="季度联席会议"' in answer.content.decode()
    assert "十一月</th>" in answer.content.decode()
    with translation.override("en"):
        assert "Nov</th>" in render_to_string(
            "partners/_year.html", {"months": answer.context["months"], "rows": answer.context["rows"]}
        )
    assert "季度联席会议" not in client.get(page("meetings"), {"tab": "year", "year": "2025"}).content.decode()
    assert client.get(page("meetings"), {"tab": "past"}).status_code == 200


@pytest.mark.parametrize("name", ["cooperation", "tasks", "meetings"])
def test_the_number_of_queries_does_not_grow(name, client, mary, manager_a, partner_a, django_assert_max_num_queries):
    for n in range(6):
        given.plan(mary, partner_a, number=f"HZ-{n}")
        given.task(mary, manager_a)
        given.planned(mary, partner_a)
    client.force_login(manager_a)
    with django_assert_max_num_queries(14):
        client.get(page(name))
