"""Nominate good examples and decide on the recommended list (R043–R046)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason, require
from partners.choices.knowledge import CaseState
from partners.models import BenchmarkCase
from partners.rules import knowledge as rules
from partners.verbs import knowledge as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.kernel.verdict import Verdict
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row


def nominate(actor: Actor, case: BenchmarkCase) -> BenchmarkCase:
    """Save a filled-in case as nominated. Raises Refused, or InvalidInput without a measured effect."""
    require(rules.may_nominate(actor.role))
    for name in ("title", "practice", "effect"):
        if not getattr(case, name).strip():
            raise InvalidInput(_("Say what was done and what effect was measured."), field=name)
    with transaction.atomic():
        case.number = next_number("benchmark_case", "BG", clock.now())
        case.nominated_at, case.nominated_by = clock.now(), actor.label[:120]
        case._history_user = User(pk=actor.user_id) if actor.user_id else None  # type: ignore[attr-defined]
        case.save(force_insert=True)
        record(case, verbs.CASE_NOMINATED.code, actor, facts={"title": case.title, "effect": case.effect})
    return case


def recommend(actor: Actor, case: BenchmarkCase) -> BenchmarkCase:
    """Put it on the recommended list, for all partners to read. Raises Refused or Conflict."""
    states = (CaseState.NOMINATED, CaseState.RETIRED)
    return _decide(actor, case, states, CaseState.RECOMMENDED, verbs.CASE_RECOMMENDED)


def decline(actor: Actor, case: BenchmarkCase, reason: str) -> BenchmarkCase:
    """Not taken, with the reason. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the case is not taken."))
    return _decide(actor, case, (CaseState.NOMINATED,), CaseState.DECLINED, verbs.CASE_DECLINED, reason)


def retire(actor: Actor, case: BenchmarkCase, reason: str) -> BenchmarkCase:
    """It is no example any more. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the case is taken off the list."))
    return _decide(actor, case, (CaseState.RECOMMENDED,), CaseState.RETIRED, verbs.CASE_RETIRED, reason)


def _decide(
    actor: Actor, case: BenchmarkCase, before: tuple[str, ...], after: CaseState, verb: Verb, reason: str = ""
) -> BenchmarkCase:
    verdict: Verdict = rules.may_approve(actor.role)
    require(verdict)
    with transaction.atomic():
        row: BenchmarkCase = lock_row(case)
        if row.state not in before:
            raise Conflict(_("The case is “%(state)s” now.") % {"state": row.get_state_display()})
        row.become(after)
        row.decided_at, row.decided_by = clock.now(), actor.label[:120]
        row._history_user = User(pk=actor.user_id) if actor.user_id else None  # type: ignore[attr-defined]
        row._change_reason = reason[:100]  # type: ignore[attr-defined]
        row.save()
        record(row, verb.code, actor, facts={"title": row.title, "reason": reason})
    return row
