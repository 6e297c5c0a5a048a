"""Give a ticket on: to another outlet, or to the next level of support (R137, R210, R211)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Outlet
from tickets.actions import dispatch
from tickets.forms.base import StepForm
from tickets.forms.controls import long_text
from tickets.forms.steps import step_form
from tickets.models import Ticket
from tickets.queries.outlet_choice import OutletChoice, outlet_choices

#: Levels of support above the first (R210).
LEVELS = ((2, _("Level 2: partner's senior engineer")), (3, _("Level 3: technical department of the brand")))


@step_form
class TransferForm(StepForm):
    """To an outlet that serves the ticket; a partner chooses among his own."""

    step = "transfer"
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(),
        label=_("Outlet"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the outlet that takes the ticket."),
            "invalid_choice": _("This outlet does not serve the area, the product line or the service tier."),
        },
    )
    reason = long_text(_("Reason"), help_text=_("The first receiver stays accountable."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = [choice for choice in outlet_choices(self.ticket) if self._within_reach(choice)]
        serving = [choice.outlet.pk for choice in self.candidates]
        self.fields["outlet"].queryset = Outlet.objects.filter(pk__in=serving)

    def _within_reach(self, choice: OutletChoice) -> bool:
        return not self.actor.is_partner or choice.outlet.partner_id == self.ticket.partner_id

    def clean_outlet(self) -> Outlet:
        """An outlet with room; the reason otherwise."""
        outlet = self.cleaned_data["outlet"]
        verdict = next(choice.verdict for choice in self.candidates if choice.outlet.pk == outlet.pk)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return outlet

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return dispatch.transfer(self.actor, self.ticket, **values, **corridor)


@step_form
class EscalateForm(StepForm):
    """The next level of support with a named senior lead; the customer is told."""

    step = "escalate"
    level = forms.TypedChoiceField(label=_("Level of support"), coerce=int, widget=forms.RadioSelect)
    senior = forms.CharField(
        label=_("Senior lead"), max_length=60, help_text=_("Who leads from now on; the customer is told the name.")
    )
    cause = long_text(_("Cause"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [(level, label) for level, label in LEVELS if level > self.ticket.support_level]
        self.fields["level"].choices = above
        self.fields["level"].initial = above[0][0] if above else None

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return dispatch.escalate(self.actor, self.ticket, **values, **corridor)
