"""Write cooperation plans, agree on them, move them through the five stages, stop them (R071–R075)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import knowledge
from partners.actions.base import checked, held, locked, need_reason, require
from partners.actions.knowledge_base import Text
from partners.choices.cooperation import PlanStage, Side
from partners.choices.knowledge import ArticleKind
from partners.models import CooperationPlan
from partners.notices import cooperation as notices
from partners.queries import cooperation as plans
from partners.rules import cooperation as rules
from partners.verbs import cooperation as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused


def write(actor: Actor, plan: CooperationPlan) -> CooperationPlan:
    """A new plan, to be agreed on. Raises Refused or InvalidInput."""
    require(rules.keeps_plans(actor.role))
    if actor.regions and plan.partner.region not in actor.regions:
        raise Refused(_("This row is not in your regions."))
    with transaction.atomic():
        checked(plan)
        plan._history_user = User(pk=actor.user_id) if actor.user_id else None
        plan.save(force_insert=True)
        record(plan, verbs.PLAN_WRITTEN.code, actor, facts={"title": plan.title})
    return plan


def revised(actor: Actor, plan: CooperationPlan, what: list[str]) -> CooperationPlan:
    """Something of the plan was changed: whoever had agreed to it is asked again. Raises Refused or Conflict."""
    with transaction.atomic():
        row = _kept(actor, plan, "revised")
        again = row.stage == PlanStage.PLAN and bool(row.brand_agreed_at or row.partner_agreed_at)
        if again:
            row.brand_agreed_at = row.brand_agreed_by = row.partner_agreed_at = row.partner_agreed_by = None
            row.save()
            notices.tell_partner(row, "plan.changed")
        note = _("Both sides agree again.") if again else ""
        record(row, verbs.PLAN_REVISED.code, actor, facts={"what": what, "note": note})
    return row


def agree(actor: Actor, plan: CooperationPlan) -> CooperationPlan:
    """One side agrees to goals, content and term (R071). Raises Refused or Conflict."""
    with transaction.atomic():
        row: CooperationPlan = held(actor, plan, "agree")
        require(rules.may_agree(actor.role, row.stage, row.goals.count()))
        side = Side.BRAND if actor.role == Role.BRAND_MANAGER else Side.PARTNER
        if getattr(row, f"{side.value}_agreed_at"):
            raise Conflict(_("Your side has agreed already."))
        setattr(row, f"{side.value}_agreed_at", clock.now())
        setattr(row, f"{side.value}_agreed_by_id", actor.user_id)
        row.save()
        record(row, verbs.PLAN_AGREED.code, actor, facts={"side": side})
        if side == Side.PARTNER:
            notices.tell_brand(row, "plan.agreed")
        elif not row.partner_agreed_at:
            notices.tell_partner(row, "plan.to_agree")
    return row


def advance(actor: Actor, plan: CooperationPlan) -> CooperationPlan:
    """On to the next stage, once this one has what it asks for (R071–R075). Raises Refused or Conflict."""
    with transaction.atomic():
        row = _kept(actor, plan, "advance")
        require(rules.may_advance(row.facts()))
        row.become(rules.NEXT[row.stage])
        row.ended_on = None if row.is_live else clock.today()
        row.save()
        record(row, verbs.PLAN_ADVANCED.code, actor, facts={"stage": row.stage})
        _tell_group(actor, row, "plan.advanced", stage=row.get_stage_display())
    return row


def evaluate(actor: Actor, plan: CooperationPlan, result: str, adjustment: str) -> CooperationPlan:
    """How the effect is judged, and what is adjusted (R074). Raises Refused, Conflict or InvalidInput."""
    if not result.strip():
        raise InvalidInput(_("Write down how the effect of the service is judged."), field="result")
    with transaction.atomic():
        row = _in_stage(actor, plan, PlanStage.EVALUATION, "evaluate")
        row.result, row.adjustment = result.strip(), adjustment.strip()
        row.save()
        facts = {"result": row.result, "adjustment": row.adjustment}
        record(row, verbs.PLAN_EVALUATED.code, actor, facts=facts)
    return row


def sum_up(actor: Actor, plan: CooperationPlan, lessons: str, *, offer: bool = False) -> CooperationPlan:
    """What was learnt, on wish as a draft for the knowledge base too (R075). Raises Refused, Conflict, InvalidInput."""
    if not lessons.strip():
        raise InvalidInput(_("Write down what was learnt."), field="lessons")
    with transaction.atomic():
        row = _in_stage(actor, plan, PlanStage.EXPERIENCE, "sum up")
        row.lessons = lessons.strip()
        if offer and row.article is None:
            text = Text(row.title, row.lessons, row.content)
            row.article = knowledge.write(actor, text, kind=ArticleKind.CASE, reason=_("From plan %s") % row.number)
        row.save()
        record(row, verbs.PLAN_SUMMED_UP.code, actor, facts={"lessons": row.lessons})
    return row


def stop(actor: Actor, plan: CooperationPlan, reason: str) -> CooperationPlan:
    """The plan ends before its time. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the plan is stopped."))
    with transaction.atomic():
        row = _kept(actor, plan, reason)
        row.become(PlanStage.STOPPED)
        row.ended_on = clock.today()
        row.save()
        record(row, verbs.PLAN_STOPPED.code, actor, facts={"reason": reason})
        _tell_group(actor, row, "plan.stopped", reason=reason)
    return row


def _kept(actor: Actor, plan: CooperationPlan, why: str) -> CooperationPlan:
    """The locked row of a live plan that the actor keeps."""
    row: CooperationPlan = locked(actor, plan, why, rules.keeps_plans(actor.role))
    if not row.is_live:
        raise Conflict(_("The plan is “%(stage)s” already.") % {"stage": row.get_stage_display()})
    return row


def _in_stage(actor: Actor, plan: CooperationPlan, stage: PlanStage, why: str) -> CooperationPlan:
    row = _kept(actor, plan, why)
    if row.stage != stage:
        words = {"stage": row.get_stage_display(), "wanted": stage.label}
        raise Conflict(_("The plan is in the stage “%(stage)s”; this belongs to “%(wanted)s”.") % words)
    return row


def _tell_group(actor: Actor, row: CooperationPlan, code: str, **context: str) -> None:
    people = {user.pk: user for side in Side for user in plans.people_of(row, side)}
    people.pop(actor.user_id or 0, None)
    notices.tell_group(row, list(people.values()), code, **context)
