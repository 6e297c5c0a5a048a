"""Plans, goals and tasks by sheet, all or nothing; meetings with their decisions go out (R071, R076)."""

from datetime import datetime, timedelta

import pytest

from partners.actions import cooperation
from partners.choices.cooperation import PlanStage
from partners.models import (
    CooperationPlan,
    CooperationTask,
    Decision,
    GroupMember,
    Meeting,
    MeetingCycle,
    PlanGoal,
    PlanResource,
)
from portal.accounts.actor import Actor
from portal.exchange import running
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.log import entries_for
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
def take(mary):
    def run(model, headers, *rows):
        sheet = Sheet(list(headers))
        for line, row in enumerate(rows, 2):
            sheet.add(line, list(row))
        return running.take(resource_for(model)(mary), sheet)

    return run


def problems(outcome):
    return [(one.line, str(one.column)) for one in outcome.problems]


PLAN = ("number", "partner", "title", "content", "valid_from", "valid_until")
GOAL = ("number", "plan", "what", "target", "unit", "due_on", "achieved")
TASK = ("number", "title", "owner", "due_on", "plan")


def test_plans_come_in_with_their_entry_and_are_changed_while_they_are_plans(take, mary, partner_a):
    row = ("HZ-1", partner_a.code, "联合培训", "提升修复率", "2026-12-01", "2027-05-31")
    assert take(CooperationPlan, PLAN, row).new == 1
    plan = CooperationPlan.objects.get()
    assert entries_for(plan).first().verb == "cooperation_written"
    assert take(CooperationPlan, PLAN, (*row[:3], "改", *row[4:])).changed == 1
    assert entries_for(plan).last().verb == "cooperation_revised"


def test_one_wrong_plan_keeps_all_out(take, mary, partner_a):
    good = ("HZ-1", partner_a.code, "联合培训", "x", "2026-12-01", "2027-05-31")
    backwards = ("HZ-2", partner_a.code, "x", "x", "2026-12-01", "2026-11-01")
    nobody = ("HZ-3", "NO-SUCH", "x", "x", "2026-12-01", "2027-05-31")
    outcome = take(CooperationPlan, PLAN, good, backwards, nobody)
    assert [line for line, _column in problems(outcome)] == [3, 4]
    assert not CooperationPlan.objects.exists()


def test_what_was_agreed_is_not_rewritten_but_measured(take, mary, manager_a, partner_a):
    plan = given.plan_in(PlanStage.SERVICE, mary, actor(manager_a), partner_a)
    same = ("HZ-001", partner_a.code, "换题", "x", str(plan.valid_from), str(plan.valid_until))
    assert problems(take(CooperationPlan, PLAN, same))
    goal = plan.goals.get()
    kept = (goal.number, plan.number, goal.what, "90", "%", str(goal.due_on))
    assert problems(take(PlanGoal, GOAL, (*kept[:3], "80", *kept[4:], "91")))
    assert problems(take(PlanGoal, GOAL, ("HZ-001-7", *kept[1:], "")))
    assert take(PlanGoal, GOAL, (*kept, "91")).changed == 1
    goal.refresh_from_db()
    assert goal.achieved == 91


def test_goals_come_in_while_the_plan_is_one(take, mary, partner_a):
    plan = given.plan(mary, partner_a)
    assert take(PlanGoal, GOAL, ("HZ-001-2", plan.number, "满意度", "88", "%", "2027-05-31", "")).new == 1
    assert problems(take(PlanGoal, GOAL, ("HZ-001-3", "NO", "满意度", "88", "%", "2027-05-31", "")))


def test_tasks_are_given_by_the_action(take, mary, ann, auditor):
    assert take(CooperationTask, TASK, ("N1", "补齐工具", "ann", "2026-12-01", "")).new == 1
    row = CooperationTask.objects.get()
    assert row.number.startswith("RW")
    assert row.first_due_on == row.due_on
    late = ("N1", "补齐工具", "ann", "2026-11-01", "")
    assert problems(take(CooperationTask, TASK, late))
    assert CooperationTask.objects.count() == 1


def test_resources_members_and_cycles_are_named_by_where_they_stand(take, mary, manager_a, brand_manager, partner_a):
    plan = given.plan(mary, partner_a)
    things = ("plan", "what", "kind", "side", "due_on")
    assert take(PlanResource, things, (plan.number, "诊断培训", "人员培训", "品牌方", "2026-12-01")).new == 1
    assert take(PlanResource, things, (plan.number, "诊断培训", "人员培训", "品牌方", "2026-12-09")).changed == 1
    people = ("plan", "name", "side", "function", "user", "since")
    assert take(GroupMember, people, (plan.number, "Alan", "合作伙伴", "组长", "alan", "2026-11-18")).new == 1
    cooperation.stop(mary, plan, "调整")
    assert problems(take(GroupMember, people, (plan.number, "Alan", "合作伙伴", "副组长", "alan", "2026-11-18")))
    cycle = ("kind", "partner", "months", "since", "owner")
    assert take(MeetingCycle, cycle, ("联席会议", partner_a.code, "每季度", "2026-10-01", "mary")).new == 1
    assert take(MeetingCycle, cycle, ("联席会议", partner_a.code, "每月", "2026-10-01", "mary")).changed == 1
    assert problems(take(MeetingCycle, cycle, ("合作伙伴峰会", "", "每月", "2026-10-01", "mary")))
    assert problems(take(MeetingCycle, cycle, ("合作伙伴峰会", "", "每年", "2026-10-01", "alan")))


def test_meetings_go_out_with_their_decisions(mary, ann, partner_a):
    row = given.held(mary, partner_a)
    Decision.objects.create(meeting=row, text="补齐工具", owner=ann, due_on=clock.today() + timedelta(days=3))
    (line,) = resource_for(Meeting)(Actor.system()).lines(Meeting.objects.all(), masked=True)
    assert "补齐工具 · Ann · 2026-11-21" in line
    assert "联席会议" in line
