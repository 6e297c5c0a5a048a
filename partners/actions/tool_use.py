"""Open a diagnostic tool for a ticket, and say what came of it: two rows that nobody changes any more (R020)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import require
from partners.choices.tool_grant import ToolFunction, UseResult
from partners.models import ProductLine, Staff, ToolGrant, ToolUse, ToolUseOutcome
from partners.queries.tool_grant import person_of, user_of
from partners.rules.tool_grant import Case, may_use
from partners.verbs import tool_grant as verbs
from portal.accounts.actor import Actor
from portal.journal.log import entries_for, record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.workflow.corridor import lock_row

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Job:
    """The ticket for which the tool is opened."""

    number: str
    line: ProductLine | None
    model: str = ""
    serial: str = ""


def open_tool(actor: Actor, grant: ToolGrant, job: Job, function: str, purpose: str, key: str | None = None) -> ToolUse:
    """Record that the tool is opened; only then the page shows where it is. Sent twice it is recorded once.

    Raises Refused in words when the grant does not let this person do that for this ticket, or InvalidInput.
    """
    purpose = purpose.strip()
    if not purpose or len(purpose) > LONGEST:
        raise InvalidInput(_("Say in 1 to %(n)d characters what you look for.") % {"n": LONGEST}, field="purpose")
    if function not in ToolFunction.values:
        raise InvalidInput(_("Choose what you do with the tool."), field="function")
    staff = person_of(actor)
    if staff is None or not ToolGrant.objects.all().visible_to(actor).filter(pk=grant.pk).exists():
        raise Refused(_("This grant is not yours."))
    with transaction.atomic():
        row: ToolGrant = lock_row(grant)
        today, line = clock.today(), job.line.pk if job.line else None
        if staff.outlet.partner_id != row.partner_id:
            raise Refused(_("This grant is not yours."))
        sent = entries_for(row).filter(key=key).first() if key else None
        if sent is not None:
            return _recorded(row, staff, sent.happened_at)
        require(may_use(row.covers(), user_of(staff, line, today), Case(line, job.model), today, function))
        use = ToolUse.objects.create(
            grant=row,
            staff=staff,
            user_id=actor.user_id,
            author=actor.label[:120],
            opened_at=clock.now(),
            ticket_number=job.number,
            product_line=job.line,
            product_model=job.model,
            serial_number=job.serial,
            function=function,
            purpose=purpose,
        )
        facts = {
            "tool": row.tool.name,
            "ticket": job.number,
            "serial": job.serial or "—",
            "function": function,
            "purpose": purpose,
        }
        record(row, verbs.USED.code, actor, facts=facts, key=key, at=use.opened_at)
    return use


def _recorded(grant: ToolGrant, staff: Staff, at: datetime) -> ToolUse:
    """What was recorded when the same was sent before."""
    use = ToolUse.objects.filter(grant=grant, staff=staff, opened_at=at).first()
    if use is None:
        raise Refused(_("This grant is not yours."))
    return use


def tell_result(actor: Actor, use: ToolUse, result: str, note: str = "") -> ToolUseOutcome:
    """What came of it, once, by whoever used the tool. Raises Refused, Conflict or InvalidInput."""
    if result not in UseResult.values:
        raise InvalidInput(_("Choose what came of it."), field="result")
    if use.user_id != actor.user_id:
        raise Refused(_("Only whoever used the tool says what came of it."))
    with transaction.atomic():
        grant: ToolGrant = lock_row(use.grant)
        if ToolUseOutcome.objects.filter(use=use).exists():
            raise Conflict(_("The result was told already; the log is not changed."))
        row = ToolUseOutcome.objects.create(
            use=use, result=result, note=note.strip()[:500], told_at=clock.now(), author=actor.label[:120]
        )
        facts = {"tool": grant.tool.name, "ticket": use.ticket_number, "result": result, "note": row.note}
        record(grant, verbs.RESULT_TOLD.code, actor, facts=facts)
    return row
