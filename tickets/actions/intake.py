"""附件1: register, correct, reclassify (R194–R202)."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions import customer as customers
from tickets.actions.base import chosen, label_of, required, ticket_action, write
from tickets.choices import Category, Urgency
from tickets.models import IntakeRecord, Ticket

#: Fields of 附件1 that the ticket itself carries.
ON_TICKET = (
    "customer", "contact", "customer_name", "contact_name", "contact_phone", "contact_email", "region", "address",
    "product_line", "product_model", "serial_number", "contract_number", "warranty_until", "description",
    "equipment", "agreement", "complaint_about",
)  # fmt: skip
_RECORD = (
    "customer_name", "contact_name", "contact_phone", "contract_number", "product_model", "serial_number",
    "warranty_until", "description", "category", "urgency", "first_opinion",
)  # fmt: skip
#: What of it may not be empty, now or after a correction (R195).
_OWED = (
    "category", "urgency", "customer_name", "contact_name", "contact_phone", "product_model", "description",
    "first_opinion",
)  # fmt: skip


@ticket_action("register")
def register(step: Step, **values: Any) -> None:
    """Complete 附件1; the category's clocks count from the receipt (R194, R195).

    Raises InvalidInput naming the field of 附件1 that is missing.
    """
    required(values, *_OWED)
    chosen(Category, values["category"], "category")
    chosen(Urgency, values["urgency"], "urgency")
    ticket: Ticket = step.row
    customers.put_on_file(step.actor, values)
    ticket.register(step.at)
    _take_over(ticket, values)
    ticket.category, ticket.urgency = values["category"], values["urgency"]
    if ticket.agreement is not None:
        ticket.tier = ticket.agreement.tier
    ticket.registrar = User.objects.filter(pk=step.actor.user_id).first()
    _write_intake(step, values, revision=1)
    step.facts |= facts_of(
        {
            "category": ticket.category,
            "urgency": ticket.urgency,
            "tier": ticket.tier,
            "customer": label_of(ticket.customer) or ticket.customer_name,
            "product_model": ticket.product_model,
            "serial_number": ticket.serial_number,
            "first_opinion": values["first_opinion"],
        }
    )
    notices.tell_customer(ticket, "ticket.registered", link="track")


@ticket_action("amend_intake")
def amend_intake(step: Step, *, reason: str, **values: Any) -> None:
    """Correct 附件1 by a new revision with a reason; the old values stay readable. Category: see `reclassify`."""
    if not reason.strip():
        raise InvalidInput(_("Say why the record is corrected."), field="reason")
    ticket: Ticket = step.row
    ticket.amend_intake()
    last = _current(ticket)
    if last is None:
        raise InvalidInput(_("There is no intake record to correct yet."))
    before = _said(last)
    merged = {**before, **values, "category": ticket.category, "urgency": ticket.urgency}
    required(merged, *_OWED)
    customers.put_on_file(step.actor, values)
    _take_over(ticket, values)
    _replace(step, last, merged, reason)
    changed = [str(IntakeRecord._meta.get_field(name).verbose_name) for name in _RECORD if merged[name] != before[name]]
    step.facts |= {"reason": reason, "fields": changed, "revision": last.revision + 1}


@ticket_action("reclassify")
def reclassify(step: Step, category: str, urgency: str, reason: str) -> None:
    """Another class or urgency; clocks are recomputed from the receipt and no breach is erased (rule 6, N05)."""
    chosen(Category, category, "category")
    chosen(Urgency, urgency, "urgency")
    required({"reason": reason}, "reason")
    ticket: Ticket = step.row
    if (category, urgency) == (ticket.category, ticket.urgency):
        raise InvalidInput(_("Category and urgency are the same as before: change one of them."), field="category")
    step.facts |= {
        "old_category": ticket.category,
        "old_urgency": ticket.urgency,
        "category": category,
        "urgency": urgency,
        "reason": reason,
    }
    ticket.reclassify(category, urgency)
    last = _current(ticket)
    if last is not None:
        _replace(step, last, {**_said(last), "category": category, "urgency": urgency}, reason)
    notices.tell_owner(ticket, "ticket.reclassified", reason=reason)


def _take_over(ticket: Ticket, values: dict[str, Any]) -> None:
    for name in ON_TICKET:
        if name in values:
            setattr(ticket, name, values[name])


def _current(ticket: Ticket) -> IntakeRecord | None:
    return ticket.intakerecord_set.current().order_by("revision").last()


def _said(record: IntakeRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _RECORD}


def _replace(step: Step, last: IntakeRecord, values: dict[str, Any], reason: str) -> None:
    """A record is corrected by a new version with a reason; the old one stays readable (spec/records.md)."""
    last.superseded = True
    last.save(update_fields=["superseded"])
    _write_intake(step, values, revision=last.revision + 1, reason=reason[:200])


def _write_intake(step: Step, values: dict[str, Any], revision: int, reason: str = "") -> IntakeRecord:
    return write(
        step,
        IntakeRecord,
        revision=revision,
        correction_reason=reason,
        accepted_on=clock.local(step.row.registered_at or step.at).date(),
        registrar=step.actor.label,
        **{name: values.get(name) or _empty(name) for name in _RECORD},
    )


def _empty(name: str) -> Any:
    return None if name == "warranty_until" else ""
