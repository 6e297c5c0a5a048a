"""The five stages and what each asks for, at the edges (R071–R075)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from partners.choices.cooperation import PlanStage
from partners.rules.cooperation import (
    LIVE,
    NEXT,
    GoalFacts,
    PlanFacts,
    keeps_plans,
    may_advance,
    may_agree,
    reached_share,
)
from portal.accounts.roles import Role

GOAL = GoalFacts(Decimal(90))
WHOLE = PlanFacts(
    PlanStage.PLAN, True, True, "内容", (replace(GOAL, achieved=Decimal(91)),), 1, 0, 1, 1, "达标", "经验"
)


@pytest.mark.parametrize("stage", list(NEXT))
def test_what_is_whole_goes_on_in_every_stage(stage):
    assert may_advance(replace(WHOLE, stage=stage))


@pytest.mark.parametrize(
    ("stage", "missing"),
    [
        (PlanStage.PLAN, {"content": "  "}),
        (PlanStage.PLAN, {"goals": ()}),
        (PlanStage.PLAN, {"brand_agreed": False}),
        (PlanStage.PLAN, {"partner_agreed": False}),
        (PlanStage.RESOURCES, {"resources": 0}),
        (PlanStage.RESOURCES, {"brand_members": 0}),
        (PlanStage.RESOURCES, {"partner_members": 0}),
        (PlanStage.SERVICE, {"open_resources": 1}),
        (PlanStage.EVALUATION, {"goals": (GOAL,)}),
        (PlanStage.EVALUATION, {"result": ""}),
        (PlanStage.EXPERIENCE, {"lessons": ""}),
    ],
)
def test_each_stage_asks_for_its_own_in_words(stage, missing):
    verdict = may_advance(replace(WHOLE, stage=stage, **missing))
    assert not verdict
    assert verdict.wrong_state
    assert len(str(verdict.reason)) > 5


@pytest.mark.parametrize("stage", [PlanStage.CLOSED, PlanStage.STOPPED])
def test_what_is_at_its_end_goes_nowhere(stage):
    assert stage not in LIVE
    assert not may_advance(replace(WHOLE, stage=stage))


@pytest.mark.parametrize(
    ("at_most", "achieved", "reached"),
    [(False, 90, True), (False, 89, False), (True, 90, True), (True, 91, False), (False, None, None)],
)
def test_the_target_itself_is_reached(at_most, achieved, reached):
    value = None if achieved is None else Decimal(achieved)
    assert GoalFacts(Decimal(90), value, at_most).reached is reached


def test_only_known_figures_count():
    goals = [replace(GOAL, achieved=Decimal(n)) for n in (89, 90)]
    assert reached_share([*goals, GOAL]) == (1, 2)


@pytest.mark.parametrize(
    ("role", "stage", "goals", "yes"),
    [
        (Role.BRAND_MANAGER, PlanStage.PLAN, 1, True),
        (Role.PARTNER_MANAGER, PlanStage.PLAN, 1, True),
        (Role.DISPATCHER, PlanStage.PLAN, 1, False),
        (Role.PARTNER_MANAGER, PlanStage.SERVICE, 1, False),
        (Role.PARTNER_MANAGER, PlanStage.PLAN, 0, False),
    ],
)
def test_managers_of_both_sides_agree_to_goals(role, stage, goals, yes):
    assert bool(may_agree(role, stage, goals)) is yes


def test_brand_managers_keep_plans():
    assert keeps_plans(Role.BRAND_MANAGER)
    assert not keeps_plans(Role.PARTNER_MANAGER)
