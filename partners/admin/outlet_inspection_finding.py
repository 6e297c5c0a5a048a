"""Findings across all inspections: what is open, overdue, reported, objected to (R182)."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from partners.admin import outlet_inspection_parts as parts
from partners.admin.base import MANAGER
from partners.admin.outlet_inspection import late_mark
from partners.choices.outlet_inspection import UNSETTLED, FindingState, Severity
from partners.forms.outlet_inspection_admin import AcceptForm, DropForm, KeepForm, SendBackForm
from partners.models import OutletInspectionFinding
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.sheet_admin import SheetAdmin
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.webkit import show


class WaitingFilter(DropdownFilter):
    """For whom a finding waits."""

    title = _("Waits for")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("late", pgettext_lazy("finding", "Overdue")),
            ("brand", _("The brand")),
            ("objection", _("Answer to an objection")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet | None:
        if self.value() == "late":
            return queryset.overdue()
        objected = Q(objection_answer="", state__in=UNSETTLED) & ~Q(objection="")
        if self.value() == "objection":
            return queryset.filter(objected)
        return queryset.filter(objected | Q(state=FindingState.REPORTED)) if self.value() == "brand" else None


def _reported(row: OutletInspectionFinding) -> bool:
    return row.state == FindingState.REPORTED


def _objected(row: OutletInspectionFinding) -> bool:
    return row.waits_for_answer and row.state in UNSETTLED


@admin.register(OutletInspectionFinding)
class FindingAdmin(parts.DeedsOnly, DeedAdmin, SheetAdmin, BaseAdmin):
    roles_view = READERS
    roles_change = MANAGER
    roles_export = DESK | {Role.AUDITOR}
    deeds = {
        "accept": Deed(_("Accept the correction"), AcceptForm, _reported),
        "send_back": Deed(_("Send it back"), SendBackForm, _reported, grave=True),
        "keep": Deed(_("Keep the finding"), KeepForm, _objected),
        "drop": Deed(_("Drop the finding"), DropForm, _objected, grave=True),
    }
    list_display = ("finding", "outlet_name", "severity_badge", "due_on", "state_badge", "objected", "owner")
    list_filter = (
        WaitingFilter,
        ("state", ChoicesDropdownFilter),
        ("severity", ChoicesDropdownFilter),
        ("inspection__outlet__partner", ScopedRelatedFilter),
        ("inspection__outlet__region", AllValuesCheckboxFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    list_select_related = ("inspection__outlet__partner", "answer__item", "answer__inspection", "owner")
    search_fields = ("inspection__number", "inspection__outlet__name", "answer__item__text", "answer__remark")
    search_help_text = _("Inspection, outlet or words of the item")
    fieldsets = (
        (None, {"fields": (("inspection", "outlet_name"), ("severity_badge", "state_badge", "due_on"), "item")}),
        (_("What was found"), {"fields": ("found", "found_photos")}),
        (_("Corrective measures"), {"fields": ("owner", "measures", "evidence", ("reported_by", "reported_at"))}),
        (_("The brand’s decision"), {"fields": ("decision", "decided_at")}),
        (_("Objection"), {"fields": (("objection", "objected_at"), "objection_answer")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Every step has its own button; no form writes here."""
        names = [field.name for field in self.opts.fields if field.name != "id" and field.editable]
        shown = ("outlet_name", "severity_badge", "state_badge", "item", "found", "found_photos", "evidence")
        return (*names, *shown)

    @display(description=_("finding"), ordering="inspection__number")
    def finding(self, row: OutletInspectionFinding) -> SafeString:
        words = '<span class="ak-stack"><b>{}</b><small>{}</small></span>'
        return format_html(words, row.answer.item, row.inspection.number)

    @display(description=_("Outlet"), ordering="inspection__outlet__name")
    def outlet_name(self, row: OutletInspectionFinding) -> str:
        return f"{row.inspection.outlet.name} · {row.inspection.outlet.partner.short_name}"

    @display(description=_("Severity"), ordering="severity")
    def severity_badge(self, row: OutletInspectionFinding) -> Any:
        return show.badge(row.severity, Severity)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: OutletInspectionFinding) -> Any:
        return format_html("{} {}", show.badge(row.state, FindingState), late_mark(row))

    @display(description=_("Objection"))
    def objected(self, row: OutletInspectionFinding) -> Any:
        if not row.objection:
            return "—"
        return _("waits for an answer") if row.waits_for_answer else pgettext_lazy("objection", "answered")

    @display(description=_("Check item"))
    def item(self, row: OutletInspectionFinding) -> str:
        item = row.answer.item
        return f"{item} · {item.requirement}" if item.requirement else str(item)

    @display(description=_("What was found"))
    def found(self, row: OutletInspectionFinding) -> str:
        return row.answer.remark or "—"

    @display(description=_("Photos of the inspection"))
    def found_photos(self, row: OutletInspectionFinding) -> Any:
        return parts.photos(list(Attachment.objects.filter(subject=subject_of(row.answer))))

    @display(description=_("Evidence of the correction"))
    def evidence(self, row: OutletInspectionFinding) -> Any:
        return parts.photos(list(Attachment.objects.filter(subject=subject_of(row))))
