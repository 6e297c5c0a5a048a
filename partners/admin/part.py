"""The brand's parts list (R134, R181), and what it buys for its warehouse (R180)."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.stock import PlaceKind
from partners.forms.purchase import PurchaseForm
from partners.models import SparePart
from portal.accounts.roles import Role
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter

LISTERS = MANAGER | {Role.TECHNICAL}


@admin.register(SparePart)
class SparePartAdmin(DeedAdmin, NetworkAdmin):
    roles_add = roles_change = roles_import = LISTERS
    deeds = {"purchase": Deed(_("Purchase"), PurchaseForm, lambda row: row.certified)}
    list_display = (
        "number", "name", "unit", "cost_price", "certified", "serialised", "in_warehouse", "at_partners", "valid_until",
    )  # fmt: skip
    list_filter = ("certified", "serialised", ("product_lines", ScopedRelatedFilter))
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "name", "fits")
    search_help_text = _("Part number, name or model")
    autocomplete_fields = ("product_lines", "superseded_by")
    fieldsets = (
        (None, {"fields": (("number", "name"), ("unit", "cost_price"), ("certified", "serialised"))}),
        (_("What it fits"), {"fields": ("product_lines", "fits")}),
        (_("List"), {"fields": (("valid_from", "valid_until"), "superseded_by")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        here = Q(stock__place__kind=PlaceKind.WAREHOUSE)
        away = Q(stock__place__kind__in=[PlaceKind.STORE, PlaceKind.BAG, PlaceKind.TRANSIT])
        if request.actor.regions:
            mine = request.actor.regions
            away &= Q(stock__place__outlet__region__in=mine) | Q(stock__place__staff__outlet__region__in=mine)
        return rows.annotate(
            warehouse=Coalesce(Sum("stock__quantity", filter=here), 0),
            partners=Coalesce(Sum("stock__quantity", filter=away), 0),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: SparePart | None = None) -> tuple[str, ...]:
        """Pieces are counted by number or by serial number; that cannot change while some lie anywhere."""
        fixed = ("number", "serialised") if obj is not None and obj.moves.exists() else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("Brand warehouse"), ordering="warehouse")
    def in_warehouse(self, row: Any) -> int:
        return int(row.warehouse)

    @display(description=_("At partners"), ordering="partners")
    def at_partners(self, row: Any) -> int:
        return int(row.partners)
