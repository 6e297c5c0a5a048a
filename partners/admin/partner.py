"""Partners: who they are, how they stand, with a look at outlets and contracts (R105, R106, R184)."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions.partner import give_organisation
from partners.admin import outlet_inspection_parts
from partners.admin.base import NetworkAdmin
from partners.choices import ContractState, Standing
from partners.forms.partner import PartnerForm, StandingForm
from partners.models import Outlet, OutletInspection, Partner, PartnerContract
from portal.accounts.roles import READERS
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.summary import SummaryInline
from portal.webkit import show


class OutletInline(SummaryInline):
    model = Outlet
    roles_view = READERS
    fields = ("page", "code", "region", "phone", "active")
    verbose_name_plural = _("outlets")


class ContractInline(SummaryInline):
    model = PartnerContract
    roles_view = READERS
    fields = ("page", "tier", "valid_from", "valid_until", "state_badge")

    @display(description=_("State"))
    def state_badge(self, row: PartnerContract) -> Any:
        return show.badge(row.state, ContractState)


@admin.register(Partner)
class PartnerAdmin(DeedAdmin, NetworkAdmin):
    form = PartnerForm
    ordering = ("code",)
    deeds = {"standing": Deed(_("Change the standing"), StandingForm)}
    inlines = (OutletInline, ContractInline)
    list_display = ("partner", "channel_type", "region", "standing_badge", "outlet_count", "contact")
    list_filter = (
        ("standing", ChoicesDropdownFilter),
        ("channel_type", ChoicesDropdownFilter),
        ("region", AllValuesCheckboxFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    autocomplete_fields = ("successor",)
    search_fields = ("code", "name", "short_name", "uscc", "contact_name", "phone")
    search_help_text = _("Code, name, credit code or contact")
    readonly_fields = ("standing_badge", "code_check", "inspected", "scores")
    fieldsets = (
        (None, {"fields": (("code", "short_name"), "name", ("channel_type", "since"), "standing_badge", "successor")}),
        (_("Company"), {"fields": (("uscc", "code_check"), "uscc_exception", "legal_representative")}),
        (_("Where and who"), {"fields": (("region", "address"), ("contact_name", "phone"), ("email", "calendar"))}),
        (_("Outlet inspections"), {"fields": ("inspected", "scores")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(outlets_in_all=Count("outlets", distinct=True))

    @display(description=_("Partner"), ordering="code")
    def partner(self, row: Partner) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.code)

    @display(description=_("Standing"), ordering="standing")
    def standing_badge(self, row: Partner) -> Any:
        return show.badge(row.standing, Standing) if row.pk else show.badge(Standing.ACTIVE)

    @display(description=_("Outlets"), ordering="outlets_in_all")
    def outlet_count(self, row: Partner) -> int:
        return row.outlets_in_all

    @display(description=_("Contact person"))
    def contact(self, row: Partner) -> SafeString:
        return format_html(
            '<span class="ak-stack"><span>{}</span><small>{}</small></span>', row.contact_name, row.phone
        )

    @display(description=_("Check of the credit code"))
    def code_check(self, row: Partner) -> str:
        """In words: right, wrong and accepted with a reason, or not given."""
        if not row.uscc:
            return "—"
        verdict = row.uscc_verdict()
        if verdict:
            return _("The check character fits.")
        accepted = _("Accepted with the reason given.") if row.uscc_exception else ""
        return f"{verdict.reason} {accepted}"

    @display(description=_("This quarter and the last"))
    def inspected(self, row: Partner) -> Any:
        return outlet_inspection_parts.figures_of(row) if row.pk else "—"

    @display(description=_("Scores over time"))
    def scores(self, row: Partner) -> Any:
        return outlet_inspection_parts.line(OutletInspection.objects.filter(outlet__partner=row.pk))

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        if not change:
            give_organisation(obj)
        super().save_model(request, obj, form, change)
