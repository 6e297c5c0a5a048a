"""Check lists, their versions and items (R109–R114)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.outlet_inspection import SECTIONS, ListKind, ListState
from partners.forms.outlet_inspection_admin import DraftForm, ReleaseForm
from partners.models import CheckItem, CheckList, CheckVersion
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin, BaseStackedInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.exchange.export_admin import ListAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.kernel.words import joined
from portal.webkit import show


class VersionInline(SummaryInline):
    model = CheckVersion
    roles_view = READERS
    fields = ("page", "state_badge", "pass_mark", "valid_from", "released_by")

    @display(description=_("State"))
    def state_badge(self, row: CheckVersion) -> Any:
        return show.badge(row.state, ListState)


def _no_draft(row: CheckList) -> bool:
    return not row.versions.filter(state=ListState.DRAFT).exists()


@admin.register(CheckList)
class CheckListAdmin(SheetAdmin, DeedAdmin, BaseAdmin):
    roles_view = roles_export = READERS
    roles_add = roles_change = roles_import = MANAGER
    deeds = {"draft": Deed(_("New version"), DraftForm, _no_draft)}
    inlines = (VersionInline,)
    list_display = ("code", "title", "kind_badge", "now")
    list_filter = (("kind", ChoicesDropdownFilter),)
    list_filter_submit = True
    search_fields = ("code", "title")
    search_help_text = _("Code or title")
    fieldsets = ((None, {"fields": (("code", "kind"), "title")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("versions")

    def get_readonly_fields(self, request: HttpRequest, obj: CheckList | None = None) -> tuple[str, ...]:
        """Code and kind are given once: items are named by the code, sections follow the kind."""
        return (*super().get_readonly_fields(request, obj), *(("code", "kind") if obj else ()))

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: CheckList) -> Any:
        return show.badge(row.kind, ListKind)

    @display(description=_("Versions"))
    def now(self, row: CheckList) -> str:
        return joined(f"V{one.number} {one.get_state_display()}" for one in row.versions.all()) or "—"


class ItemInline(BaseStackedInline):
    """Items are written while the version is a draft."""

    model = CheckItem
    roles_view = READERS
    roles_add = roles_change = roles_delete = MANAGER
    fieldsets = (
        (None, {"fields": (("place", "number", "section"), "text", "look_for")}),
        (_("What follows"), {"fields": (("weight", "core", "photo"), ("days", "requirement"))}),
    )
    collapsible = True
    #: Of the list whose version is open: another kind has other sections.
    kind = ListKind.PREMISES

    def _open(self, obj: CheckVersion | None) -> bool:
        return obj is not None and obj.is_draft

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.kind = obj.check_list.kind if obj else ListKind.PREMISES
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "look_for":
            field.widget.attrs["rows"] = 2
        if field is not None and db_field.name == "section":
            fitting = [(section.value, section.label) for section in SECTIONS[self.kind]]
            field.choices = [("", "---------"), *fitting]
        return field

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_delete_permission(request, obj)


@admin.register(CheckVersion)
class CheckVersionAdmin(ListAdmin, DeedAdmin, BaseAdmin):
    """Written in a draft, then only read."""

    roles_view = roles_export = READERS
    roles_change = MANAGER
    deeds = {"release": Deed(_("Release"), ReleaseForm, lambda row: row.is_draft)}
    inlines = (ItemInline,)
    list_display = ("version", "kind_badge", "state_badge", "item_count", "pass_mark", "valid_from")
    list_filter = (("state", ChoicesDropdownFilter), ("check_list", ScopedRelatedFilter))
    list_filter_submit = True
    search_fields = ("check_list__code", "check_list__title", "items__text")
    search_help_text = _("Code, title or words of an item")
    written = ("summary", "pass_mark", "top_mark", "partly_too")
    readonly_fields = ("check_list", "number", "state_badge", "valid_from", "released_at", "released_by")
    fieldsets = (
        (None, {"fields": (("check_list", "number"), "state_badge", "summary")}),
        (_("Marks"), {"fields": (("pass_mark", "top_mark"), "partly_too")}),
        (_("Release"), {"fields": (("valid_from", "released_at", "released_by"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("check_list", "released_by")
        return rows.annotate(items_in_all=Count("items", distinct=True))

    def get_readonly_fields(self, request: HttpRequest, obj: CheckVersion | None = None) -> tuple[str, ...]:
        fixed = () if obj is None or obj.is_draft else self.written
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("Version"), ordering="check_list__code")
    def version(self, row: CheckVersion) -> SafeString:
        words = '<span class="ak-stack"><b>{}</b><small>{} · V{}</small></span>'
        return format_html(words, row.check_list.title, row.check_list.code, row.number)

    @display(description=_("Kind"), ordering="check_list__kind")
    def kind_badge(self, row: CheckVersion) -> Any:
        return show.badge(row.check_list.kind, ListKind)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: CheckVersion) -> Any:
        return show.badge(row.state, ListState)

    @display(description=_("check items"), ordering="items_in_all")
    def item_count(self, row: CheckVersion) -> int:
        return row.items_in_all


@admin.register(CheckItem)
class CheckItemAdmin(NetworkAdmin):
    """All items to look through and to take out or in as a sheet; they are written on their version's page."""

    roles_add = roles_change = frozenset()
    list_display = ("code", "text", "section", "weight", "core", "photo", "days", "requirement")
    list_filter = (
        ("version", ScopedRelatedFilter),
        ("section", ChoicesDropdownFilter),
        "core",
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("code", "text", "look_for", "requirement")
    search_help_text = _("Code, words or requirement")
    fields = (
        ("code", "version"), "text", "look_for", ("section", "requirement"), ("weight", "core"), ("photo", "days"),
    )  # fmt: skip
    readonly_fields = (
        "code", "version", "text", "look_for", "section", "requirement", "weight", "core", "photo", "days",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("version__check_list")
