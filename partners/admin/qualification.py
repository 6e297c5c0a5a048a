"""What posts ask for, and what was proved (R117–R119, R173, R174)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.models import PostRequirement, StaffProof
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin


@admin.register(PostRequirement)
class PostRequirementAdmin(NetworkAdmin):
    list_display = ("name", "post", "kind", "product_line", "course", "valid_months", "bars_work", "active")
    list_filter = (
        ("post", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("product_line", ScopedRelatedFilter),
        "bars_work",
        "active",
    )
    list_filter_submit = True
    search_fields = ("code", "name", "explanation")
    search_help_text = _("Code or words of the requirement")
    autocomplete_fields = ("product_line", "course")
    fieldsets = (
        (None, {"fields": (("code", "post"), ("kind", "product_line"), "name", "course", "explanation")}),
        (_("How it counts"), {"fields": (("valid_months", "bars_work"), "active")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("product_line", "course")


@admin.register(StaffProof)
class StaffProofAdmin(ListAdmin, BaseAdmin):
    """Read only: the manager records them on the pages of the partner."""

    roles_view = READERS
    list_display = ("staff", "requirement", "kind", "met", "checked_on", "valid_until", "checked_by")
    list_filter = (
        ("requirement__kind", ChoicesDropdownFilter),
        ("staff__outlet__partner", ScopedRelatedFilter),
        "met",
    )
    list_filter_submit = True
    search_fields = ("staff__name", "staff__number", "requirement__name")
    search_help_text = _("Employee number, name or requirement")
    fields = ("staff", "requirement", "met", "checked_on", "valid_until", "note", "checked_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("staff", "requirement")

    @display(description=_("Kind"), ordering="requirement__kind")
    def kind(self, row: StaffProof) -> Any:
        return row.requirement.get_kind_display()
