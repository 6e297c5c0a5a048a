"""Outlets: where, which area, which lines and tiers (R182)."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter
from unfold.decorators import display

from partners.admin import outlet_inspection_parts
from partners.admin.base import NetworkAdmin
from partners.choices import ServiceTier
from partners.choices.tool import CalibrationState, NeedState, ToolState
from partners.forms.outlet import OutletForm
from partners.models import Outlet, OutletInspection, Staff, Tool
from partners.queries.tool import Need, outlet_tools
from portal.accounts.roles import READERS
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.kernel.words import joined
from portal.webkit import show


class StaffInline(SummaryInline):
    model = Staff
    roles_view = READERS
    fields = ("page", "number", "post", "on_duty", "active")


class ToolInline(SummaryInline):
    model = Tool
    roles_view = READERS
    fields = ("page", "holder", "state_badge", "calibration_badge", "due_on")

    def joined(self, rows: QuerySet) -> QuerySet:
        return super().joined(rows).select_related("type")

    @display(description=_("State"))
    def state_badge(self, row: Tool) -> Any:
        return show.badge(row.state, ToolState)

    @display(description=_("Calibration"))
    def calibration_badge(self, row: Tool) -> Any:
        return show.badge(row.calibration, CalibrationState)


@admin.register(Outlet)
class OutletAdmin(NetworkAdmin):
    form = OutletForm
    ordering = ("code",)
    inlines = (StaffInline, ToolInline)
    list_display = ("outlet", "partner", "region", "area", "tier_badges", "staff_count", "active")
    list_filter = (
        ("partner", ScopedRelatedFilter),
        ("region", AllValuesCheckboxFilter),
        ("product_lines", ScopedRelatedFilter),
        "active",
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("code", "name", "address", "phone", "partner__name", "partner__short_name")
    search_help_text = _("Code, name, address, telephone or partner")
    autocomplete_fields = ("partner", "product_lines")
    fieldsets = (
        (None, {"fields": ("partner", ("code", "name"), ("region", "phone"), "address")}),
        (_("What it serves"), {"fields": ("coverage", "product_lines", "tiers", ("capacity", "active"), "calendar")}),
        (_("Outlet inspections"), {"fields": ("scores",)}),
        (_("Required tools"), {"fields": ("required_tools",)}),
    )
    readonly_fields = ("scores", "required_tools")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = Count("staff", filter=Q(staff__active=True), distinct=True)
        return super().get_queryset(request).select_related("partner").annotate(people=people)

    def get_readonly_fields(self, request: HttpRequest, obj: Outlet | None = None) -> tuple[str, ...]:
        """An outlet stays with its partner: its tickets and accounts are that partner's."""
        fixed = ("partner",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("outlet"), ordering="code")
    def outlet(self, row: Outlet) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.code)

    @display(description=_("Coverage area"))
    def area(self, row: Outlet) -> str:
        return joined(row.coverage or [row.region])

    @display(description=_("Service tiers"))
    def tier_badges(self, row: Outlet) -> Any:
        badges = [show.badge(tier, ServiceTier) for tier in row.tiers or ServiceTier.values]
        return format_html("{} " * len(badges), *badges)

    @display(description=_("Scores over time"))
    def scores(self, row: Outlet) -> Any:
        return outlet_inspection_parts.line(OutletInspection.objects.filter(outlet=row.pk))

    @display(description=_("Required tools"))
    def required_tools(self, row: Outlet) -> Any:
        """What is asked of the outlet against what is there (R179)."""
        needs = outlet_tools([row])[0].needs if row.pk else []
        lines = (
            (need.type.name, len(need.calibrated), need.wanted, show.badge(need.state, NeedState), _spare(need))
            for need in needs
        )
        listed = format_html_join("", "<li><b>{}</b> {} / {} {} {}</li>", lines)
        return format_html("<ul>{}</ul>", listed) if needs else _("None is required here.")

    @display(description=_("staff"), ordering="people")
    def staff_count(self, row: Outlet) -> int:
        return row.people


def _spare(need: Need) -> str:
    """Further tools that would have to be calibrated before they count."""
    more = len(need.uncalibrated)
    return _("%(n)d without calibration") % {"n": more} if more else ""
