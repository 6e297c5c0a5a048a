"""The five stages of cooperation: who moves a plan on, and what each stage asks for (R071–R075, R077)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices.cooperation import PlanStage
from portal.accounts.roles import BRAND, PARTNER, Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Writes plans, moves them on, keeps the group; the partner's manager agrees for his side.
KEEPERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})
#: What follows what.
NEXT: Mapping[str, PlanStage] = {
    PlanStage.PLAN: PlanStage.RESOURCES,
    PlanStage.RESOURCES: PlanStage.SERVICE,
    PlanStage.SERVICE: PlanStage.EVALUATION,
    PlanStage.EVALUATION: PlanStage.EXPERIENCE,
    PlanStage.EXPERIENCE: PlanStage.CLOSED,
}
LIVE = frozenset(NEXT)
#: The five stages in order, for the line of steps.
STEPS = tuple(NEXT)
#: What the stage is for, in the words of the standard.
ABOUT: Mapping[str, Any] = {
    PlanStage.PLAN: gettext_lazy("Both sides write down goals, content and term, and agree."),
    PlanStage.RESOURCES: gettext_lazy("Support, training and material are lined up, and the group is named."),
    PlanStage.SERVICE: gettext_lazy("The service is carried out; the group keeps in touch."),
    PlanStage.EVALUATION: gettext_lazy("What was achieved is measured and judged, the strategy adjusted."),
    PlanStage.EXPERIENCE: gettext_lazy("What was learnt is written down for the next cooperation."),
}


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """One goal: its target and what was reached."""

    target: Decimal
    achieved: Decimal | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the figure is on the good side of the target, the target itself included; None before it is known."""
        if self.achieved is None:
            return None
        return self.achieved <= self.target if self.at_most else self.achieved >= self.target


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What of a plan decides whether it may move on."""

    stage: str
    brand_agreed: bool = False
    partner_agreed: bool = False
    content: str = ""
    goals: tuple[GoalFacts, ...] = ()
    resources: int = 0
    open_resources: int = 0
    brand_members: int = 0
    partner_members: int = 0
    result: str = ""
    lessons: str = ""


def keeps_plans(role: Role | None) -> Verdict:
    """Whether the role writes plans and moves them on (R071)."""
    return ALLOWED if role in KEEPERS else Denied(_("Only brand managers keep cooperation plans."))


def may_agree(role: Role | None, stage: str, goals: int) -> Verdict:
    """Whether somebody can agree for his side: managers of either, while the plan is one and has a goal (R071)."""
    if role not in (Role.BRAND_MANAGER, Role.PARTNER_MANAGER):
        return Denied(_("The managers of brand and partner agree for their sides."))
    if stage != PlanStage.PLAN:
        return Denied(_("The plan was agreed on already."), wrong_state=True)
    return ALLOWED if goals else Denied(_("Write down at least one measurable goal first."), wrong_state=True)


def may_post(role: Role | None, *, member: bool) -> Verdict:
    """Whether somebody writes on the board: the brand, the partner's manager, members of the group (R077, R078)."""
    if role in BRAND or role == Role.PARTNER_MANAGER or (member and role in PARTNER):
        return ALLOWED
    if role in PARTNER:
        return Denied(_("Managers and members of the coordination group write on the board; you can read it."))
    return Denied(_("The board is for the people of brand and partner."))


def may_advance(facts: PlanFacts) -> Verdict:
    """Whether what the present stage asks for is there; otherwise the first thing that is missing (R071–R075)."""
    if facts.stage not in NEXT:
        return Denied(_("The plan is at its end."), wrong_state=True)
    missing = next((words for wanting, words in _asked(facts) if wanting), None)
    return Denied(missing, wrong_state=True) if missing else ALLOWED


def _asked(facts: PlanFacts) -> Iterable[tuple[bool, str]]:
    """What the stage asks for, each with whether it is wanting and the words that ask for it."""
    if facts.stage == PlanStage.PLAN:
        yield not facts.content.strip(), _("Write down what the cooperation is about.")
        yield not facts.goals, _("Write down at least one measurable goal first.")
        yield not facts.brand_agreed, _("The brand has not agreed to the plan yet.")
        yield not facts.partner_agreed, _("The partner has not agreed to the plan yet.")
    elif facts.stage == PlanStage.RESOURCES:
        yield not facts.resources, _("List the support, training or material that is needed, by whom and until when.")
        yield not facts.brand_members, _("Name the brand’s members of the coordination group.")
        yield not facts.partner_members, _("Name the partner’s members of the coordination group.")
    elif facts.stage == PlanStage.SERVICE:
        yield (
            facts.open_resources > 0,
            _("Some of the promised resources were never provided: note the day, or drop them."),
        )
    elif facts.stage == PlanStage.EVALUATION:
        unknown = any(goal.achieved is None for goal in facts.goals)
        yield unknown, _("Enter the achieved figure of every goal.")
        yield not facts.result.strip(), _("Write down how the effect of the service is judged.")
    elif facts.stage == PlanStage.EXPERIENCE:
        yield not facts.lessons.strip(), _("Write down what was learnt.")


def reached_share(goals: Iterable[GoalFacts]) -> tuple[int, int]:
    """How many of the goals whose figure is known were reached, and how many are known (R074, R079)."""
    known = [goal.reached for goal in goals if goal.reached is not None]
    return sum(known), len(known)
