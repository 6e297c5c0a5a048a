"""The delivery of a product to the customer, after which he is asked how it does (R128)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock
from tickets.actions import delivery
from tickets.forms.base import StepForm
from tickets.forms.controls import long_text, moment_field
from tickets.forms.steps import step_form
from tickets.models import Ticket


@step_form
class DeliverForm(StepForm):
    """When the repaired or new product was handed over, and what it was."""

    step = "deliver"
    delivered_at = moment_field(_("Handed over at"))
    note = long_text(_("What was delivered"), rows=2, required=False)

    def clean_delivered_at(self) -> datetime:
        """A moment since the receipt of the request, not one to come."""
        moment: datetime = self.cleaned_data["delivered_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("The delivery lies in the future: log it when it has happened."))
        return moment

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return delivery.deliver(self.actor, self.ticket, **values, **corridor)
