"""Whom a request comes from, and what he is owed: looked up while the desk registers."""

from datetime import date

from portal.accounts.actor import Actor
from tickets.models import Contact, Customer, Equipment, ServiceAgreement


def contact_of_phone(actor: Actor, phone: str) -> Contact | None:
    """The contact person with this telephone number, if there is exactly one."""
    rows = Contact.objects.visible_to(actor).filter(phone=phone).select_related("customer")
    found = list(rows[:2]) if phone else []
    return found[0] if len(found) == 1 else None


def equipment_of_serial(actor: Actor, serial_number: str) -> Equipment | None:
    """The equipment with this serial number, with customer and product line."""
    rows = Equipment.objects.visible_to(actor).select_related("customer", "product_line")
    return rows.filter(serial_number=serial_number).first() if serial_number else None


def agreement_on(customer: Customer | None, day: date) -> ServiceAgreement | None:
    """The customer's service agreement that is valid on the day; the youngest of several."""
    if customer is None:
        return None
    return customer.agreements.filter(valid_from__lte=day, valid_until__gte=day).order_by("-valid_from").first()
