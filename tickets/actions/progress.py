"""附件2 and what else happens while work goes on (R060, R207–R213)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions.base import chosen, keep_files, required, ticket_action, write
from tickets.choices import Channel, ProgressStatus, ServiceMode, SuspendReason
from tickets.models import ContactNote, ProgressEntry, Ticket
from tickets.queries.parts_open import open_part_request
from tickets.queries.sla_policy import policy_of
from tickets.rules.pausing import objection
from tickets.rules.sla_policy.pausing import PART_REQUEST

#: Whoever waits longer has forgotten the ticket.
LONGEST_WAIT = timedelta(days=366)


@ticket_action("progress")
def progress(
    step: Step,
    *,
    status: str,
    measures: str,
    communication: str = "",
    needed_from_customer: str = "",
    next_step: str = "",
    files: Iterable[Any] = (),
) -> None:
    """One row of 附件2, sent to the customer (R060, R212)."""
    ticket: Ticket = step.row
    chosen(ProgressStatus, status, "status")
    required({"measures": measures}, "measures")
    ticket.progress()
    said = {
        "status": status,
        "measures": measures,
        "communication": communication,
        "needed_from_customer": needed_from_customer,
        "next_step": next_step,
    }
    write(step, ProgressEntry, updated_on=clock.local(step.at).date(), responsible=str(ticket.owner or ""), **said)
    step.facts |= facts_of({**said, "customer_communication": communication, "files": keep_files(step, files)})
    notices.tell_customer(ticket, "ticket.progress", measures=measures, needed=needed_from_customer, next=next_step)


@ticket_action("contact")
def contact(step: Step, *, channel: str, summary: str, outward: bool = True, opinion: bool = False) -> None:
    """Log a conversation with the customer; an outward one stops the response clock (rule 4)."""
    chosen(Channel, channel, "channel")
    required({"summary": summary}, "summary")
    step.row.contact_customer()
    write(step, ContactNote, channel=channel, summary=summary, outward=outward)
    step.facts |= facts_of({"channel": channel, "summary": summary, "outward": outward, "opinion": opinion})


@ticket_action("arrive")
def arrive(step: Step) -> None:
    """The technician is on site (R208)."""
    if step.row.mode != ServiceMode.ON_SITE:
        raise InvalidInput(_("This ticket is handled remotely: nobody has to arrive."))
    step.row.arrive(step.at)
    notices.tell_customer(step.row, "ticket.arrived")


@ticket_action("suspend")
def suspend(step: Step, reason: str, expected_at: datetime, note: str = "", files: Iterable[Any] = ()) -> None:
    """Work waits for a reason until an expected time; whether clocks pause is the policy's business (rule 5).

    The ticket's policy says who may use the reason and what he must show.
    """
    chosen(SuspendReason, reason, "reason")
    if expected_at > step.at + LONGEST_WAIT:
        raise InvalidInput(_("Work cannot wait for more than a year: choose an earlier day."), field="expected_at")
    if expected_at <= step.at:
        raise InvalidInput(_("The expected time lies in the past: give one to come."), field="expected_at")
    ticket, shown = step.row, list(files)
    rule = policy_of(ticket).pause_rules.get(reason)
    part_open = rule is not None and rule.evidence == PART_REQUEST and open_part_request(ticket)
    against = objection(rule, step.actor.role, note=note, files=bool(shown), part_open=part_open)
    if against is not None:
        raise InvalidInput(against.reason, field=against.field)
    ticket.suspend(reason, expected_at)
    kept = keep_files(step, shown)
    step.facts |= facts_of({"reason": reason, "expected_at": expected_at, "note": note, "files": kept})
    notices.tell_customer(step.row, "ticket.suspended", until=expected_at)


@ticket_action("resume")
def resume(step: Step) -> None:
    """Work goes on."""
    step.row.resume()
    notices.tell_customer(step.row, "ticket.resumed")
