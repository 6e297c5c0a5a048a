"""Stock, ledger and counts: read, never written by hand (R180, R181)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.choices.stock import CountState, MoveKind, PlaceKind
from partners.forms.stock_count import ApproveForm, RefuseForm
from partners.models import ReorderPoint, Stock, StockCount, StockCountLine, StockMove
from partners.queries.stock import with_reorder
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show


class ReadOnlyAdmin(ListAdmin, BaseAdmin):
    """Actions write these rows, people read them."""

    roles_view = READERS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(field.name for field in self.opts.fields)


class SheetOnlyAdmin(SheetAdmin, BaseAdmin):
    """Read here, taken in and out by sheet: the sheet calls the ledger's actions."""

    roles_view = READERS
    roles_export = DESK | {Role.TECHNICAL, Role.AUDITOR}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(field.name for field in self.opts.fields)


@admin.register(Stock)
class StockAdmin(SheetOnlyAdmin):
    roles_import = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL})
    list_display = ("part", "kind_badge", "place", "quantity", "reorder")
    list_filter = (("place__kind", ChoicesDropdownFilter),)
    list_filter_submit = True
    search_fields = ("part__number", "part__name", "part__fits", "place__outlet__name", "place__staff__name")
    search_help_text = _("Part number, name, model, outlet or technician")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("part", "place__outlet", "place__staff")
        return with_reorder(rows)

    @display(description=_("Kind of place"), ordering="place__kind")
    def kind_badge(self, row: Stock) -> Any:
        return show.badge(row.place.kind, PlaceKind)

    @display(description=_("reorder point"))
    def reorder(self, row: Any) -> str:
        if row.reorder_at is None:
            return "—"
        mark = "⚠ " if row.quantity <= row.reorder_at else ""
        return f"{mark}{row.reorder_at} → {row.order_up_to}"


@admin.register(ReorderPoint)
class ReorderPointAdmin(SheetOnlyAdmin):
    roles_import = frozenset({Role.BRAND_MANAGER})
    list_display = ("part", "place", "reorder_at", "order_up_to")
    list_filter = (("place__outlet__partner", ScopedRelatedFilter),)
    list_filter_submit = True
    search_fields = ("part__number", "part__name", "place__outlet__name")
    search_help_text = _("Part number, name or outlet")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("part", "place__outlet", "place__staff")


@admin.register(StockMove)
class StockMoveAdmin(ReadOnlyAdmin):
    list_display = ("moved_at", "kind_badge", "part", "amount", "way", "author", "reference", "reason")
    list_filter = (("kind", ChoicesDropdownFilter),)
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "moved_at"
    search_fields = ("part__number", "part__name", "reference", "author")
    search_help_text = _("Part, ticket, request, count or person")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("part")
        return rows.prefetch_related("lines__place__outlet", "lines__place__staff")

    @display(description=_("Kind of movement"), ordering="kind")
    def kind_badge(self, row: StockMove) -> Any:
        return show.badge(row.kind, MoveKind)

    @display(description=_("Quantity"))
    def amount(self, row: StockMove) -> int:
        return row.quantity

    @display(description=_("From and to"))
    def way(self, row: StockMove) -> str:
        return f"{row.source} → {row.target}"


class StockCountLineInline(BaseTabularInline):
    model = StockCountLine
    roles_view = READERS
    fields = readonly_fields = ("part", "expected", "found", "difference", "reason")
    hide_title = True

    @display(description=_("Count difference"))
    def difference(self, row: StockCountLine) -> int:
        return row.difference


@admin.register(StockCount)
class StockCountAdmin(DeedAdmin, ReadOnlyAdmin):
    roles_change = frozenset({Role.BRAND_MANAGER})
    deeds = {
        "approve": Deed(_("Approve and post"), ApproveForm, lambda row: row.state == CountState.COUNTED),
        "refuse": Deed(_("Have it counted again"), RefuseForm, lambda row: row.state == CountState.COUNTED, grave=True),
    }
    inlines = (StockCountLineInline,)
    list_display = ("number", "place", "state_badge", "opened_at", "counted_by", "decided_by")
    list_filter = (("state", ChoicesDropdownFilter),)
    list_filter_submit = True
    search_fields = ("number", "place__outlet__name")
    search_help_text = _("Count number or outlet")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("place__outlet", "place__staff", "counted_by", "decided_by")

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: StockCount) -> Any:
        return show.badge(row.state, CountState)
