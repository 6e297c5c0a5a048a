"""The end of a ticket as the desk sees it: confirm from paper, reopen, close, cancel (R172, R216, R218)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.webkit.widgets import ManyFilesField
from tickets import choices
from tickets.actions import closure, completion, request
from tickets.forms.base import StepForm
from tickets.forms.fields import EMPTY_CHOICE
from tickets.forms.steps import step_form
from tickets.models import Ticket


@step_form
class CloseForm(StepForm):
    """Archive: nothing to fill in, the rules look at what is there."""

    step = "close"

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return closure.close(self.actor, self.ticket, **corridor)


@step_form
class ReopenForm(StepForm):
    """The fault came back within the window."""

    step = "reopen"
    reason = forms.CharField(label=_("What is not right"), widget=forms.Textarea)

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.reopen(self.actor, self.ticket, **values, **corridor)


class DeskCancelForm(StepForm):
    """Withdrawn, repeated or entered by mistake; a repetition names the other ticket."""

    step = "cancel"
    reason = forms.ChoiceField(label=_("Reason"), choices=[EMPTY_CHOICE, *choices.CancelReason.choices])
    duplicate_of = forms.CharField(
        label=_("Number of the other ticket"),
        required=False,
        help_text=_("Only when this ticket repeats another one."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_duplicate_of(self) -> Ticket | None:
        """The other ticket, among those that the actor may see."""
        number = self.cleaned_data["duplicate_of"].strip().upper()
        if not number:
            return None
        other = Ticket.objects.visible_to(self.actor).filter(number=number).first()
        if other is None:
            raise forms.ValidationError(_("There is no ticket with this number."))
        return other

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return closure.cancel(self.actor, self.ticket, **values, **corridor)


class DeskConfirmForm(StepForm):
    """The customer signed on paper: attach the scan of 附件3."""

    step = "confirm"
    signed_by = forms.CharField(label=_("Signed by"), max_length=60)
    signature = forms.FileField(
        label=_("Scan of the signed form"), help_text=_("A picture or a PDF of the signed and stamped form.")
    )
    solved = forms.ChoiceField(label=_("Solved?"), choices=choices.Solved.choices, initial=choices.Solved.YES)
    remark = forms.CharField(label=_("Customer's remark"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_by"].initial = self.ticket.contact_name

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.confirm(self.actor, self.ticket, **values, **corridor)


class DeskInformationForm(StepForm):
    """What the customer added by telephone or at the counter."""

    step = "add_information"
    text = forms.CharField(label=_("Information from the customer"), widget=forms.Textarea)
    files = ManyFilesField(label=_("Photos and files"), required=False)

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return request.add_information(self.actor, self.ticket, **values, **corridor)


#: Where the desk's form differs from the customer's form of the same step.
DESK_FORMS: dict[str, type[StepForm]] = {
    form.step: form for form in (DeskCancelForm, DeskConfirmForm, DeskInformationForm)
}
