"""Dispatch to an outlet that serves the area, the product line and the tier (R203, R204)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Outlet
from partners.queries.outlet import outlets_serving
from partners.queries.qualification import ready_counts
from portal.kernel import clock
from portal.kernel.verdict import Verdict
from tickets import choices
from tickets.actions import dispatch
from tickets.forms.base import StepForm
from tickets.forms.steps import step_form
from tickets.models import Ticket
from tickets.queries.load import loads
from tickets.rules.dispatching import may_take


@dataclass(frozen=True, slots=True)
class OutletChoice:
    """An outlet that could take the ticket: its load, how many certified people are on duty, and whether it may."""

    outlet: Outlet
    load: int
    verdict: Verdict
    ready: int = 0

    @property
    def share(self) -> int:
        """Load in percent of capacity, at most 100."""
        return min(100, 100 * self.load // max(1, self.outlet.capacity))


def outlet_choices(ticket: Ticket) -> list[OutletChoice]:
    """The outlets that serve the ticket, those with the lightest load first (R115, R203)."""
    today = clock.today()
    outlets = outlets_serving(ticket.region, ticket.product_line_id, ticket.tier, today)
    load, ready = loads(outlets), ready_counts([o.pk for o in outlets], ticket.product_line, today)
    found = [
        OutletChoice(o, load.get(o.pk, 0), may_take(True, load.get(o.pk, 0), o.capacity, ready[o.pk]), ready[o.pk])
        for o in outlets
    ]
    return sorted(found, key=lambda choice: (not choice.verdict, choice.share, choice.load))


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
