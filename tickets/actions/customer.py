"""Add a customer or a contact person while a request is taken (R185)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.numbering.take import next_number
from tickets.choices import CustomerKind
from tickets.models import Contact, Customer

PREFIX = "KH"


@transaction.atomic
def add_customer(
    actor: Actor, *, name: str, kind: str = CustomerKind.COMPANY, region: str = "", address: str = ""
) -> Customer:
    """A new customer with the next customer code. Only the service desk; the name is owed."""
    _require_desk(actor)
    if not name.strip():
        raise InvalidInput(_("Give the customer's name."), field="customer_name")
    customer = Customer(
        code=next_number("customer", PREFIX, clock.now()), name=name, kind=kind, region=region, address=address
    )
    customer._history_user = User(pk=actor.user_id)
    customer.save(force_insert=True)
    return customer


@transaction.atomic
def contact_for(actor: Actor, customer: Customer, *, name: str, phone: str, email: str = "") -> Contact:
    """The customer's contact person with this number; a new one if there is none yet."""
    _require_desk(actor)
    known = customer.contacts.filter(phone=phone, name=name).first()
    if known is not None:
        return known
    contact = Contact(customer=customer, name=name, phone=phone, email=email, primary=not customer.contacts.exists())
    contact._history_user = User(pk=actor.user_id)
    contact.save(force_insert=True)
    return contact


def put_on_file(actor: Actor, values: dict[str, Any]) -> None:
    """Put customer and contact into `values` in place of what was typed, where they hold a `new_customer`.

    Inside the step that needs them: one that is refused, or sent twice, leaves no customer behind (C02).
    """
    if "new_customer" not in values:
        return
    if values.pop("new_customer"):
        values["customer"] = add_customer(
            actor, name=values["customer_name"], region=values["region"], address=values["address"]
        )
    customer = values.get("customer")
    if customer is not None:
        values["contact"] = contact_for(
            actor, customer, name=values["contact_name"], phone=values["contact_phone"], email=values["contact_email"]
        )


def _require_desk(actor: Actor) -> None:
    if not actor.is_desk:
        raise Refused(_("Your role does not make this step."))
