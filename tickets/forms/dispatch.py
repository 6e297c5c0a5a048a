"""Dispatch to an outlet that serves the area, the product line and the tier (R203, R204)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Outlet
from tickets import choices
from tickets.actions import dispatch
from tickets.forms.base import StepForm
from tickets.forms.steps import step_form
from tickets.models import Ticket
from tickets.queries.outlet_choice import outlet_choices


@step_form
class DispatchForm(StepForm):
    """Choose outlet and department."""

    step = "dispatch"
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(),
        label=_("Outlet"),
        error_messages={
            "required": _("Choose the outlet that takes the ticket."),
            "invalid_choice": _("This outlet does not serve the area, the product line or the service tier."),
        },
    )
    department = forms.ChoiceField(
        label=_("Department"), choices=choices.Department.choices, initial=choices.Department.REPAIR
    )
    note = forms.CharField(label=_("Note to the partner"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = outlet_choices(self.ticket)
        serving = [choice.outlet.pk for choice in self.candidates]
        self.fields["outlet"].queryset = Outlet.objects.filter(pk__in=serving).select_related("partner")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return dispatch.dispatch(self.actor, self.ticket, **values, **corridor)
