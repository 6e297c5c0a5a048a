"""The preliminary analysis report and the plan told to the customer (R025, R026, R206–R208)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock
from tickets import choices
from tickets.actions import diagnosis
from tickets.forms.base import StepForm
from tickets.forms.controls import long_text, moment_field
from tickets.forms.steps import step_form
from tickets.models import Ticket


@step_form
class DiagnoseForm(StepForm):
    """Finding, cause, way of service, warranty; after a rejection it is the new plan that is owed."""

    step = "diagnose"
    finding = long_text(_("Finding"))
    probable_cause = long_text(_("Probable cause"), rows=2)
    mode = forms.ChoiceField(label=_("Way of service"), choices=choices.ServiceMode.choices, widget=forms.RadioSelect)
    warranty = forms.ChoiceField(label=_("Warranty"), choices=choices.WarrantyStatus.choices, widget=forms.RadioSelect)
    parts_needed = forms.CharField(
        label=_("Parts needed"), max_length=300, required=False, help_text=_("Part numbers and quantities.")
    )
    beyond_capability = forms.BooleanField(
        label=_("This is beyond our capability"),
        required=False,
        help_text=_("Escalate it within two working days: that clock starts now."),
    )
    #: Asked for only after a press on a heading.
    tucked_away = ("beyond_capability",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = self.ticket.mode or None
        self.fields["warranty"].initial = self._warranty()

    def _warranty(self) -> str:
        """What the ticket says, else what the date of its warranty means today."""
        if self.ticket.warranty != choices.WarrantyStatus.UNKNOWN or self.ticket.warranty_until is None:
            return self.ticket.warranty
        valid = self.ticket.warranty_until >= clock.today()
        return choices.WarrantyStatus.IN if valid else choices.WarrantyStatus.OUT

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return diagnosis.diagnose(self.actor, self.ticket, **values, **corridor)


#: Who writes down at the door what was agreed for this hour is not refused.
LATE_NOTE = timedelta(hours=1)


@step_form
class StartForm(StepForm):
    """Solution and duration; on site an appointment, out of warranty a price."""

    step = "start"
    solution = long_text(_("Solution"), help_text=_("The customer reads it."))
    duration_hours = forms.DecimalField(
        label=_("Estimated duration in hours"),
        max_digits=6,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(2000)],
    )
    appointment_at = moment_field(_("Appointment"))
    price = forms.DecimalField(
        label=_("Price in yuan"), max_digits=12, decimal_places=2, min_value=0, help_text=_("Parts at cost.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.ticket.mode != choices.ServiceMode.ON_SITE:
            self.fields.pop("appointment_at")
        if self.ticket.warranty == choices.WarrantyStatus.IN:
            self.fields.pop("price")
        elif self.ticket.warranty == choices.WarrantyStatus.UNKNOWN:
            self.fields["price"].required = False

    def clean_appointment_at(self) -> datetime:
        """A moment to come; after the arrival any since the ticket was accepted."""
        moment: datetime = self.cleaned_data["appointment_at"]
        since = self.ticket.accepted_at if self.ticket.arrived_at else None
        if moment < (since or clock.now() - LATE_NOTE):
            raise forms.ValidationError(_("The appointment lies in the past: give the time agreed with the customer."))
        return moment

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return diagnosis.start(self.actor, self.ticket, **values, **corridor)
