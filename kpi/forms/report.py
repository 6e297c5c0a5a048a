"""Which quarterly reports to make."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kpi.actions.report import request_reports
from kpi.models import ReportScope
from kpi.queries.report import scopes_with_tickets
from kpi.queries.scope import BRAND, Scope
from partners.models import Partner
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.kernel.quarter import Quarter
from tickets.models import Customer

ALL = "all"
QUARTERS = 12


class ReportForm(NamesItsFields, forms.Form):
    """One partner, one customer, the brand, or everybody who had tickets in the quarter."""

    quarter = forms.ChoiceField(label=_("Quarter"))
    scope = forms.ChoiceField(
        label=_("Scope"),
        choices=[*ReportScope.choices, (ALL, _("The brand and every partner and customer with tickets"))],
        initial=ReportScope.PARTNER,
    )
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner"), required=False)
    customer = forms.ModelChoiceField(Customer.objects.none(), label=_("Customer"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        now = Quarter.of(clock.now())
        names = [str(now.previous(n)) for n in range(QUARTERS)]
        self.fields["quarter"].choices = [(name, name) for name in names]
        self.fields["quarter"].initial = names[1]
        self.fields["language"].initial = get_language()
        self.fields["partner"].queryset = Partner.objects.visible_to(actor)
        self.fields["customer"].queryset = Customer.objects.visible_to(actor)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("scope")
        if (
            chosen in (ReportScope.PARTNER, ReportScope.CUSTOMER)
            and not cleaned.get(chosen)
            and chosen not in self.errors
        ):
            self.add_error(chosen, _("Say which one."))
        return cleaned

    def scopes(self) -> list[Scope]:
        """What was chosen."""
        chosen = self.cleaned_data["scope"]
        if chosen == ALL:
            return scopes_with_tickets(Quarter.parse(self.cleaned_data["quarter"]), self.actor)
        if chosen == ReportScope.PARTNER:
            return [Scope(partner=self.cleaned_data["partner"])]
        return [Scope(customer=self.cleaned_data["customer"])] if chosen == ReportScope.CUSTOMER else [BRAND]

    def save(self) -> int:
        """Queue them; answers how many."""
        quarter = Quarter.parse(self.cleaned_data["quarter"])
        return request_reports(self.actor, quarter, self.scopes(), language=self.cleaned_data["language"])
