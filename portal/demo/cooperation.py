"""Cooperation of the demonstration: a plan in each stage, its board, group and tasks."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from partners.actions import cooperation, cooperation_board, cooperation_task
from partners.choices.cooperation import PlanStage, Side
from partners.models import CooperationPlan, GroupMember, Partner, PlanGoal, PlanResource
from partners.queries.people import managers_of
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.demo import texts
from portal.demo.meetings import Meetings, at
from portal.demo.network import Network

_FUNCTIONS = {Side.BRAND: "组长（品牌方）", Side.PARTNER: "组长（伙伴方）"}


def fill(random: Random, network: Network, today: date) -> None:
    """Plans with the first two partners, between the meetings that were held and those that come."""
    told = texts.read("cooperation")
    partners = list({shop.row.partner.pk: shop.row.partner for shop in network.shops}.values())
    gatherings = Meetings(random, network.manager, partners, told, today)
    gatherings.hold()
    for number, plan in enumerate(told["plan"]):
        _Plan(network.manager, partners[number % 2], plan, today).make()
    gatherings.plan()


class _Plan:
    """One plan, taken as far as its text says."""

    def __init__(self, mary: Actor, partner: Partner, told: dict[str, Any], today: date) -> None:
        self.mary, self.partner, self.told, self.today = mary, partner, told, today
        self.manager = managers_of(partner)[0]
        self.alan = Actor.of(self.manager)
        self.first = today + timedelta(days=told["from"])

    def make(self) -> None:
        begun = min(self.first, self.today) - timedelta(days=10)
        with at(begun, 10):
            row = self._write()
            cooperation.agree(self.mary, row)
        stage, days = PlanStage(self.told["stage"]), iter(self._days(begun))
        while row.stage != stage:
            with at(next(days), 15):
                self._complete(row)
                row = cooperation.advance(self.mary, row)
        self._complete(row, only_begun=True)
        self._board(row)
        self._tasks(row)

    def _days(self, begun: date) -> list[date]:
        """Five days between the writing and yesterday."""
        span = (self.today - begun).days - 2
        return [begun + timedelta(days=2 + span * n // 6) for n in range(1, 6)]

    def _write(self) -> CooperationPlan:
        told = self.told
        row = CooperationPlan(
            number=told["number"], partner=self.partner, title=told["title"], content=told["content"],
            valid_from=self.first, valid_until=self.first + timedelta(days=told["term"]),
        )  # fmt: skip
        cooperation.write(self.mary, row)
        for what, target, unit, at_most, *_achieved in told["goals"]:
            PlanGoal.objects.create(
                plan=row, what=what, target=Decimal(str(target)), unit=unit, at_most=at_most, due_on=row.valid_until
            )
        return row

    def _complete(self, row: CooperationPlan, *, only_begun: bool = False) -> None:
        """What the stage asks for; of the stage in which the plan is now, what has begun."""
        if row.stage == PlanStage.PLAN and not only_begun:
            cooperation.agree(self.alan, row)
        elif row.stage == PlanStage.RESOURCES:
            self._resources(row)
        elif row.stage == PlanStage.EVALUATION:
            self._measure(row)
            if not only_begun:
                cooperation.evaluate(self.mary, row, self.told["result"], self.told["adjustment"])
        elif row.stage == PlanStage.EXPERIENCE and not only_begun:
            cooperation.sum_up(self.mary, row, self.told["lessons"], offer=self.told.get("offer", False))

    def _resources(self, row: CooperationPlan) -> None:
        for kind, what, side, provided in self.told["resources"]:
            day = self.first + timedelta(days=20)
            given = min(day, self.today) if provided else None
            PlanResource.objects.create(plan=row, kind=kind, what=what, side=side, due_on=day, provided_on=given)
        for side, user in ((Side.BRAND, User.objects.get(pk=self.mary.user_id)), (Side.PARTNER, self.manager)):
            GroupMember.objects.create(
                plan=row, side=side, name=user.name, function=_FUNCTIONS[side], phone=user.phone, email=user.email,
                user=user, since=min(self.first, self.today),
            )  # fmt: skip

    def _measure(self, row: CooperationPlan) -> None:
        for goal, told in zip(row.goals.all(), self.told["goals"], strict=True):
            if len(told) > 4:
                goal.achieved = Decimal(str(told[4]))
                goal.save()

    def _board(self, row: CooperationPlan) -> None:
        posts = self.told.get("posts", []) if row.is_live else []
        for number, (side, text) in enumerate(posts):
            with at(self.today - timedelta(days=3 * (len(posts) - number)), 9 + number):
                cooperation_board.post(self.alan if side == Side.PARTNER else self.mary, row, text)
                if number < len(posts) - 1:
                    cooperation_board.mark_read(self.mary if side == Side.PARTNER else self.alan, row)

    def _tasks(self, row: CooperationPlan) -> None:
        for title, side, days, result, asks in self.told.get("tasks", []):
            due = self.today + timedelta(days=days)
            owner = self.manager if side == Side.PARTNER else User.objects.get(pk=self.mary.user_id)
            with at(min(due, self.today) - timedelta(days=14), 11):
                task = cooperation_task.give(self.mary, title, owner, due, plan=row)
            with at(min(due, self.today) - timedelta(days=1), 16):
                if result:
                    cooperation_task.finish(Actor.of(owner), task, result)
                if asks:
                    cooperation_task.ask_more_time(Actor.of(owner), task, due + timedelta(days=3), asks)
