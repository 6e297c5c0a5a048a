"""Take a dispatched ticket and name the responsible person, or give it back (R204, R205)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Staff
from portal.accounts.roles import Role
from portal.webkit import widgets
from tickets.actions import dispatch
from tickets.forms.base import StepForm
from tickets.forms.controls import long_text
from tickets.forms.steps import step_form
from tickets.models import Ticket
from tickets.queries.staffing import staff_choices


@step_form
class AcceptForm(StepForm):
    """A technician takes it himself; dispatchers and managers choose among the people of the outlet."""

    step = "accept"
    owner = forms.ModelChoiceField(
        Staff.objects.none(),
        label=_("Responsible person"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose who is responsible."),
            "invalid_choice": _("This person does not belong to the outlet of the ticket."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_himself = self.actor.role == Role.TECHNICIAN
        self.candidates = [
            choice
            for choice in staff_choices(self.ticket)
            if not self.for_himself or choice.staff.user_id == self.actor.user_id
        ]
        owner = self.fields["owner"]
        owner.queryset = Staff.objects.filter(pk__in=[choice.staff.pk for choice in self.candidates])
        if self.for_himself and self.candidates:
            owner.widget = forms.HiddenInput()
            owner.initial = self.candidates[0].staff.pk
        widgets.dress(owner.widget)

    @property
    def obstacle(self) -> Any:
        """Why the technician in front of the screen cannot take it; empty when he can."""
        if not self.for_himself:
            return ""
        return self.candidates[0].verdict.reason if self.candidates else _("You do not belong to this outlet.")

    def clean_owner(self) -> Staff:
        """Somebody who may take it; the reason otherwise."""
        owner = self.cleaned_data["owner"]
        verdict = next(choice.verdict for choice in self.candidates if choice.staff.pk == owner.pk)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return owner

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return dispatch.accept(self.actor, self.ticket, **values, **corridor)


@step_form
class DeclineForm(StepForm):
    """Back to the service desk, with a reason that is counted."""

    step = "decline"
    reason = long_text(_("Reason"), help_text=_("The service desk reads it and sends the ticket elsewhere."))

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return dispatch.decline(self.actor, self.ticket, **values, **corridor)
