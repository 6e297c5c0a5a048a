"""Record a calibration, reject one, and tell in time what is due (R179)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import checked, held, need_reason, require, signed_by
from partners.actions.tool import settle
from partners.choices.tool import CheckResult, ToolState
from partners.models import Calibration, CalibrationWarning, Tool
from partners.notices import tool as notices
from partners.queries.tool import due_within
from partners.rules.deadline import next_warning
from partners.rules.tool import OVERDUE, WARN_DAYS, may_keep, may_list
from partners.verbs import tool as verbs
from portal.accounts.actor import Actor
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import record as journal
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.workflow.corridor import lock_row


def record(actor: Actor, row: Calibration, upload: Any = None) -> Calibration:
    """Keep the certificate of a calibration; the newest one says until when the tool may be used.

    A failed one puts the tool out of order, a passed one brings it back. Raises Refused, Conflict or InvalidInput.
    """
    require(may_keep(actor.role))
    with transaction.atomic():
        tool: Tool = held(actor, row.tool, "calibration")
        possible(tool, row)
        row.tool, row.recorded_at, row.recorded_by = tool, clock.now(), actor.label[:120]
        checked(row)
        signed_by(actor, row, "record").save(force_insert=True)
        if upload is not None:
            _keep_file(actor, row, upload)
        settle(actor, tool)
        if tool.calibrations.counting().first() == row:
            _follow(actor, tool, row)
        facts = {
            "certificate": row.certificate_number,
            "body": row.body,
            "on": row.checked_on,
            "result": row.result,
            "due_on": tool.due_on or "—",
        }
        journal(tool, verbs.CALIBRATED.code, actor, facts=facts)
    return row


def possible(tool: Tool, row: Calibration) -> None:
    """Whether such a calibration can be. Raises Conflict for a retired tool, or InvalidInput that names the field."""
    if tool.state == ToolState.RETIRED:
        raise Conflict(_("A retired tool is not calibrated any more."))
    if tool.type.interval_months is None:
        raise InvalidInput(_("Tools of this type need no calibration."), field="tool")
    if row.checked_on > clock.today():
        raise InvalidInput(_("This day is still to come."), field="checked_on")
    if tool.bought_on and row.checked_on < tool.bought_on:
        raise InvalidInput(_("The tool was bought later, on %(day)s.") % {"day": tool.bought_on}, field="checked_on")


def _keep_file(actor: Actor, row: Calibration, upload: Any) -> None:
    try:
        store(upload, row, AttachmentKind.SCAN, actor, public=False)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="file") from error


def _bring(actor: Actor, tool: Tool, state: ToolState) -> None:
    if tool.state != state:
        tool.become(state)
        signed_by(actor, tool, "calibration").save(update_fields=["state"])


def _follow(actor: Actor, tool: Tool, row: Calibration) -> None:
    """The newest check moves the tool's state, and the brand hears of a failure.

    A tool that is out of order for another reason than a failed check stays so: a calibration mends nothing.
    """
    failed = row.result == CheckResult.FAILED
    before = tool.calibrations.counting().exclude(pk=row.pk).first()
    if failed or tool.state != ToolState.OUT_OF_ORDER or (before and before.result == CheckResult.FAILED):
        _bring(actor, tool, ToolState.OUT_OF_ORDER if failed else ToolState.IN_USE)
    if failed:
        notices.tell_technical(tool, "tool.failed", until=row.checked_on, days=0)


def reject(actor: Actor, calibration: Calibration, reason: str) -> Calibration:
    """The record does not count: the one before it does again. Raises Refused, Conflict or InvalidInput."""
    require(may_list(actor.role))
    need_reason(reason, _("Say what is wrong with the certificate: the partner reads it."))
    with transaction.atomic():
        tool: Tool = held(actor, calibration.tool, "reject")
        row: Calibration = held(actor, calibration, reason)
        if row.rejected_at is not None:
            raise Conflict(_("This record was rejected already."))
        row.rejected_at, row.rejected_by_id, row.rejected_reason = clock.now(), actor.user_id, reason[:300]
        row.save(update_fields=["rejected_at", "rejected_by", "rejected_reason"])
        settle(actor, tool)
        left = tool.calibrations.counting().first()
        if left and left.result == CheckResult.FAILED and tool.state == ToolState.IN_USE:
            _bring(actor, tool, ToolState.OUT_OF_ORDER)
        facts = {"certificate": row.certificate_number, "reason": reason}
        journal(tool, verbs.REJECTED.code, actor, facts=facts)
        notices.tell_rejected(row)
    return row


def warn(today: date) -> int:
    """Tell of calibrations due in 30, 7 and 0 days and of overdue ones, each once; answers how many (R179)."""
    return sum(_warn(tool, today) for tool in due_within(today))


def _warn(tool: Tool, today: date) -> bool:
    with transaction.atomic():
        row: Tool = lock_row(tool)
        if row.due_on is None:
            return False
        left = (row.due_on - today).days
        sent = CalibrationWarning.objects.filter(tool=row, due_on=row.due_on).values_list("days", flat=True)
        days = next_warning(left, WARN_DAYS, list(sent))
        if days is None:
            return False
        CalibrationWarning.objects.create(tool=row, due_on=row.due_on, days=days, warned_at=clock.now())
        if days == OVERDUE:
            told = {"partner": row.outlet.partner.name, "until": row.due_on, "days": left}
            notices.tell_keepers(row, "tool.overdue", **told)
            notices.tell_technical(row, "tool.overdue", until=row.due_on, days=left)
        else:
            partner = row.outlet.partner.name
            notices.tell_keepers(row, "tool.due", partner=partner, until=row.due_on, days=left)
    return True
