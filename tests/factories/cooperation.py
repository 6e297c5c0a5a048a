"""Plans in each stage, meetings in each state and tasks, as the actions make them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from partners.actions import cooperation, cooperation_task, meeting
from partners.choices.cooperation import PlanStage, Side
from partners.choices.meeting import MeetingKind
from partners.models import (
    CooperationPlan,
    CooperationTask,
    GroupMember,
    Invitation,
    Meeting,
    MeetingCycle,
    Partner,
    PlanGoal,
    PlanResource,
)
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel import clock


def plan(mary: Actor, partner: Partner, **values: Any) -> CooperationPlan:
    """A plan with one goal, to be agreed on."""
    today = clock.today()
    given = {
        "number": "HZ-001", "title": "华东联合培训", "content": "共同提升首次修复率。", "valid_from": today,
        "valid_until": today + timedelta(days=180), **values,
    }  # fmt: skip
    row = cooperation.write(mary, CooperationPlan(partner=partner, **given))
    PlanGoal.objects.create(plan=row, what="首次修复率", target=Decimal(90), unit="%", due_on=row.valid_until)
    return row


def plan_in(stage: PlanStage, mary: Actor, alan: Actor, partner: Partner, **values: Any) -> CooperationPlan:
    """A plan that went so far, each stage with what it asks for."""
    row = plan(mary, partner, **values)
    while row.stage != stage:
        _complete(row, mary, alan)
        row = cooperation.advance(mary, row)
    return row


def _complete(row: CooperationPlan, mary: Actor, alan: Actor) -> None:
    today = clock.today()
    if row.stage == PlanStage.PLAN:
        cooperation.agree(mary, row)
        cooperation.agree(alan, row)
    elif row.stage == PlanStage.RESOURCES:
        PlanResource.objects.create(plan=row, what="高压安全培训", due_on=today, provided_on=today)
        for side, actor in ((Side.BRAND, mary), (Side.PARTNER, alan)):
            user = User.objects.get(pk=actor.user_id)
            GroupMember.objects.create(plan=row, side=side, name=user.name, function="组长", user=user, since=today)
    elif row.stage == PlanStage.EVALUATION:
        row.goals.update(achieved=Decimal(92))
        cooperation.evaluate(mary, row, "首次修复率达标。", "增加备件。")
    elif row.stage == PlanStage.EXPERIENCE:
        cooperation.sum_up(mary, row, "先培训后派工。")


def cycle(owner: User, partner: Partner | None, **values: Any) -> MeetingCycle:
    """A quarterly joint meeting since the first of January."""
    given = {"kind": MeetingKind.JOINT, "months": 3, "since": date(clock.today().year, 1, 1), **values}
    return MeetingCycle.objects.create(owner=owner, partner=partner, **given)


def planned(mary: Actor, *partners: Partner, starts_at: datetime | None = None, **values: Any) -> Meeting:
    """A meeting in the calendar, in a week."""
    today = clock.today()
    given = {
        "kind": MeetingKind.JOINT, "title": "季度联席会议", "owner_id": mary.user_id,
        "period_first": today.replace(day=1), "period_last": today,
        "starts_at": starts_at or clock.now() + timedelta(days=7), **values,
    }  # fmt: skip
    return meeting.plan(mary, Meeting(**given), partners)


def invited(mary: Actor, *partners: Partner, **values: Any) -> Meeting:
    """A meeting with agenda and invitations."""
    return meeting.invite(mary, meeting.prepare(mary, planned(mary, *partners, **values)))


def held(mary: Actor, *partners: Partner, **values: Any) -> Meeting:
    """A meeting that took place, everybody was there."""
    row = invited(mary, *partners, starts_at=clock.now() + timedelta(hours=1), **values)
    with clock.travel(clock.now() + timedelta(hours=3)):
        return meeting.hold(mary, row, set(row.invitations.values_list("pk", flat=True)))


def discussed(row: Meeting) -> Meeting:
    """Something was said to every item."""
    row.items.update(discussion="已讨论，按计划推进。")
    return row


def invitation(row: Meeting, user: User) -> Invitation:
    """What somebody was sent."""
    return row.invitations.get(user=user)


def task(mary: Actor, owner: User, **values: Any) -> CooperationTask:
    """An open task, due in a week."""
    given = {"title": "提交缺失工具清单", "due_on": clock.today() + timedelta(days=7), **values}
    return cooperation_task.give(mary, given.pop("title"), owner, given.pop("due_on"), **given)
