"""Open a diagnostic tool of the brand for a ticket, and say what came of it (R020)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import tool_use
from partners.actions.base import require
from partners.models import ToolGrant, ToolUse, ToolUseOutcome
from portal.accounts.actor import Actor
from portal.journal.log import entries_for, record
from portal.kernel.errors import Refused
from portal.workflow.corridor import lock_row
from tickets.models import Ticket
from tickets.rules.tool_use import may_diagnose


def open_tool(
    actor: Actor, ticket: Ticket, grant: ToolGrant, function: str, purpose: str, key: str | None = None
) -> ToolUse:
    """Record the use in the log of the grant and in the ticket's. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row = _locked(actor, ticket)
        known = key is not None and entries_for(row).filter(key=key).exists()
        if not known:
            require(may_diagnose(actor, row.standing()))
        job = tool_use.Job(row.number, row.product_line, row.product_model, row.serial_number)
        use = tool_use.open_tool(actor, grant, job, function, purpose, key=key)
        if not known:
            facts = {
                "tool": use.grant.tool.name,
                "grant": use.grant.number,
                "function": use.function,
                "purpose": use.purpose,
            }
            record(row, "diagnostic_opened", actor, facts=facts, key=key)
    return use


def tell_result(actor: Actor, ticket: Ticket, use: ToolUse, result: str, note: str = "") -> ToolUseOutcome:
    """What came of it, in both logs. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row = _locked(actor, ticket)
        if use.ticket_number != row.number:
            raise Refused(_("The tool was used for another ticket."))
        told = tool_use.tell_result(actor, use, result, note)
        facts = {"tool": use.grant.tool.name, "result": told.result, "note": told.note}
        record(row, "diagnostic_told", actor, facts=facts)
    return told


def _locked(actor: Actor, ticket: Ticket) -> Ticket:
    if not Ticket.objects.visible_to(actor).filter(pk=ticket.pk).exists():
        raise Refused(_("This ticket is not yours to see."))
    row: Ticket = lock_row(ticket)
    return row
