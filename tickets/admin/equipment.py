"""The fleet: each equipment with its tickets, parts and inspections (R187, R191)."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import display

from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.kernel import clock
from portal.webkit import show
from tickets.admin.customer import VIEWERS, CustomerPages
from tickets.choices import Category, TicketState
from tickets.choices.maintenance import VisitResult, VisitState
from tickets.models import Equipment, MaintenancePlan, Ticket
from tickets.queries.equipment import parts_of, visits_of


class TicketInline(SummaryInline):
    """What was reported about it, the newest first."""

    model = Ticket
    roles_view = VIEWERS
    fields = ("page", "received", "category_badge", "state_badge", "title")
    ordering = ("-received_at",)
    verbose_name_plural = _("tickets")

    @display(description=_("Received at"))
    def received(self, row: Ticket) -> Any:
        return show.moment(row.received_at)

    @display(description=_("Problem type"))
    def category_badge(self, row: Ticket) -> Any:
        return show.badge(row.category, Category) if row.category else "—"

    @display(description=_("State"))
    def state_badge(self, row: Ticket) -> Any:
        return show.badge(row.state, TicketState)


class PlanInline(SummaryInline):
    model = MaintenancePlan
    roles_view = VIEWERS
    fields = ("page", "months", "first_day", "active")


@admin.register(Equipment)
class EquipmentAdmin(CustomerPages):
    personal_fields = ("address",)
    inlines = (TicketInline, PlanInline)
    list_display = ("serial_number", "model", "product_line", "customer", "warranty_badge", "faults", "next_visit")
    list_filter = (
        ("customer", ScopedRelatedFilter),
        ("product_line", ScopedRelatedFilter),
        ("warranty_until", RangeDateFilter),
    )
    search_fields = ("serial_number", "model", "customer__name", "customer__code", "contract_number")
    search_help_text = _("Serial number, model, contract number or customer")
    autocomplete_fields = ("customer", "product_line")
    readonly_fields = ("parts", "inspections")
    fieldsets = (
        (None, {"fields": ("customer", ("serial_number", "model"), ("product_line", "contract_number"))}),
        (_("Warranty"), {"fields": (("warranty_from", "warranty_until"), ("installed_on", "address"))}),
        (_("History"), {"fields": ("parts", "inspections")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Q(plans__visits__state__in=[VisitState.PLANNED, VisitState.TICKETED])
        rows = super().get_queryset(request).select_related("customer", "product_line")
        return rows.annotate(reports=Count("tickets", distinct=True), due=Min("plans__visits__due_on", filter=waiting))

    @display(description=_("Warranty until"), ordering="warranty_until", label={"in": "success", "out": "warning"})
    def warranty_badge(self, row: Equipment) -> Any:
        if row.warranty_until is None:
            return None
        return ("in" if row.warranty_until >= clock.today() else "out"), row.warranty_until.isoformat()

    @display(description=_("tickets"), ordering="reports")
    def faults(self, row: Equipment) -> int:
        return row.reports

    @display(description=_("Next inspection"), ordering="due", label={"late": "danger", "due": "info"})
    def next_visit(self, row: Equipment) -> Any:
        if row.due is None:
            return None
        return ("late" if row.due < clock.today() else "due"), row.due.isoformat()

    @display(description=_("Parts replaced"))
    def parts(self, row: Equipment) -> Any:
        found = [
            (part.completion.created_at.date(), part.part_number, part.quantity, part.completion.ticket)
            for part in parts_of(row)
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} · {} × {} · {}</li>", found)) if found else "—"

    @display(description=_("Inspections"))
    def inspections(self, row: Equipment) -> Any:
        lines = [(v.due_on, _badge(v), v.ticket or "", v.findings) for v in visits_of(row)]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {} {} {}</li>", lines)) if lines else "—"


def _badge(visit: Any) -> Any:
    return show.badge(visit.result, VisitResult) if visit.result else show.badge(visit.state, VisitState)
