"""What a customer fills in: the service request, and how he finds it again (R130, R193, R214)."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.models import ProductLine
from portal.accounts.actor import Actor
from portal.kernel.errors import InvalidInput
from portal.kernel.named_fields import NamesItsFields
from portal.kernel.phone import PHONE
from portal.webkit.forms import VersionedForm
from portal.webkit.widgets import ManyFilesField
from tickets.actions.request import receive
from tickets.choices import REPORTED, Category, Channel
from tickets.forms.fields import EMPTY_CHOICE
from tickets.models import Ticket
from tickets.rules.region import REGIONS


class RequestForm(VersionedForm):
    """The public form: few questions, a telephone number is the only thing that we cannot do without."""

    category = forms.ChoiceField(
        label=_("What is it about?"), choices=REPORTED, widget=forms.RadioSelect, initial=Category.FAULT
    )
    description = forms.CharField(
        label=_("What happened?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("When did it begin, what do you see or hear, which message is shown?"),
    )  # fmt: skip
    product_line = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.none(), required=False, empty_label=_("I do not know")
    )
    product_model = forms.CharField(label=_("Product model"), max_length=80, required=False)
    serial_number = forms.CharField(
        label=_("Serial number"),
        max_length=80,
        required=False,
        help_text=_("On the name plate; it lets us check the warranty."),
    )
    contact_name = forms.CharField(label=_("Your name"), max_length=60)
    contact_phone = forms.CharField(
        label=_("Telephone"), max_length=32, validators=[PHONE],
        error_messages={"required": _("Please give a telephone number, so that we can reach you.")},
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("We send every step of progress there.")
    )
    customer_name = forms.CharField(label=_("Company"), max_length=120, required=False)
    region = forms.ChoiceField(label=_("Region"))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    files = ManyFilesField(label=_("Photos, video or log files"), required=False, max_mb=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_line"].queryset = ProductLine.objects.all()
        self.fields["region"].choices = [EMPTY_CHOICE, *((name, name) for name in REGIONS)]

    def save(self, actor: Actor) -> Ticket:
        """Make the ticket; InvalidInput becomes an error of the form and is raised too."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}
        try:
            return receive(
                actor,
                channel=Channel.PORTAL,
                title=title_of(values["description"]),
                language=get_language() or "zh-hans",
                key=self.sent_key,
                **{**values, "customer_name": values["customer_name"] or values["contact_name"]},
            )
        except InvalidInput as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))
            raise


def title_of(description: str) -> str:
    """The first line or sentence, short enough for a list."""
    first = description.strip().splitlines()[0]
    for mark in "。！？!?":
        first = first.split(mark)[0]
    return first if len(first) <= 60 else f"{first[:59]}…"


class TrackForm(NamesItsFields, forms.Form):
    """工单查询 by number and telephone (R214)."""

    number = forms.CharField(label=_("Ticket number"), max_length=40)
    phone = forms.CharField(label=_("Contact telephone"), max_length=32, validators=[PHONE])


class CodeForm(NamesItsFields, forms.Form):
    """The six digits that we sent."""

    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=_("Six-digit code"),
        max_length=10,
        error_messages={"invalid": _("The code has six digits.")},
    )
