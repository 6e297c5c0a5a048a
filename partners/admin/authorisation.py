"""Authorisations: which line, area and tier a partner may serve, and until when (R033, R105)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.choices import ServiceTier
from partners.forms.region import region_field
from partners.models import Authorisation
from portal.adminkit.filters import ScopedRelatedFilter
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.webkit import show


class AuthorisationForm(NamesItsFields, forms.ModelForm):
    region = region_field(required=False, help_text=_("Empty means every region."))

    class Meta:
        model = Authorisation
        fields = ("number", "partner", "product_line", "region", "tier", "valid_from", "valid_until")


@admin.register(Authorisation)
class AuthorisationAdmin(NetworkAdmin):
    form = AuthorisationForm
    list_display = ("number", "partner", "product_line", "area", "tier_badge", "valid_from", "valid_until", "valid")
    list_filter = (
        ("partner", ScopedRelatedFilter),
        ("product_line", ScopedRelatedFilter),
        ("region", AllValuesCheckboxFilter),
        ("tier", ChoicesDropdownFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "partner__name", "partner__code", "product_line__name", "region")
    search_help_text = _("Number, partner, product line or region")
    autocomplete_fields = ("partner", "product_line")
    fieldsets = (
        (None, {"fields": ("number", "partner", ("product_line", "region", "tier"), ("valid_from", "valid_until"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partner", "product_line")

    def get_readonly_fields(self, request: HttpRequest, obj: Authorisation | None = None) -> tuple[str, ...]:
        """It stays with its partner; its end is what is changed."""
        fixed = ("partner", "number") if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("Region"), ordering="region")
    def area(self, row: Authorisation) -> Any:
        return row.region or _("all regions")

    @display(description=_("Service tier"), ordering="tier")
    def tier_badge(self, row: Authorisation) -> Any:
        return show.badge(row.tier, ServiceTier) if row.tier else _("all tiers")

    @display(description=_("Valid today"), boolean=True)
    def valid(self, row: Authorisation) -> bool:
        return row.valid_from <= clock.today() <= row.valid_until
