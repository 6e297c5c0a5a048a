"""Partner contracts with their tier and term (R031)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.choices import ContractState, ServiceTier
from partners.choices.contract import VersionState
from partners.forms.contract import InForceForm, NewVersionForm, TerminateForm
from partners.models import ContractVersion, PartnerContract
from portal.accounts.roles import READERS
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.webkit import show


def _goes_on(row: PartnerContract) -> bool:
    return row.state in (ContractState.DRAFT, ContractState.IN_FORCE)


class VersionInline(SummaryInline):
    model = ContractVersion
    roles_view = READERS
    fields = ("page", "kind", "valid_from", "valid_until", "state_badge")
    ordering = ("-number",)

    @display(description=_("State"))
    def state_badge(self, row: ContractVersion) -> Any:
        return show.badge(row.state, VersionState)


@admin.register(PartnerContract)
class PartnerContractAdmin(DeedAdmin, NetworkAdmin):
    deeds = {
        "version": Deed(_("Amend, renew or write the first version"), NewVersionForm, _goes_on),
        "begin": Deed(_("Put in force"), InForceForm, lambda row: row.state == ContractState.DRAFT),
        "terminate": Deed(_("Terminate"), TerminateForm, lambda row: row.state == ContractState.IN_FORCE, grave=True),
    }
    inlines = (VersionInline,)
    list_display = ("number", "partner", "tier_badge", "valid_from", "valid_until", "state_badge")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("tier", ChoicesDropdownFilter),
        ("partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    search_fields = ("number", "partner__name", "partner__short_name")
    search_help_text = _("Contract number or partner")
    autocomplete_fields = ("partner", "product_lines")
    readonly_fields = ("state_badge",)
    fieldsets = (
        (None, {"fields": ("partner", ("number", "tier"), "state_badge", "product_lines")}),
        (_("Signing and term"), {"fields": (("signed_on", "signed_at"), ("valid_from", "valid_until"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partner")

    def get_readonly_fields(self, request: HttpRequest, obj: PartnerContract | None = None) -> tuple[str, ...]:
        """What binds is not rewritten: only a draft can be edited, but for its place and day of signing."""
        bound = obj is not None and obj.state != ContractState.DRAFT
        fixed = ("partner", "number", "tier", "product_lines", "valid_from", "valid_until") if bound else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("Service tier"), ordering="tier")
    def tier_badge(self, row: PartnerContract) -> Any:
        return show.badge(row.tier, ServiceTier)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: PartnerContract) -> Any:
        return show.badge(row.state or ContractState.DRAFT, ContractState)
