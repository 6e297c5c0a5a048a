"""Outlet inspections: what is planned, what was found, what is left to do (R182, I05)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin import outlet_inspection_parts as parts
from partners.admin.base import MANAGER
from partners.choices.outlet_inspection import (
    FindingState,
    InspectionKind,
    InspectionState,
    Result,
    Severity,
)
from partners.forms.outlet_inspection_admin import AssignForm, CancelForm, CloseForm, ReCheckForm
from partners.models import OutletInspection, OutletInspectionAnswer, OutletInspectionFinding
from partners.queries import outlet_inspection as inspections
from partners.rules.outlet_inspection import inspectors
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show


def _open(row: OutletInspection) -> bool:
    return row.is_open and row.kind != InspectionKind.SELF


def _rectifying(row: OutletInspection) -> bool:
    return row.state == InspectionState.RECTIFYING and inspections.unsettled(row).exists()


def _to_close(row: OutletInspection) -> bool:
    handed_in = row.state in (InspectionState.SUBMITTED, InspectionState.RECTIFYING)
    return handed_in and not inspections.unsettled(row).exists()


class AnswerInline(BaseTabularInline):
    """The sheet, item by item."""

    model = OutletInspectionAnswer
    roles_view = READERS
    hide_title = True
    fields = readonly_fields = ("item", "result_badge", "remark", "pictures")
    known: dict[int, Any] | None = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item")

    @display(description=_("Result"))
    def result_badge(self, row: OutletInspectionAnswer) -> Any:
        return show.badge(row.result, Result) or "—"

    @display(description=_("Photos"))
    def pictures(self, row: OutletInspectionAnswer) -> Any:
        if self.known is None:  # an inline lives as long as its request: one look for all rows
            others = row.inspection.answers.order_by().values_list("pk", flat=True)
            self.known = inspections.photos_of("outletinspectionanswer", others)
        return parts.photos(self.known.get(row.pk, []))


class FindingInline(SummaryInline):
    model = OutletInspectionFinding
    roles_view = READERS
    fields = ("page", "severity_badge", "due_on", "state_badge")

    @display(description=_("Severity"))
    def severity_badge(self, row: OutletInspectionFinding) -> Any:
        return show.badge(row.severity, Severity)

    @display(description=_("State"))
    def state_badge(self, row: OutletInspectionFinding) -> Any:
        return format_html("{} {}", show.badge(row.state, FindingState), late_mark(row))


def late_mark(row: OutletInspectionFinding) -> SafeString | str:
    """A red word where the day has passed."""
    return show.tag(pgettext("finding", "Overdue"), "red") if row.is_overdue else ""


@admin.register(OutletInspection)
class OutletInspectionAdmin(parts.DeedsOnly, DeedAdmin, SheetAdmin, BaseAdmin):
    """Planned from the plan's page, carried out on the telephone, decided here."""

    roles_view = READERS
    roles_change = MANAGER
    roles_export = DESK | {Role.AUDITOR}
    change_list_template = "admin/partners/outlet_inspection_list.html"
    deeds = {
        "re_check": Deed(_("Order a re-check"), ReCheckForm, _rectifying),
        "close": Deed(_("Close the inspection"), CloseForm, _to_close),
        "assign": Deed(_("Change inspector or day"), AssignForm, _open),
        "cancel": Deed(_("Cancel the inspection"), CancelForm, _open, grave=True),
    }
    inlines = (FindingInline, AnswerInline)
    list_display = ("inspection", "outlet_name", "kind_badge", "state_badge", "result", "findings_left", "planned_on",
                    "inspector", "sheet_link")  # fmt: skip
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("grade", ChoicesDropdownFilter),
        ("outlet__partner", ScopedRelatedFilter),
        ("outlet__region", AllValuesCheckboxFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    list_select_related = ("outlet__partner", "inspector", "check_version__check_list")
    date_hierarchy = "planned_on"
    search_fields = ("number", "outlet__name", "outlet__code", "outlet__partner__name", "inspector__name")
    search_help_text = _("Number, outlet, partner or inspector")
    fieldsets = (
        (None, {"fields": (("number", "kind_badge", "state_badge"), ("outlet", "check_version"), "sheet_link")}),
        (_("Result"), {"fields": ("result", ("core_failures", "representative"), "summary", "course")}),
        (_("When and who"), {"fields": (("planned_on", "inspector"), ("began_at", "submitted_at", "closed_at"))}),
        (_("Behind it"), {"fields": (("origin", "draw"), "note", "cancel_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return inspections.with_counts(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: OutletInspection | None = None) -> tuple[str, ...]:
        """Every step has its own button; no form writes here."""
        names = [field.name for field in self.opts.fields if field.name not in ("id", "version")]
        return (*names, "kind_badge", "state_badge", "result", "course", "sheet_link")

    @display(description=_("Inspection number"), ordering="number")
    def inspection(self, row: OutletInspection) -> SafeString:
        words = '<span class="ak-stack"><b>{}</b><small>{}</small></span>'
        return format_html(words, row.number, row.check_version.check_list.title)

    @display(description=_("Outlet"), ordering="outlet__name")
    def outlet_name(self, row: OutletInspection) -> SafeString:
        words = '<span class="ak-stack"><b>{}</b><small>{}</small></span>'
        return format_html(words, row.outlet.name, row.outlet.partner.short_name)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: OutletInspection) -> Any:
        return show.badge(row.kind, InspectionKind)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: OutletInspection) -> Any:
        return show.badge(row.state, InspectionState)

    @display(description=_("Score"), ordering="score")
    def result(self, row: OutletInspection) -> Any:
        return parts.scored(row.score, row.grade)

    @display(description=_("Findings open"), ordering="open_findings")
    def findings_left(self, row: Any) -> Any:
        if not row.found:
            return "—"
        return format_html("{} / {} {}", row.open_findings, row.found, parts.late_tag(row.late_findings))

    @display(description=_("This outlet so far"))
    def course(self, row: OutletInspection) -> Any:
        return parts.line(OutletInspection.objects.filter(outlet=row.outlet_id))

    @display(description=_("Inspection sheet"))
    def sheet_link(self, row: OutletInspection) -> Any:
        links = []
        if row.is_open and Role.BRAND_MANAGER in inspectors(row.kind):
            links.append((reverse("inspect:inspection", args=[row.number]), _("Inspect")))
        if row.is_done:
            links.append((reverse("inspection_pdf", args=[row.number]), "PDF"))
        return format_html_join(" · ", '<a class="text-primary-600" href="{}">{}</a>', links) or "—"
