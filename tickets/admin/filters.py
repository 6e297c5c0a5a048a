"""Filters of the desk's list."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from partners.models import Outlet, Partner
from portal.kernel import clock
from tickets import choices
from tickets.queries import desk
from tickets.queries.warning import broken_today


class QueueFilter(SimpleListFilter):
    """The tabs above the list. A search without a tab looks everywhere, otherwise all open tickets are shown."""

    title = _("Queue")
    parameter_name = "queue"
    template = "admin/tickets/ticket/_queue_filter.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type, model_admin: ModelAdmin) -> None:
        super().__init__(request, params, model, model_admin)
        self.code = queue_of(request)

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [(queue.code, queue.label) for queue in desk.QUEUES]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return desk.in_queue(queryset, self.code)

    def choices(self, changelist: Any) -> list[dict[str, Any]]:
        return [{"value": self.value() or ""}]


def queue_of(request: HttpRequest) -> str:
    """The tab that the address names; else all where something is searched, else the open ones."""
    code = request.GET.get("queue", "")
    if code in desk.QUEUE:
        return code
    return "all" if request.GET.get("q") or request.GET.get("state") else "open"


class DueFilter(DropdownFilter):
    title = _("Due time")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue")), ("today", _("Due today")), ("broken", _("Missed today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {"overdue": desk.overdue, "today": desk.due_today, "broken": broken_today}
        narrow = known.get(self.value() or "")
        return narrow(queryset, clock.now()) if narrow else queryset


class _ChoiceFilter(DropdownFilter):
    """One column with choices."""

    words: Any

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(self.words.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return queryset.filter(**{self.parameter_name: value}) if value else queryset


class StateFilter(_ChoiceFilter):
    title, parameter_name, words = _("State"), "state", choices.TicketState


class CategoryFilter(_ChoiceFilter):
    title, parameter_name, words = _("Problem type"), "category", choices.Category


class UrgencyFilter(_ChoiceFilter):
    title, parameter_name, words = _("Urgency"), "urgency", choices.Urgency


class ChannelFilter(_ChoiceFilter):
    title, parameter_name, words = _("Channel"), "channel", choices.Channel


class RegionFilter(DropdownFilter):
    """Regions where the actor has outlets to look at; A03: no others are offered."""

    title, parameter_name = _("Region"), "region"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        rows = Outlet.objects.visible_to(request.actor).order_by("region").values_list("region", flat=True).distinct()
        return [(region, region) for region in rows if region]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(region=self.value()) if self.value() else queryset


class PartnerFilter(DropdownFilter):
    title, parameter_name = _("Partner"), "partner"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        rows = Partner.objects.visible_to(request.actor).order_by("short_name").values_list("pk", "short_name")
        return [(str(pk), name) for pk, name in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(partner_id=int(value)) if value.isascii() and value.isdigit() else queryset


FILTERS = (
    QueueFilter,
    DueFilter,
    StateFilter,
    CategoryFilter,
    UrgencyFilter,
    ChannelFilter,
    RegionFilter,
    PartnerFilter,
)
