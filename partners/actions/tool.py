"""Register the tools of an outlet, change them, put them into another state (R179, R209)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import checked, held, need_reason, require, signed_by
from partners.choices.tool import ToolState
from partners.models import Outlet, Tool, ToolType
from partners.rules.tool import Check as Checked
from partners.rules.tool import due_of, may_become, may_change, may_keep, may_list
from partners.verbs import tool as verbs
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.words import joined
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row

#: What a keeper may change later; the type belongs to the number for good.
CHANGEABLE = ("outlet", "holder", "model", "serial", "bought_on", "note")


def add(actor: Actor, tool: Tool, key: str | None = None) -> Tool:
    """Register a tool; without an asset number it gets one. Raises Refused or InvalidInput.

    A repeated `key` returns the tool that it registered before.
    """
    require(may_keep(actor.role))
    with transaction.atomic():
        _own(actor, tool.outlet)
        # Two sendings at once wait for each other here.
        lock_row(tool.outlet)
        known = Tool.objects.all().visible_to(actor).filter(key=key).first() if key else None
        if known is not None:
            return known
        tool.key = key
        if not tool.type.active:
            raise InvalidInput(_("This type is not in the catalogue any more."), field="type")
        tool.number = tool.number.strip() or next_number("tool", "GJ", clock.now())
        checked(tool)
        signed_by(actor, tool, "add").save(force_insert=True)
        facts = {"number": tool.number, "type": tool.type.name, "outlet": tool.outlet.name}
        record(tool, verbs.ADDED.code, actor, facts=facts)
    return tool


def change(actor: Actor, tool: Tool, **values: Any) -> Tool:
    """Another holder, outlet of the same partner, or other words. Raises Refused, Conflict or InvalidInput."""
    require(may_keep(actor.role))
    with transaction.atomic():
        row: Tool = held(actor, tool, "change")
        before = row.outlet
        changed = [name for name in CHANGEABLE if name in values and getattr(row, name) != values[name]]
        for name in changed:
            setattr(row, name, values[name])
        if not changed:
            return row
        require(may_change(row.state))
        _own(actor, row.outlet)
        if before.partner_id != row.outlet.partner_id:
            raise InvalidInput(_("A tool moves between the outlets of one partner only."), field="outlet")
        checked(row)
        row.save()
        names = joined(str(Tool._meta.get_field(name).verbose_name) for name in changed)
        record(row, verbs.CHANGED.code, actor, facts={"fields": names})
    return row


def set_state(actor: Actor, tool: Tool, state: str, reason: str = "") -> Tool:
    """Away for calibration, out of order, back in use, retired. Raises Refused, Conflict or InvalidInput."""
    require(may_keep(actor.role))
    need_reason(reason, _("Say why, for example what is broken."))
    with transaction.atomic():
        row: Tool = held(actor, tool, reason)
        require(may_become(row.state, state))
        row.become(ToolState(state))
        row.save(update_fields=["state"])
        record(row, verbs.STATE_SET.code, actor, facts={"state": state, "reason": reason})
    return row


def keep_type(actor: Actor, row: ToolType) -> ToolType:
    """Save a type of the catalogue; another interval moves the due days of its tools. Raises Refused, InvalidInput."""
    require(may_list(actor.role))
    with transaction.atomic():
        checked(row)
        signed_by(actor, row, "catalogue").save()
        moved = sum(settle(actor, tool) for tool in row.tools.select_for_update(of=("self",)).order_by("pk"))
        facts = {"months": row.interval_months or "—", "tools": moved}
        record(row, verbs.TYPE_KEPT.code, actor, facts=facts)
    return row


def settle(actor: Actor, tool: Tool) -> bool:
    """Write what follows from the calibrations that count; answers whether it changed. The tool is locked."""
    rows = tool.calibrations.counting().order_by("checked_on", "pk")
    checks = [Checked(row.checked_on, row.result) for row in rows]
    due_on, failed = due_of(tool.type.interval_months, checks)
    if (tool.due_on, tool.failed) == (due_on, failed):
        return False
    tool.due_on, tool.failed = due_on, failed
    signed_by(actor, tool, "calibration").save(update_fields=["due_on", "failed"])
    return True


def _own(actor: Actor, outlet: Outlet) -> None:
    if not Outlet.objects.all().visible_to(actor).filter(pk=outlet.pk).exists():
        raise Refused(_("This outlet is not yours."))
