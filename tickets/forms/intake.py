"""附件1: take a request, register it, correct the record, reclassify (R194–R202)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import ProductLine, Staff
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.kernel.phone import PHONE
from portal.webkit.forms import PageForm
from tickets import choices
from tickets.actions import intake, request
from tickets.forms.base import StepForm
from tickets.forms.fields import EMPTY_CHOICE
from tickets.forms.steps import step_form
from tickets.models import Customer, Ticket
from tickets.queries.served import agreement_on, contact_of_phone, equipment_of_serial

#: How requests reach the desk; the others come in by themselves.
DESK_CHANNELS = [
    (channel.value, channel.label)
    for channel in (
        choices.Channel.PHONE,
        choices.Channel.WALK_IN,
        choices.Channel.MAIL,
        choices.Channel.CHAT,
        choices.Channel.SOCIAL,
        choices.Channel.APP,
    )
]


class WhoFields(NamesItsFields, forms.Form):
    """The customer, known or new, and whom to call."""

    customer = forms.ModelChoiceField(Customer.objects.none(), label=_("Customer on file"), required=False)
    new_customer = forms.BooleanField(label=_("Add as a new customer"), required=False)
    customer_name = forms.CharField(label=_("Customer name"), max_length=120)
    contact_name = forms.CharField(label=_("Contact person"), max_length=60)
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=32, validators=[PHONE])
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    region = forms.CharField(label=_("Region"), max_length=60, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    actor: Actor

    def clean(self) -> dict[str, Any]:
        """A customer on file and a new one exclude each other."""
        values = super().clean() or {}
        if values.get("customer") and values.get("new_customer"):
            self.add_error("new_customer", _("Choose a customer on file or add a new one, not both."))
        return values


class ReceiveForm(WhoFields, PageForm):
    """A request that somebody took by telephone, at the counter or by mail; it becomes a ticket to register."""

    channel = forms.ChoiceField(label=_("Channel"), choices=DESK_CHANNELS)
    title = forms.CharField(label=_("Subject"), max_length=200)
    description = forms.CharField(label=_("Problem description"), required=False, widget=forms.Textarea)
    product_model = forms.CharField(label=_("Product model"), max_length=80, required=False)
    serial_number = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = [
        "channel", "title", "description", "contact_phone", "contact_name", "customer", "new_customer", "customer_name",
        "contact_email", "region", "address", "product_model", "serial_number",
    ]  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["customer"].queryset = Customer.objects.visible_to(actor)
        self.fields["customer_name"].required = False

    def clean(self) -> dict[str, Any]:
        """The name of a customer on file need not be typed again; a person's own name will do."""
        values = super().clean()
        known = values.get("customer")
        values["customer_name"] = (
            values.get("customer_name") or (known.name if known else "") or values.get("contact_name", "")
        )
        return values

    def save(self) -> Ticket:
        """Receive the request; the same key twice makes one ticket."""
        values = dict(self.cleaned_data)
        key = str(values.pop("key"))
        equipment = equipment_of_serial(self.actor, values["serial_number"])
        line = equipment.product_line if equipment else None
        return request.receive(self.actor, key=key, equipment=equipment, product_line=line, **values)


class IntakeForm(WhoFields, StepForm):
    """All of 附件1."""

    product_line = forms.ModelChoiceField(ProductLine.objects.all(), label=_("Product line"), required=False)
    product_model = forms.CharField(label=_("Product model"), max_length=80)
    serial_number = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    contract_number = forms.CharField(label=_("Contract number"), max_length=60, required=False)
    warranty_until = forms.DateField(
        label=_("Warranty until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    description = forms.CharField(label=_("Problem description"), widget=forms.Textarea)
    first_opinion = forms.CharField(label=_("Preliminary opinion on handling"), widget=forms.Textarea)

    complaint_about = forms.ModelChoiceField(
        Staff.objects.none(),
        label=_("Complaint about"),
        required=False,
        help_text=_("Nobody may handle a complaint against himself."),
    )

    on_ticket = (
        "customer", "customer_name", "contact_name", "contact_phone", "contact_email", "region", "address",
        "product_line", "product_model", "serial_number", "contract_number", "warranty_until", "description",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = Customer.objects.visible_to(self.actor)
        self.fields["complaint_about"].queryset = Staff.objects.visible_to(self.actor)
        self.fields["complaint_about"].initial = self.ticket.complaint_about_id
        known = self._known()
        for name in self.on_ticket:
            self.fields[name].initial = self._said(name) or known.get(name) or getattr(self.ticket, name)

    def _said(self, name: str) -> Any:
        """What the ticket says itself; a person's own name in place of a company's says nothing against the files."""
        value = getattr(self.ticket, name)
        return "" if name == "customer_name" and value == self.ticket.contact_name else value

    def _known(self) -> dict[str, Any]:
        """What the files say of this telephone and serial number, where the ticket itself says nothing."""
        if self.is_bound:
            return {}
        found: dict[str, Any] = {}
        contact = contact_of_phone(self.actor, self.ticket.contact_phone)
        if contact is not None:
            found |= {"customer": contact.customer_id, "customer_name": contact.customer.name}
            found |= {"contact_name": contact.name, "region": contact.customer.region}
            found |= {"address": contact.customer.address}
        equipment = equipment_of_serial(self.actor, self.ticket.serial_number)
        if equipment is not None:
            found |= {name: getattr(equipment, name) for name in ("contract_number", "warranty_until")}
            found |= {"customer": equipment.customer_id, "customer_name": equipment.customer.name}
            found |= {"product_model": equipment.model, "product_line": equipment.product_line_id}
        return found

    def taken(self, values: dict[str, Any]) -> dict[str, Any]:
        """The cleaned values with equipment and agreement found; the step puts customer and contact on file."""
        values.setdefault("new_customer", False)
        values["equipment"] = equipment_of_serial(self.actor, values["serial_number"]) or self.ticket.equipment
        values["agreement"] = agreement_on(values.get("customer"), clock.today()) or self.ticket.agreement
        return values


@step_form
class RegisterForm(IntakeForm):
    """Complete 附件1 (R195)."""

    step = "register"
    category = forms.ChoiceField(label=_("Problem type"), choices=[EMPTY_CHOICE, *choices.REPORTED])
    urgency = forms.ChoiceField(label=_("Urgency"), choices=[EMPTY_CHOICE, *choices.Urgency.choices])

    field_order = [
        "customer", "new_customer", "customer_name", "contact_name", "contact_phone", "contact_email", "region",
        "address", "product_line", "product_model", "serial_number", "contract_number", "warranty_until",
        "category", "urgency", "complaint_about", "description", "first_opinion",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = self.ticket.category
        self.fields["urgency"].initial = self.ticket.urgency or choices.Urgency.NORMAL

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return intake.register(self.actor, self.ticket, **self.taken(values), **corridor)


@step_form
class AmendIntakeForm(IntakeForm):
    """Correct 附件1 by a new revision; the old values stay readable."""

    step = "amend_intake"
    reason = forms.CharField(label=_("Reason of the correction"), max_length=200)

    field_order = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.ticket.intakerecord_set.current().last()
        self.fields["first_opinion"].initial = record.first_opinion if record else ""
        self.fields.pop("new_customer")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return intake.amend_intake(self.actor, self.ticket, **self.taken(values), **corridor)


@step_form
class ReclassifyForm(StepForm):
    """Another category or urgency; clocks are computed again from the receipt (R202)."""

    step = "reclassify"
    category = forms.ChoiceField(label=_("Problem type"), choices=choices.REPORTED)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=choices.Urgency.choices)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = self.ticket.category
        self.fields["urgency"].initial = self.ticket.urgency

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return intake.reclassify(self.actor, self.ticket, **values, **corridor)
