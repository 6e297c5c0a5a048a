"""Tools of the outlets: the catalogue of types, the tools, their calibrations (R179)."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from partners.actions import tool as actions
from partners.admin.base import NetworkAdmin
from partners.choices import ServiceTier
from partners.choices.tool import CalibrationState, CheckResult, ToolKind, ToolState
from partners.forms.tool import AdminCalibrationForm, AdminToolForm, RejectCalibrationForm, ToolStateForm, ToolTypeForm
from partners.models import Calibration, Tool, ToolType
from partners.rules.tool import KEEPERS, LISTERS, may_change
from portal.accounts.roles import READERS
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.webkit import show


@admin.register(ToolType)
class ToolTypeAdmin(NetworkAdmin):
    form = ToolTypeForm
    roles_add = roles_change = roles_import = LISTERS
    list_display = ("code", "name", "kind_badge", "interval_months", "tier_badges", "quantity", "active")
    list_filter = (("kind", ChoicesDropdownFilter), ("product_lines", ScopedRelatedFilter), "active")
    list_filter_submit = True
    search_fields = ("code", "name")
    search_help_text = _("Type code or name")
    autocomplete_fields = ("product_lines",)
    fieldsets = (
        (None, {"fields": (("code", "kind"), "name", ("interval_months", "active"))}),
        (_("Which outlets must have it"), {"fields": ("product_lines", "tiers", "quantity")}),
    )

    def save_model(self, request: HttpRequest, obj: ToolType, form: Any, change: bool) -> None:
        actions.keep_type(request.actor, obj)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: ToolType) -> Any:
        return show.badge(row.kind, ToolKind)

    @display(description=_("Required for service tiers"))
    def tier_badges(self, row: ToolType) -> Any:
        return format_html_join(" ", "{}", ((show.badge(tier, ServiceTier),) for tier in row.tiers)) or "—"


class CalibrationFilter(DropdownFilter):
    """How tools stand to their calibration today."""

    title = _("Calibration")
    parameter_name = "calibration"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(CalibrationState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        return queryset.standing(chosen, clock.today()) if chosen in CalibrationState.values else queryset


class CalibrationInline(SummaryInline):
    model = Calibration
    roles_view = READERS
    fields = ("page", "checked_on", "body", "result_badge", "rejected_at")

    @display(description=_("Result"))
    def result_badge(self, row: Calibration) -> Any:
        return show.badge(row.result, CheckResult)


@admin.register(Tool)
class ToolAdmin(DeedAdmin, NetworkAdmin):
    form = AdminToolForm
    roles_add = roles_change = roles_import = KEEPERS
    deeds = {
        "calibrate": Deed(
            _("Record a calibration"),
            AdminCalibrationForm,
            lambda row: row.type.interval_months is not None and row.state != ToolState.RETIRED,
            files=True,
        ),
        "state": Deed(_("Change the state"), ToolStateForm, lambda row: row.state != ToolState.RETIRED),
    }
    inlines = (CalibrationInline,)
    list_display = ("number", "type", "place", "holder", "state_badge", "calibration_badge", "due_on")
    list_filter = (
        CalibrationFilter,
        ("state", ChoicesDropdownFilter),
        ("type", ScopedRelatedFilter),
        ("outlet__partner", ScopedRelatedFilter),
        ("outlet", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "serial", "model", "type__name", "outlet__name", "holder__name")
    search_help_text = _("Asset number, serial number, type, outlet or holder")
    autocomplete_fields = ("type", "outlet", "holder")
    readonly_fields = ("state_badge", "calibration_badge", "due_on")
    fieldsets = (
        (None, {"fields": (("number", "type"), ("outlet", "holder"), ("model", "serial"), "bought_on", "note")}),
        (_("State"), {"fields": (("state_badge", "calibration_badge"), "due_on")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("type", "outlet__partner", "holder")

    def get_readonly_fields(self, request: HttpRequest, obj: Tool | None = None) -> tuple[str, ...]:
        """Number and type are given once; of a retired tool nothing changes any more."""
        fixed: tuple[str, ...] = ("number", "type") if obj else ()
        if obj and not may_change(obj.state):
            fixed = (*fixed, *actions.CHANGEABLE)
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: Tool, form: Any, change: bool) -> None:
        if change:
            values = {name: form.cleaned_data[name] for name in actions.CHANGEABLE if name in form.cleaned_data}
            actions.change(request.actor, Tool.objects.get(pk=obj.pk), **values)
        else:
            actions.add(request.actor, obj)

    @display(description=_("Outlet"), ordering="outlet__name")
    def place(self, row: Tool) -> str:
        return f"{row.outlet.name} · {row.outlet.partner.short_name}"

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Tool) -> Any:
        return show.badge(row.state, ToolState)

    @display(description=_("Calibration"), ordering="due_on")
    def calibration_badge(self, row: Tool) -> Any:
        return show.badge(row.calibration, CalibrationState) if row.pk else "—"


class CountsFilter(DropdownFilter):
    """Records that count, and rejected ones."""

    title = _("Counts or rejected")
    parameter_name = "counts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", pgettext_lazy("calibration", "Counts")),
            ("rejected", _("Rejected")),
            ("recent", _("Recorded in the last 30 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "recent":
            return queryset.filter(recorded_at__gte=clock.now() - timedelta(days=30))
        kept = {"yes": True, "rejected": False}.get(self.value() or "")
        return queryset if kept is None else queryset.filter(rejected_at__isnull=kept)


@admin.register(Calibration)
class CalibrationAdmin(DeedAdmin, NetworkAdmin):
    """Recorded on the tool's page or by sheet; here read, and rejected."""

    roles_add = frozenset()
    roles_change = roles_import = LISTERS
    deeds = {"reject": Deed(_("Reject"), RejectCalibrationForm, lambda row: row.rejected_at is None, grave=True)}
    list_display = ("tool", "place", "checked_on", "body", "certificate_number", "result_badge", "rejected")
    list_filter = (
        CountsFilter,
        ("result", ChoicesDropdownFilter),
        ("tool__type", ScopedRelatedFilter),
        ("tool__outlet__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "checked_on"
    search_fields = ("certificate_number", "body", "tool__number", "tool__serial")
    search_help_text = _("Certificate, testing body or asset number")
    readonly_fields = (
        "tool", "checked_on", "body", "certificate_number", "result_badge", "note", "recorded_at", "recorded_by",
        "papers", "rejected_at", "rejected_by", "rejected_reason",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("tool", ("checked_on", "result_badge"), ("body", "certificate_number"), "note", "papers")}),
        (_("Record"), {"fields": (("recorded_at", "recorded_by"),)}),
        (_("Rejection"), {"fields": (("rejected_at", "rejected_by"), "rejected_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("tool__type", "tool__outlet", "rejected_by")

    @display(description=_("Outlet"), ordering="tool__outlet__name")
    def place(self, row: Calibration) -> str:
        return row.tool.outlet.name

    @display(description=_("Result"), ordering="result")
    def result_badge(self, row: Calibration) -> Any:
        return show.badge(row.result, CheckResult)

    @display(description=_("Rejected"), boolean=True, ordering="rejected_at")
    def rejected(self, row: Calibration) -> bool:
        return row.rejected_at is not None

    @display(description=_("Certificate"))
    def papers(self, row: Calibration) -> Any:
        rows = Attachment.objects.filter(subject=subject_of(row))
        pairs = ((reverse("files:attachment", args=[file.key]), file.name) for file in rows)
        return format_html_join("", '<a class="text-primary-600" href="{}">{}</a> ', pairs) or "—"
