"""Conversations with the customer, and what he adds (R061; rule 4 of the clocks)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets import choices
from tickets.actions import progress
from tickets.forms.base import StepForm
from tickets.forms.steps import step_form
from tickets.models import Ticket

CHANNELS = [
    (channel.value, channel.label)
    for channel in (
        choices.Channel.PHONE,
        choices.Channel.CHAT,
        choices.Channel.MAIL,
        choices.Channel.SOCIAL,
        choices.Channel.WALK_IN,
    )
]


@step_form
class ContactForm(StepForm):
    """Log a contact: only an outward one by a human being stops the response clock."""

    step = "contact"
    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS)
    summary = forms.CharField(label=_("What was said"), widget=forms.Textarea)
    outward = forms.BooleanField(
        label=_("We contacted the customer"),
        required=False,
        initial=True,
        help_text=_("Only such a contact counts as a response."),
    )
    opinion = forms.BooleanField(label=_("The customer was told a first opinion on the complaint"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.ticket.category != choices.Category.COMPLAINT:
            self.fields.pop("opinion")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return progress.contact(self.actor, self.ticket, **values, **corridor)
