"""The sheets of customers with their main contact, of equipment and of agreements (R185–R187, R191)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.exchange.cells import PhoneCell, TextCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.worktime.actions import KEEPERS
from tickets.models import Contact, Customer, Equipment, ServiceAgreement

MAIN = "main_contact__"


def main_contact(customer: Customer) -> Contact:
    """The customer's main contact; a new one, not yet saved, where there is none."""
    if "_main_contact" not in customer.__dict__:
        known = list(customer.contacts.all()) if customer.pk else []
        chosen = next((contact for contact in known if contact.primary), known[0] if known else None)
        customer._main_contact = chosen or Contact(customer=customer, primary=True)
    return customer._main_contact


class ContactColumn(Column):
    """A column of the main contact beside those of the customer."""

    def get_value(self, instance: Customer) -> Any:
        return getattr(main_contact(instance), self.attribute.removeprefix(MAIN))


@register
class CustomerResource(BaseResource):
    contact_name = ContactColumn(f"{MAIN}name", TextCell(), gettext_lazy("Contact person"), mask="name")
    contact_phone = ContactColumn(f"{MAIN}phone", PhoneCell(), gettext_lazy("Contact telephone"), mask="phone")
    contact_email = ContactColumn(f"{MAIN}email", TextCell(), gettext_lazy("E-mail"), mask="email")

    class Meta:
        model = Customer
        import_id_fields = ("code",)
        fields = (
            "code",
            "kind",
            "name",
            "uscc",
            "region",
            "address",
            "contact_name",
            "contact_phone",
            "contact_email",
            "active",
            "calendar",
        )
        personal = {"address": "address"}
        region = "region"

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("contacts")

    def put(self, instance: Customer, column: Column, value: Any) -> None:
        if isinstance(column, ContactColumn):
            setattr(main_contact(instance), column.attribute.removeprefix(MAIN), value)
        else:
            super().put(instance, column, value)

    def validate_instance(self, instance: Customer, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """The contact's own checks stand in the contact's columns. A calendar moves due times: managers name it."""
        errors = dict(import_validation_errors or {})
        calendar = self.fields["calendar"].text(instance)
        if self.actor.role not in KEEPERS and calendar != self.before.get("calendar", ""):
            errors["calendar"] = ValidationError(_("Brand managers name the calendar: leave this column as it is."))
        contact = main_contact(instance)
        if contact.pk or contact.name or contact.phone or contact.email:
            try:
                contact.full_clean(exclude=["customer"])
            except ValidationError as error:
                errors.update({f"{MAIN}{name}": found for name, found in error.error_dict.items()})
        super().validate_instance(instance, errors, **kwargs)

    def write(self, instance: Customer, *, new: bool) -> None:
        contact = main_contact(instance)
        super().write(instance, new=new)
        if contact.name or contact.phone:
            contact.customer = instance
            contact._history_user, contact._change_reason = instance._history_user, "import"
            contact.save()


@register
class EquipmentResource(BaseResource):
    class Meta:
        model = Equipment
        import_id_fields = ("serial_number",)
        fields = (
            "serial_number",
            "customer",
            "product_line",
            "model",
            "contract_number",
            "installed_on",
            "warranty_from",
            "warranty_until",
            "address",
        )
        fixed = ("customer",)
        personal = {"address": "address"}


@register
class AgreementResource(BaseResource):
    class Meta:
        model = ServiceAgreement
        import_id_fields = ("number",)
        fields = (
            "number",
            "customer",
            "tier",
            "product_name",
            "contract_number",
            "warranty_from",
            "warranty_until",
            "signed_on",
            "signed_at",
            "valid_from",
            "valid_until",
            "inspection_months",
            "cycles_add_up",
        )
        fixed = ("customer",)
