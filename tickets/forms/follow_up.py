"""回访: follow-up attempts and the call-back after a low score (R172, R223, R224)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.actions import feedback
from tickets.forms.base import StepForm
from tickets.forms.steps import step_form
from tickets.models import Ticket


@step_form
class FollowUpForm(StepForm):
    """An attempt to ask how it was."""

    step = "follow_up"
    reached = forms.BooleanField(label=_("Customer reached"), required=False)
    result = forms.CharField(label=_("Result"), widget=forms.Textarea)

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return feedback.follow_up(self.actor, self.ticket, **values, **corridor)


@step_form
class CallBackForm(StepForm):
    """The call that a score below 3 owes."""

    step = "call_back"
    reached = forms.BooleanField(label=_("Customer reached"), required=False, initial=True)
    cause = forms.CharField(label=_("Cause"), widget=forms.Textarea)
    measures = forms.CharField(label=_("Improvement measures"), widget=forms.Textarea)
    result = forms.CharField(label=_("Result"), widget=forms.Textarea)

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return feedback.call_back(self.actor, self.ticket, **values, **corridor)
