"""Warnings and breaches as a list, the ladder that they climb, and both on the ticket's page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from portal.accounts.actor import Actor
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit import panels
from portal.adminkit.base import BaseAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.paging import CappedPaginator
from portal.exchange.export_admin import ListAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show
from tickets import choices
from tickets.choices.warning import Audience
from tickets.models import ClockWarning, LadderRung, Ticket
from tickets.queries.warning import warnings_of


class LevelFilter(DropdownFilter):
    title, parameter_name = _("Level"), "level"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [("before", _("Before the due time")), ("breach", _("Breach")), ("after", _("Long after the breach"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        narrow = {
            "before": {"percent__isnull": False},
            "breach": {"minutes_after": 0},
            "after": {"minutes_after__gt": 0},
        }
        return queryset.filter(**narrow.get(self.value() or "", {}))


@admin.register(ClockWarning)
class ClockWarningAdmin(ListAdmin, BaseAdmin):
    """What was warned, whom, when: written by the job alone."""

    roles_view = READERS
    list_display = ("ticket_link", "clock", "level_badge", "due", "told", "names")
    list_filter = (
        LevelFilter,
        ("kind", ChoicesDropdownFilter),
        ("ticket__category", ChoicesDropdownFilter),
        ("ticket__partner", ScopedRelatedFilter),
        ("told_at", RangeDateFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    list_select_related = ("ticket",)
    search_fields = ("ticket__number",)
    search_help_text = _("Ticket number")
    ordering = ("-told_at", "-pk")
    paginator = CappedPaginator
    fields = readonly_fields = ("ticket_link", "clock", "level_badge", "due", "reached", "told", "names")

    @display(description=_("Ticket"))
    def ticket_link(self, row: ClockWarning) -> SafeString:
        url = reverse("admin:tickets_ticket_change", args=[row.ticket_id])
        return format_html('<a class="text-primary-600" href="{}">{}</a>', url, row.ticket.number)

    @display(description=_("Clock"), ordering="kind")
    def clock(self, row: ClockWarning) -> Any:
        return show.badge(row.kind, choices.ClockKind)

    @display(description=_("Level"))
    def level_badge(self, row: ClockWarning) -> SafeString:
        colour = "red" if row.is_breach else "orange" if (row.percent or 0) >= 80 else "yellow"
        return show.tag(row.level, colour)

    @display(description=pgettext_lazy("clock", "Due at"), ordering="due_at")
    def due(self, row: ClockWarning) -> Any:
        return show.moment(row.due_at)

    @display(description=_("Reached at"), ordering="reached_at")
    def reached(self, row: ClockWarning) -> Any:
        return show.moment(row.reached_at)

    @display(description=_("Told at"), ordering="told_at")
    def told(self, row: ClockWarning) -> Any:
        return show.moment(row.told_at)

    @display(description=_("Who was told"))
    def names(self, row: ClockWarning) -> str:
        return row.names or str(_("nobody was there"))


@admin.register(LadderRung)
class LadderRungAdmin(SheetAdmin, BaseAdmin):
    """The ladder as data: brand managers change it, everybody of the brand reads it."""

    roles_view = READERS
    roles_add = roles_change = roles_delete = roles_import = frozenset({Role.BRAND_MANAGER})
    roles_export = DESK | {Role.AUDITOR}
    list_display = ("when_shown", "kind_shown", "category_shown", "audience_badge", "active")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("category", ChoicesDropdownFilter),
        ("audience", ChoicesDropdownFilter),
        "active",
    )
    list_filter_submit = True
    fieldsets = ((None, {"fields": (("kind", "category"), ("percent", "minutes_after"), ("audience", "active"))}),)

    @display(description=_("When"), ordering="percent")
    def when_shown(self, row: LadderRung) -> str:
        return row.when

    @display(description=_("Clock"), ordering="kind")
    def kind_shown(self, row: LadderRung) -> Any:
        return show.badge(row.kind, choices.ClockKind) if row.kind else _("any")

    @display(description=_("Problem type"), ordering="category")
    def category_shown(self, row: LadderRung) -> Any:
        return show.badge(row.category, choices.Category) if row.category else _("any")

    @display(description=_("Who is told"), ordering="audience")
    def audience_badge(self, row: LadderRung) -> Any:
        return show.badge(row.audience, Audience)


def _panel(actor: Actor, ticket: Ticket) -> dict[str, Any] | None:
    """On the ticket's page, where there is anything to show."""
    rows = warnings_of(ticket)
    return {"warnings": rows} if rows else None


panels.register("tickets.ticket", "admin/tickets/ticket/_warnings.html", _panel)
