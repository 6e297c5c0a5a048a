"""Plans of periodic inspections and the calendar of their visits (R191)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.summary import SummaryInline
from portal.exchange.export_admin import ListAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.kernel import clock
from portal.webkit import show
from tickets.actions import maintenance
from tickets.choices.maintenance import VisitResult, VisitState
from tickets.forms.maintenance import CallOffForm
from tickets.models import MaintenancePlan, MaintenanceVisit

VIEWERS = READERS - {Role.MARKETING}


class VisitInline(SummaryInline):
    model = MaintenanceVisit
    roles_view = VIEWERS
    fields = ("page", "due_on", "state_badge", "done_on", "findings")

    @display(description=_("State"))
    def state_badge(self, row: MaintenanceVisit) -> Any:
        return show.badge(row.state, VisitState)


@admin.register(MaintenancePlan)
class MaintenancePlanAdmin(SheetAdmin, BaseAdmin):
    """The desk plans; the schedule opens the tickets."""

    roles_view = VIEWERS
    roles_add = roles_change = roles_import = DESK
    roles_export = DESK | {Role.AUDITOR}
    inlines = (VisitInline,)
    list_display = ("number", "what", "customer_name", "months", "first_day", "lead_days", "active")
    list_filter = ("active", ("first_day", RangeDateFilter))
    list_filter_submit = True
    search_fields = (
        "number", "equipment__serial_number", "equipment__customer__name", "agreement__number",
        "agreement__customer__name",
    )  # fmt: skip
    search_help_text = _("Plan number, serial number, agreement or customer")
    autocomplete_fields = ("equipment", "agreement", "outlet")
    fieldsets = (
        (None, {"fields": ("number", ("equipment", "agreement"), ("months", "lead_days"), ("first_day", "last_day"))}),
        (_("What and who"), {"fields": ("instructions", ("outlet", "active"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("equipment__customer", "agreement__customer", "outlet")

    def get_readonly_fields(self, request: HttpRequest, obj: MaintenancePlan | None = None) -> tuple[str, ...]:
        """What it inspects stays; how often and from when may change."""
        fixed = ("number", "equipment", "agreement") if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: MaintenancePlan, form: Any, change: bool) -> None:
        maintenance.save_plan(request.actor, obj)

    @display(description=_("Inspects"))
    def what(self, row: MaintenancePlan) -> str:
        return str(row.equipment or row.agreement)

    @display(description=_("customer"))
    def customer_name(self, row: MaintenancePlan) -> str:
        return str(row.customer)


class DueFilter(admin.SimpleListFilter):
    """What the desk looks for: overdue, within a month, all that is open."""

    title = _("Due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", pgettext_lazy("inspection", "Overdue")), ("open", _("To come"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        open_ones = queryset.filter(state__in=[VisitState.PLANNED, VisitState.TICKETED])
        if self.value() == "overdue":
            return open_ones.filter(due_on__lt=clock.today())
        return open_ones.filter(due_on__gte=clock.today()) if self.value() == "open" else queryset


@admin.register(MaintenanceVisit)
class MaintenanceVisitAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    """The calendar: every visit of the coming year and what became of those before."""

    roles_view = VIEWERS
    roles_change = DESK
    deeds = {
        "call_off": Deed(
            _("Call off the inspection"), CallOffForm, lambda row: row.state == VisitState.PLANNED, grave=True
        )
    }
    list_display = (
        "due_badge",
        "plan",
        "what",
        "customer_name",
        "state_badge",
        "ticket_link",
        "result_badge",
        "obstacle",
    )
    list_filter = (DueFilter, ("state", ChoicesDropdownFilter), ("due_on", RangeDateFilter))
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "due_on"
    search_fields = (
        "plan__number", "ticket__number", "plan__equipment__serial_number", "plan__equipment__customer__name",
        "plan__agreement__customer__name",
    )  # fmt: skip
    search_help_text = _("Plan, ticket, serial number or customer")
    fields = readonly_fields = (
        "plan", "due_on", "state_badge", "ticket_link", "result_badge", "findings", "done_on", "obstacle",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("plan__equipment__customer", "plan__agreement__customer", "ticket")
        return super().get_queryset(request).select_related(*related)

    @display(description=_("Due on"), ordering="due_on", label={"late": "danger", "due": "info", "done": "success"})
    def due_badge(self, row: MaintenanceVisit) -> tuple[str, str]:
        kind = "late" if row.overdue else "done" if row.done_on else "due"
        return kind, row.due_on.isoformat()

    @display(description=_("Inspects"))
    def what(self, row: MaintenanceVisit) -> str:
        return str(row.plan.equipment or row.plan.agreement)

    @display(description=_("customer"))
    def customer_name(self, row: MaintenanceVisit) -> str:
        return str(row.plan.customer)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: MaintenanceVisit) -> Any:
        return show.badge(row.state, VisitState)

    @display(description=_("Result"), ordering="result")
    def result_badge(self, row: MaintenanceVisit) -> Any:
        return show.badge(row.result, VisitResult) if row.result else "—"

    @display(description=_("Ticket"))
    def ticket_link(self, row: MaintenanceVisit) -> Any:
        if row.ticket is None:
            return "—"
        url = reverse("admin:tickets_ticket_change", args=[row.ticket.pk])
        return format_html('<a class="ak-link" href="{}">{}</a>', url, row.ticket.number)
