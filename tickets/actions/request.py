"""A request reaches us (received), and the customer adds to it later (R055, R057, R061)."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.choices import ServiceTier
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions import customer as customers
from tickets.actions.base import keep_files, ticket_action
from tickets.actions.settle import changed
from tickets.models import Ticket
from tickets.queries.sla_policy import number_in_force

PREFIX = "FW"
_FIELDS = (
    "channel", "title", "description", "customer", "contact", "customer_name", "contact_name", "contact_phone",
    "contact_email", "category", "region", "address", "product_line", "product_model", "serial_number", "equipment",
    "language",
)  # fmt: skip


def receive(actor: Actor, *, files: Iterable[Any] = (), key: str | None = None, **values: Any) -> Ticket:
    """Make a ticket of a request, whoever brings it: customer, service desk or system.

    Needs channel, title and contact_phone; a repeated `key` returns the ticket that it made before.
    Raises InvalidInput, naming the field, and Refused for partner staff and auditors.
    """
    if not (actor.role is None or actor.is_customer or actor.is_desk or actor.is_system):
        raise Refused(_("Your role does not make this step."))
    unknown = set(values) - {*_FIELDS, "new_customer"}
    if unknown:
        raise TypeError(f"receive() knows no {', '.join(sorted(unknown))}")
    for name in ("channel", "title", "contact_phone"):
        if not values.get(name):
            raise InvalidInput(_("Please give a telephone number, so that we can reach you."), field=name)
    try:
        return _receive(actor, list(files), key, values)
    except IntegrityError:
        known = _known(key)
        if known is None:
            raise
        return known


@transaction.atomic
def _receive(actor: Actor, files: list[Any], key: str | None, values: dict[str, Any]) -> Ticket:
    known = _known(key)
    if known is not None:
        return known
    now = clock.now()
    customers.put_on_file(actor, values)
    given = {name: value for name, value in values.items() if value is not None}
    ticket = Ticket(
        number=next_number("ticket", PREFIX, now),
        received_at=now,
        tier=_tier_of(values.get("customer"), now),
        request_key=key,
        policy_version=number_in_force(),
        **given,
    )
    ticket._change_reason = "receive"
    ticket.save(force_insert=True)
    step = Step(actor, ticket, "receive", now, "receive")
    facts = facts_of(
        {
            "title": ticket.title,
            "channel": ticket.channel,
            "category": ticket.category,
            "tier": ticket.tier,
            "description": ticket.description,
            "contact": ticket.contact_name,
            "files": keep_files(step, files),
        }
    )
    record(ticket, "receive", _named(actor, ticket), facts=facts, at=now, key=key)
    changed(ticket, now)
    notices.tell_customer(ticket, "ticket.received", link="track")
    notices.tell_desk(ticket, "ticket.new")
    return ticket


@ticket_action("add_information")
def add_information(step: Step, text: str, files: Iterable[Any] = ()) -> None:
    """The customer, or the desk for him, adds words or files to a running ticket (R061)."""
    step.row.add_information()
    step.facts |= facts_of({"text": text, "files": keep_files(step, files)})
    notices.tell_owner(step.row, "ticket.information", text=text)


def _known(key: str | None) -> Ticket | None:
    return Ticket.objects.filter(request_key=key).first() if key else None


def _named(actor: Actor, ticket: Ticket) -> Actor:
    """An anonymous visitor is named as he named himself."""
    if actor.role is None:
        return Actor.customer(ticket.pk, ticket.contact_name or ticket.customer_name or ticket.contact_phone)
    return actor


def _tier_of(customer: Any, now: Any) -> str:
    """The tier of the customer's agreement that is valid today, else basic (R008)."""
    if customer is None:
        return ServiceTier.BASIC
    day = clock.local(now).date()
    agreement = customer.agreements.filter(valid_from__lte=day, valid_until__gte=day).order_by("-valid_from").first()
    return agreement.tier if agreement else ServiceTier.BASIC
