"""The board of a plan: messages with files by both sides, and who has read them (R078)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import held, require, signed_by
from partners.choices.cooperation import Side
from partners.models import CooperationPlan, PlanPost, PlanReading
from partners.notices import cooperation as notices
from partners.queries import cooperation as plans
from partners.rules import cooperation as rules
from partners.verbs import cooperation as verbs
from portal.accounts.actor import Actor
from portal.files.store import kind_of, store
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput

LONGEST = 2000


def post(actor: Actor, plan: CooperationPlan, text: str, files: Iterable[Any] = ()) -> PlanPost:
    """Say something to the other side, with files. Raises Refused, Conflict or InvalidInput (E01)."""
    require(rules.may_post(actor.role, member=plans.is_member(plan, actor)))
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise InvalidInput(_("Write your message in 1 to %(n)d characters.") % {"n": LONGEST}, field="text")
    with transaction.atomic():
        row: CooperationPlan = held(actor, plan, "post")
        if not row.is_live:
            raise Conflict(_("The plan is “%(stage)s” already.") % {"stage": row.get_stage_display()})
        side = Side.BRAND if actor.is_brand else Side.PARTNER
        said = PlanPost(plan=row, author_id=actor.user_id, side=side, text=text, posted_at=clock.now())
        signed_by(actor, said, "post").save()
        for upload in files:
            _keep(upload, said, actor)
        record(row, verbs.PLAN_POSTED.code, actor, facts={"text": text})
        others = plans.people_of(row, Side.PARTNER if side == Side.BRAND else Side.BRAND)
        notices.tell_group(row, others, "plan.posted", who=str(said.author), text=text)
    return said


def mark_read(actor: Actor, plan: CooperationPlan) -> None:
    """The actor has the board in front of him; nothing is written when nothing is new."""
    last = plan.posts.order_by("-posted_at").values_list("posted_at", flat=True).first()
    if actor.user_id is None or last is None or not (actor.is_brand or actor.is_partner):
        return
    with transaction.atomic():
        row = PlanReading.objects.select_for_update().filter(plan=plan, user=actor.user_id).first()
        if row is None:
            PlanReading.objects.get_or_create(plan=plan, user_id=actor.user_id, defaults={"read_at": clock.now()})
        elif row.read_at < last:
            row.read_at = clock.now()
            row.save()


def _keep(upload: Any, said: PlanPost, actor: Actor) -> None:
    try:
        store(upload, said, kind_of(upload), actor, public=False)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="files") from error
