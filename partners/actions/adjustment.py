"""Adjust a non-core clause for one region: one side proposes, another person decides (R101)."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason, require, signed_by
from partners.choices.standard import AdjustmentState
from partners.models import Adjustment, Clause, Partner, Release
from partners.notices import standard as notices
from partners.rules import standard as rules
from partners.verbs import standard as verbs
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.workflow.corridor import lock_row


def propose(actor: Actor, clause: Clause, region: str, value: Decimal, reason: str) -> Adjustment:
    """Another figure for this clause in one region. Raises Refused, Conflict or InvalidInput with the bounds."""
    need_reason(reason, _("Say why the region needs another figure."))
    _require_region(actor, region)
    release = clause.release
    if release.state not in rules.OPEN_TO_OPINIONS:
        raise Conflict(_("Only what is announced or holds can be adjusted."))
    require(rules.adjustable(clause.core, clause.value))
    bounds = rules.within_bounds(value, clause.lowest, clause.highest)
    if not bounds:
        raise InvalidInput(bounds.reason, field="value")
    if value == clause.value:
        raise InvalidInput(_("This is the clause's own figure: there is nothing to adjust."), field="value")
    with transaction.atomic():
        same = Adjustment.objects.filter(
            publication_id=release.publication_id, clause_number=clause.number, region=region
        )
        if same.filter(state=AdjustmentState.PROPOSED).exists():
            raise Conflict(_("A proposal for this clause and region waits for its decision already."))
        row = Adjustment(
            publication_id=release.publication_id,
            clause_number=clause.number,
            region=region,
            value=value,
            reason=reason.strip(),
            proposed_at=clock.now(),
            proposed_by_id=actor.user_id,
        )
        signed_by(actor, row, "propose")
        row.save()
        facts = {"clause": clause.number, "region": region, "value": value, "reason": row.reason}
        record(release, verbs.ADJUSTMENT_PROPOSED.code, actor, facts=facts)
    return row


def decide(actor: Actor, adjustment: Adjustment, *, approve: bool, reason: str) -> Adjustment:
    """Approve or reject a proposal; an approved one takes the place of its forerunner.

    Raises Refused (also for the proposer himself), Conflict or InvalidInput.
    """
    need_reason(reason, _("Say why: the proposer reads it."))
    if actor.role not in (Role.BRAND_MANAGER, Role.SYSTEM):
        raise Refused(_("Brand managers decide on adjustments."))
    with transaction.atomic():
        row = lock_row(adjustment)
        if row.state != AdjustmentState.PROPOSED:
            raise Conflict(_("This proposal was decided already."))
        if row.proposed_by_id == actor.user_id:
            raise Refused(_("Whoever proposes an adjustment does not decide on it."))
        _require_region(actor, row.region)
        release = _current(row)
        clause = release.clauses.filter(number=row.clause_number).first()
        if approve:
            _still_fits(clause, row)
            _end_forerunner(actor, row)
        row.become(AdjustmentState.APPROVED if approve else AdjustmentState.REJECTED)
        row.decided_at, row.decided_by_id, row.decision = clock.now(), actor.user_id, reason.strip()
        signed_by(actor, row, reason)
        row.save()
        words = row.get_state_display()
        facts = {"clause": row.clause_number, "region": row.region, "decision": str(words), "reason": row.decision}
        record(release, verbs.ADJUSTMENT_DECIDED.code, actor, facts=facts)
        told = {"clause": row.clause_number, "region": row.region, "value": rules.written(row.value)}
        notices.tell_person(release, row.proposed_by, "adjustment.decided", decision=words, reason=row.decision, **told)
    return row


def _current(row: Adjustment) -> Release:
    return Release.objects.filter(publication_id=row.publication_id, state__in=rules.OPEN_TO_OPINIONS).latest("number")


def _still_fits(clause: Clause | None, row: Adjustment) -> None:
    """The standard may have changed since the proposal."""
    if clause is None:
        raise Conflict(_("The clause is no longer part of the standard."))
    require(rules.adjustable(clause.core, clause.value))
    bounds = rules.within_bounds(row.value, clause.lowest, clause.highest)
    if not bounds:
        raise Conflict(bounds.reason)


def _end_forerunner(actor: Actor, row: Adjustment) -> None:
    for old in Adjustment.objects.filter(
        publication_id=row.publication_id,
        clause_number=row.clause_number,
        region=row.region,
        state=AdjustmentState.APPROVED,
    ):
        old.become(AdjustmentState.ENDED)
        signed_by(actor, old, "replaced")
        old.save()


def _require_region(actor: Actor, region: str) -> None:
    """A partner speaks for the region of his company, a regional manager for his own."""
    if actor.role == Role.PARTNER_MANAGER:
        if Partner.objects.all().visible_to(actor).filter(region=region).exists():
            return
    elif actor.role in (Role.BRAND_MANAGER, Role.SYSTEM) and (not actor.regions or region in actor.regions):
        return
    raise Refused(_("You may speak only for your own region."))
