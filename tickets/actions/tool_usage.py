"""Tools on the sheet of a job: only those of the outlet that may measure today (R179, R209)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from partners.models import Tool
from portal.kernel.errors import InvalidInput
from tickets.models import CompletionConfirmation, Ticket, ToolUsage


def check(ticket: Ticket, tools: Iterable[Tool]) -> list[Tool]:
    """The tools, each once. Raises InvalidInput for one of another outlet, out of use or not calibrated."""
    wanted = {tool.pk for tool in tools}
    rows = list(Tool.objects.filter(pk__in=wanted).select_related("type").order_by("number"))
    for row in rows:
        if row.outlet_id != ticket.outlet_id:
            raise InvalidInput(_("%(tool)s belongs to another outlet.") % {"tool": row.number}, field="tools")
        verdict = row.measures
        if not verdict:
            raise InvalidInput(verdict.reason, field="tools")
    return rows


def keep(sheet: CompletionConfirmation, tools: Iterable[Tool]) -> None:
    """Write what was used to the sheet, as it was called and calibrated on that day."""
    for tool in tools:
        until = tool.due_on if tool.type.interval_months else None
        row = ToolUsage(completion=sheet, tool=tool, number=tool.number, name=tool.type.name, calibrated_until=until)
        row._history_user_id = sheet.created_by_id
        row.save(force_insert=True)
