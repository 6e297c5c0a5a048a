"""附件2, arrival, and work that waits (R060, R207–R213)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock
from tickets import choices
from tickets.actions import progress
from tickets.forms.base import StepForm
from tickets.forms.controls import PhotosField, long_text, moment_field
from tickets.forms.steps import step_form
from tickets.models import Ticket


@step_form
class ProgressForm(StepForm):
    """One row of 附件2; the customer gets it."""

    step = "progress"
    status = forms.ChoiceField(
        label=_("Present state"),
        choices=choices.ProgressStatus.choices,
        initial=choices.ProgressStatus.IN_PROGRESS,
        widget=forms.RadioSelect,
    )
    measures = long_text(_("Measures taken"))
    communication = long_text(
        _("Communication with the customer"),
        rows=2,
        required=False,
        help_text=_("What was said to and by the customer."),
    )
    needed_from_customer = long_text(_("Needed from the customer"), rows=2, required=False)
    next_step = long_text(_("Next step"), rows=2, required=False)
    files = PhotosField()

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return progress.progress(self.actor, self.ticket, **values, **corridor)


@step_form
class ArriveForm(StepForm):
    """Nothing to fill in: the moment is what counts."""

    step = "arrive"

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return progress.arrive(self.actor, self.ticket, **corridor)


@step_form
class SuspendForm(StepForm):
    """Why work waits and until when; whether clocks pause is the policy's business."""

    step = "suspend"
    reason = forms.ChoiceField(label=_("Reason"), choices=choices.SuspendReason.choices, widget=forms.RadioSelect)
    expected_at = moment_field(_("Work goes on at"))
    note = long_text(_("Note"), rows=2, required=False, help_text=_("What exactly you are waiting for."))
    files = PhotosField()

    def clean_expected_at(self) -> Any:
        """A moment to come."""
        moment = self.cleaned_data["expected_at"]
        if moment <= clock.now():
            raise forms.ValidationError(_("The expected time lies in the past: give one to come."))
        return moment

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return progress.suspend(self.actor, self.ticket, **values, **corridor)


@step_form
class ResumeForm(StepForm):
    """Nothing to fill in: work goes on."""

    step = "resume"

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return progress.resume(self.actor, self.ticket, **corridor)
