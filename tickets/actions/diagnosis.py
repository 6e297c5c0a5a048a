"""The preliminary analysis, and the plan told to the customer (R025, R026, R206–R208)."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions.base import chosen, required, ticket_action, write
from tickets.choices import ServiceMode, WarrantyStatus
from tickets.models import Diagnosis, ServicePlan, Ticket


@ticket_action("diagnose")
def diagnose(
    step: Step,
    *,
    finding: str,
    probable_cause: str,
    mode: str,
    warranty: str,
    parts_needed: str = "",
    beyond_capability: bool = False,
) -> None:
    """Write the preliminary analysis report; after a rejection it is the new plan that is owed (R025, R217).

    `beyond_capability` starts the clock within which the ticket must be escalated (R210).
    """
    ticket: Ticket = step.row
    said = {
        "finding": finding,
        "probable_cause": probable_cause,
        "mode": mode,
        "warranty": warranty,
        "parts_needed": parts_needed,
    }
    required(said, "finding", "probable_cause")
    chosen(ServiceMode, mode, "mode")
    chosen(WarrantyStatus, warranty, "warranty")
    ticket.diagnose(mode, warranty)
    write(step, Diagnosis, **said)
    step.facts |= facts_of(said)
    if beyond_capability:
        step.facts |= {"beyond_capability": True}
    notices.tell_customer(ticket, "ticket.diagnosed", finding=finding)


@ticket_action("start")
def start(
    step: Step,
    *,
    solution: str,
    duration_hours: Decimal,
    appointment_at: datetime | None = None,
    price: Decimal | None = None,
) -> None:
    """Tell the customer solution and duration, on site the appointment, out of warranty the price (R026, R189)."""
    ticket: Ticket = step.row
    required({"solution": solution}, "solution")
    if duration_hours <= 0:
        raise InvalidInput(_("Tell the customer how long it will take."), field="duration_hours")
    if price is not None and price < 0:
        raise InvalidInput(_("A price cannot be negative."), field="price")
    if ticket.mode == ServiceMode.ON_SITE and appointment_at is None:
        raise InvalidInput(_("On-site service needs an appointment with the customer."), field="appointment_at")
    if ticket.warranty == WarrantyStatus.OUT and price is None:
        raise InvalidInput(_("Out of warranty the customer must be told the price."), field="price")
    begin = appointment_at or step.at
    ticket.start(step.at, begin + timedelta(hours=float(duration_hours)), appointment_at)
    said = {
        "solution": solution,
        "duration_hours": duration_hours,
        "appointment_at": appointment_at,
        "price": price,
    }
    write(step, ServicePlan, **said)
    step.facts |= facts_of(said)
    notices.tell_customer(ticket, "ticket.started", solution=solution, hours=duration_hours)
