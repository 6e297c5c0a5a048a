"""Tasks: given, done, more time asked for and given, cancelled, opened again, reminded (R073, R077)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.actions import cooperation_task
from partners.choices.cooperation import TaskState
from partners.models import CooperationTask
from partners.queries import cooperation_task as tasks
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
LATER = TODAY + timedelta(days=14)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 2, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("type", flat=True))


def test_a_task_is_given_told_and_done_with_proof(mary, ann, brand_manager, partner_a):
    row = given.task(mary, ann)
    assert row.number.startswith("RW20261102-")
    assert row.partner == partner_a
    assert told(ann) == ["task.given"]
    row = cooperation_task.finish(actor(ann), row, "清单已提交", SimpleUploadedFile("清单.pdf", b"%PDF-1.7\n%%EOF\n"))
    assert row.state == TaskState.DONE
    assert [file.name for file in tasks.files_of(row)] == ["清单.pdf"]
    assert told(brand_manager) == ["task.done"]


def test_who_gives_tasks_to_whom(mary, brand, ann, manager_a, bob, auditor):
    with pytest.raises(Refused):
        given.task(actor(manager_a), ann)
    with pytest.raises(InvalidInput) as refused:
        given.task(mary, auditor)
    assert refused.value.field == "owner"
    here = actor(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",)))
    assert given.task(here, ann)
    with pytest.raises(InvalidInput):
        given.task(here, bob)


@pytest.mark.parametrize(
    ("values", "field"), [({"title": " "}, "title"), ({"due_on": TODAY - timedelta(days=1)}, "due_on")]
)
def test_a_task_has_words_and_a_day_ahead(mary, ann, values, field):
    with pytest.raises(InvalidInput) as refused:
        given.task(mary, ann, **values)
    assert refused.value.field == field


def test_a_task_is_done_by_its_owner_or_who_leads_him(mary, ann, amy, manager_a, manager_b, service_desk):
    row = given.task(mary, ann)
    for user in (amy, manager_b, service_desk):
        with pytest.raises(Refused):
            cooperation_task.finish(actor(user), row, "x")
    with pytest.raises(InvalidInput):
        cooperation_task.finish(actor(ann), row, " ")
    assert cooperation_task.finish(actor(manager_a), row, "已代为完成").state == TaskState.DONE
    with pytest.raises(Conflict, match="已是"):
        cooperation_task.finish(actor(ann), row, "x")


def test_e01_a_result_takes_no_program(mary, ann):
    row = given.task(mary, ann)
    with pytest.raises(InvalidInput) as refused:
        cooperation_task.finish(actor(ann), row, "x", SimpleUploadedFile("a.pdf", b"MZ\x90\x00"))
    assert refused.value.field == "file"
    row.refresh_from_db()
    assert row.state == TaskState.OPEN


def test_more_time_is_asked_for_and_given(mary, ann, brand_manager):
    row = given.task(mary, ann)
    row = cooperation_task.ask_more_time(actor(ann), row, LATER, "等待厂家回复")
    assert row.due_on == TODAY + timedelta(days=7)
    assert told(brand_manager) == ["task.asked"]
    row = cooperation_task.extend(mary, row, LATER, "同意")
    assert (row.due_on, row.first_due_on) == (LATER, TODAY + timedelta(days=7))
    assert row.wanted_until is None
    assert told(ann)[-1] == "task.moved"


def test_more_time_is_declined_with_a_reason(mary, ann, amy, manager_a):
    row = cooperation_task.ask_more_time(actor(manager_a), given.task(mary, ann), LATER, "等待厂家回复")
    with pytest.raises(InvalidInput):
        cooperation_task.decline_more_time(mary, row, " ")
    with pytest.raises(Refused):
        cooperation_task.decline_more_time(actor(manager_a), row, "x")
    row = cooperation_task.decline_more_time(mary, row, "厂家已回复")
    assert (row.due_on, row.wanted_until, row.wanted_reason) == (TODAY + timedelta(days=7), None, "")
    assert told(ann)[-1] == told(manager_a)[-1] == "task.declined"
    sentence = entries_for(row).last().sentence()
    assert "厂家已回复" in sentence
    assert str(LATER) in sentence
    with pytest.raises(Conflict):
        cooperation_task.decline_more_time(mary, row, "x")
    assert cooperation_task.ask_more_time(actor(ann), row, LATER, "仍需时间").wanted_until == LATER


def test_a_new_day_needs_a_reason_a_manager_and_lies_later(mary, ann):
    row = given.task(mary, ann)
    with pytest.raises(InvalidInput):
        cooperation_task.extend(mary, row, LATER, "")
    with pytest.raises(InvalidInput):
        cooperation_task.ask_more_time(actor(ann), row, LATER, "")
    with pytest.raises(Refused):
        cooperation_task.extend(actor(ann), row, LATER, "x")
    with pytest.raises(InvalidInput) as refused:
        cooperation_task.extend(mary, row, row.due_on, "x")
    assert refused.value.field == "until"


@pytest.mark.parametrize("days", [0, 6, 7, 366])
def test_the_day_asked_for_is_after_the_present_one_and_within_a_year(mary, ann, days):
    row = given.task(mary, ann)
    with pytest.raises(InvalidInput) as refused:
        cooperation_task.ask_more_time(actor(ann), row, TODAY + timedelta(days=days), "x")
    assert refused.value.field == "until"
    row.refresh_from_db()
    assert row.wanted_until is None


def test_one_request_for_time_waits_at_a_time(mary, ann):
    row = cooperation_task.ask_more_time(actor(ann), given.task(mary, ann), TODAY + timedelta(days=365), "等待厂家回复")
    with pytest.raises(Conflict, match="2027-11-02"):
        cooperation_task.ask_more_time(actor(ann), row, LATER, "x")
    row = cooperation_task.extend(mary, row, LATER, "同意")
    assert cooperation_task.ask_more_time(actor(ann), row, LATER + timedelta(days=1), "y").wanted_reason == "y"


def test_what_need_not_be_done_is_cancelled_with_a_reason(mary, ann):
    row = given.task(mary, ann)
    with pytest.raises(InvalidInput):
        cooperation_task.cancel(mary, row, "")
    with pytest.raises(Refused):
        cooperation_task.cancel(actor(ann), row, "x")
    row = cooperation_task.cancel(mary, row, "不再需要")
    assert told(ann)[-1] == "task.cancelled"
    with pytest.raises(Conflict):
        cooperation_task.extend(mary, row, LATER, "x")


def test_what_was_done_is_opened_again(mary, ann):
    row = given.task(mary, ann)
    with pytest.raises(Conflict):
        cooperation_task.reopen(mary, row, LATER, "x")
    row = cooperation_task.finish(actor(ann), row, "已完成")
    with pytest.raises(InvalidInput):
        cooperation_task.reopen(mary, row, LATER, "")
    with pytest.raises(InvalidInput) as refused:
        cooperation_task.reopen(mary, row, TODAY - timedelta(days=1), "x")
    assert refused.value.field == "until"
    row = cooperation_task.reopen(mary, row, LATER, "缺少签字")
    assert (row.state, row.done_at, row.due_on) == (TaskState.OPEN, None, LATER)


def test_owners_then_who_leads_them_are_told_once_each(mary, ann, manager_a, brand_manager):
    row = given.task(mary, ann)
    due = row.due_on
    steps = [(-3, 0), (-2, 1), (-2, 0), (1, 1), (2, 0), (3, 1), (9, 0)]
    assert [cooperation_task.remind(due + timedelta(days=days)) for days, _n in steps] == [n for _d, n in steps]
    assert told(ann) == ["task.given", "task.soon", "task.overdue"]
    assert told(manager_a) == ["task.late"]
    assert told(brand_manager) == ["task.late"]


def test_a_moved_day_begins_the_reminders_anew(mary, ann):
    row = given.task(mary, ann)
    cooperation_task.remind(row.due_on + timedelta(days=1))
    row = cooperation_task.extend(mary, row, LATER, "同意")
    assert cooperation_task.remind(LATER - timedelta(days=1)) == 1


def test_scope_is_the_owner_his_manager_and_the_brand(mary, ann, amy, manager_a, manager_b, service_desk, auditor):
    given.task(mary, ann)
    given.task(mary, service_desk)
    seen = {
        user.username: CooperationTask.objects.all().visible_to(actor(user)).count()
        for user in (ann, amy, manager_a, manager_b, service_desk, auditor)
    }
    assert seen == {"ann": 1, "amy": 0, "alan": 1, "bill": 0, "dora": 2, "eve": 2}


def test_counts_are_of_what_one_sees(mary, ann, manager_a, manager_b):
    row = given.task(mary, ann)
    with clock.travel(datetime(2026, 11, 20, tzinfo=clock.LOCAL)):
        assert tasks.overdue_count(actor(manager_a)) == 1
        assert tasks.overdue_count(actor(manager_b)) == 0
        assert tasks.open_count(actor(ann)) == 1
    assert list(tasks.mine(actor(ann), "mine")) == [row]
    assert list(tasks.mine(actor(manager_a), "company")) == [row]
    assert list(tasks.mine(actor(ann), "done")) == []
