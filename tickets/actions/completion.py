"""附件3: work is done, the customer confirms or rejects (R215–R217)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from partners.models import Article, Tool
from portal.files.store import store
from portal.journal.log import subject_of
from portal.kernel.errors import Conflict, InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions import inspection_visit, parts_drawn, tool_usage
from tickets.actions.article import keep as keep_article
from tickets.actions.base import keep_files, required, ticket_action, write
from tickets.choices import Category, ConfirmationState, ServiceMode, Solved
from tickets.models import CompletionConfirmation, PartUsage, Ticket
from tickets.rules.completing import charge, may_complete
from tickets.rules.maintenance import result_of

#: How long after confirmation a ticket can be reopened (spec/workflow.md, default).
REOPEN_WITHIN = timedelta(days=30)


@ticket_action("complete")
def complete(
    step: Step,
    *,
    service_from: datetime,
    service_until: datetime,
    cause: str,
    work_and_result: str,
    inspection: Sequence[str] = (),
    inspection_passed: bool,
    explained: bool,
    labour_charge: Decimal = Decimal(0),
    parts: Sequence[Mapping[str, Any]] = (),
    tools: Iterable[Tool] = (),
    files: Iterable[Any] = (),
) -> None:
    """Fill in 附件3, draw its parts from stock and send it to the customer to sign (R134, R189)."""
    ticket: Ticket = step.row
    required({"cause": cause, "work_and_result": work_and_result}, "cause", "work_and_result")
    if labour_charge < 0:
        raise InvalidInput(_("A price cannot be negative."), field="labour_charge")
    lines = parts_drawn.listed(ticket, parts)
    used = tool_usage.check(ticket, tools)
    verdict = may_complete(
        inspection_passed=inspection_passed,
        explained=explained,
        parts=lines,
        begin=service_from,
        end=service_until,
        now=step.at,
    )
    if not verdict:
        raise InvalidInput(verdict.reason)
    ticket.complete(step.at)
    sheet = _sheet(
        step,
        mode=ticket.mode or ServiceMode.REMOTE,
        service_from=service_from,
        service_until=service_until,
        cause=cause,
        work_and_result=work_and_result,
        inspection=list(inspection),
        inspection_passed=inspection_passed,
        explained=explained,
        labour_charge=labour_charge,
        charge=charge(labour_charge, lines),
    )
    for line in parts_drawn.draw(step, lines):
        PartUsage.objects.create(completion=sheet, **line)
    tool_usage.keep(sheet, used)
    step.facts |= facts_of(
        {
            "cause": cause,
            "work_and_result": work_and_result,
            "parts": [f"{line['part_number']} × {line['quantity']}" for line in lines],
            "tools": [tool.number for tool in used],
            "charge": sheet.charge,
            "files": keep_files(step, files),
        }
    )
    if ticket.category == Category.MAINTENANCE:
        inspection_visit.write_back(step.actor, ticket, result_of(parts), work_and_result)
    notices.tell_customer(ticket, "ticket.completed", link="track", result=work_and_result)


@ticket_action("answer")
def answer(step: Step, *, answer: str, article: Article | str | None = None) -> None:
    """Answer a consultation: no visit, no parts (R201); the article that it came from is attached to the ticket."""
    ticket: Ticket = step.row
    required({"answer": answer}, "answer")
    ticket.answer(step.at)
    _sheet(
        step,
        mode=ServiceMode.REMOTE,
        service_from=ticket.accepted_at or ticket.registered_at,
        service_until=step.at,
        cause=ticket.title,
        work_and_result=answer,
        inspection_passed=True,
        explained=True,
    )
    if isinstance(article, Article):
        keep_article(step.actor, ticket, article)
    step.facts |= facts_of({"answer": answer, "article": str(article or "")})
    notices.tell_customer(ticket, "ticket.completed", link="track", result=answer)


@ticket_action("confirm")
def confirm(
    step: Step,
    *,
    signed_by: str,
    signature: Any = None,
    solved: str = Solved.YES,
    remark: str = "",
    scanned: bool = False,
) -> None:
    """The customer signs 附件3; the desk does so only with the scanned paper form (R216).

    'Not solved' in the answer beats the button: it is a rejection and must go that way (rule 11).
    """
    ticket: Ticket = step.row
    required({"signed_by": signed_by}, "signed_by")
    if solved != Solved.YES:
        raise InvalidInput(_("If it is not solved, choose “Not solved” and tell us what is missing."), field="solved")
    if signature is None:
        raise InvalidInput(_("Please sign, or attach the stamped form."), field="signature")
    sheet = _open_sheet(ticket)
    kind = "signature" if step.actor.is_customer and not scanned else "scan"
    sheet.signature = store(signature, subject_of(ticket), kind, step.actor)
    sheet.state, sheet.solved, sheet.customer_remark = ConfirmationState.CONFIRMED, solved, remark
    sheet.signed_by, sheet.signed_at = signed_by, step.at
    sheet.save()
    ticket.confirm(step.at)
    step.facts |= facts_of(
        {"signed_by": signed_by, "solved": solved, "remark": remark, "signature_sha256": sheet.signature.sha256}
    )
    notices.tell_customer(ticket, "ticket.rate", link="rate")
    notices.tell_owner(ticket, "ticket.confirmed")


@ticket_action("reject")
def reject(step: Step, *, reason: str) -> None:
    """The customer is not satisfied: a new plan is owed within three working days (R217)."""
    if not reason.strip():
        raise InvalidInput(_("Tell us what is not right, so that we can put it right."), field="reason")
    ticket: Ticket = step.row
    sheet = _open_sheet(ticket)
    sheet.state, sheet.solved, sheet.customer_remark = ConfirmationState.REJECTED, Solved.NO, reason
    sheet.save()
    ticket.reject()
    if ticket.category == Category.MAINTENANCE:
        inspection_visit.take_back(ticket)
    step.facts |= {"reason": reason}
    notices.tell_owner(ticket, "ticket.rejected", reason=reason)
    notices.tell_desk(ticket, "ticket.rejected", reason=reason)


@ticket_action("reopen")
def reopen(step: Step, *, reason: str) -> None:
    """The fault came back within the window; a new cycle begins (rule 7)."""
    ticket: Ticket = step.row
    if ticket.confirmed_at and step.at > ticket.confirmed_at + REOPEN_WITHIN:
        raise Conflict(
            _("More than %d days have passed since the confirmation: please make a new request.") % REOPEN_WITHIN.days
        )
    if not reason.strip():
        raise InvalidInput(_("Tell us what is not right, so that we can put it right."), field="reason")
    ticket.reopen()
    adds_up = ticket.agreement is not None and ticket.agreement.cycles_add_up
    step.facts |= facts_of({"reason": reason, "cycle": ticket.cycle, "adds_up": adds_up or None})
    notices.tell_owner(ticket, "ticket.reopened", reason=reason)
    notices.tell_desk(ticket, "ticket.reopened", reason=reason)


def _sheet(step: Step, **values: Any) -> CompletionConfirmation:
    ticket: Ticket = step.row
    return write(
        step,
        CompletionConfirmation,
        customer_name=ticket.customer_name,
        product_model=ticket.product_model,
        serial_number=ticket.serial_number,
        arrived_at=ticket.arrived_at,
        technician=str(ticket.owner or step.actor.label)[:60],
        **values,
    )


def _open_sheet(ticket: Ticket) -> CompletionConfirmation:
    return ticket.completionconfirmation_set.filter(state=ConfirmationState.SENT).latest("created_at")
