"""The admin pages of calendars: list, plans, days, versions (workflow.md, rule 9). Month and year: calendar_pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from portal import calendar_sheet  # noqa: F401  the sheet of days registers itself
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.calendar_forms import DayForm, DiscardForm, PlanForm, PublishForm, TakeOutForm
from portal.calendar_pages import month_page, year_page
from portal.exchange.export_admin import ListAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show
from portal.worktime import actions
from portal.worktime.choices import DayKind, DraftState
from portal.worktime.models import Calendar, CalendarDay, CalendarPlan, CalendarVersion
from portal.worktime.windows import as_text, parse

MANAGER = frozenset({Role.BRAND_MANAGER})
PUBLISHED = gettext_lazy(
    "Edition %(number)d is in force; days that changed: %(days)d. "
    "Open tickets that are computed anew in the background: %(count)d."
)


def _published(version: CalendarVersion) -> str:
    return PUBLISHED % {"number": version.number, "days": len(version.changes), "count": version.to_settle}


def _pending(row: Calendar) -> bool:
    return bool(actions.pending(row)) or not row.in_force


@admin.register(Calendar)
class CalendarAdmin(DeedAdmin, SheetAdmin, BaseAdmin):
    """Whose working time; its page leads to month, year, plans and days."""

    roles_view = roles_export = READERS
    roles_add = roles_change = roles_import = MANAGER
    deeds = {
        "publish": Deed(gettext_lazy("Review and put in force"), PublishForm, _pending, done=_published),
        "discard": Deed(
            gettext_lazy("Discard the draft"), DiscardForm, lambda row: row.in_force and _pending(row), grave=True
        ),
    }
    change_form_outer_before_template = "admin/worktime/calendar_head.html"
    list_display = ("name", "code", "organisation", "zone", "edition", "since", "drafts", "look")
    search_fields = ("code", "name", "organisation__name")
    search_help_text = gettext_lazy("Code, name or partner")
    list_select_related = ("organisation",)
    fieldsets = ((None, {"fields": (("code", "name"), ("organisation", "zone"), ("edition", "version", "since"))}),)
    readonly_fields = ("edition", "version", "since")

    def get_urls(self) -> list[URLPattern]:
        pages = {"month": self.month_view, "year": self.year_view}
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(require_safe(view)), name=f"worktime_{name}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Count("days", filter=~Q(days__state=DraftState.IN_FORCE), distinct=True)
        plans = Count("plans", filter=~Q(plans__state=DraftState.IN_FORCE), distinct=True)
        return super().get_queryset(request).annotate(waiting=waiting + plans)

    def get_readonly_fields(self, request: HttpRequest, obj: Calendar | None = None) -> tuple[str, ...]:
        """What is in force keeps its code, its owner and its zone."""
        fixed = ("code", "organisation", "zone") if obj is not None and obj.in_force else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        row = self.get_object(request, object_id) if object_id else None
        more = {"calendar": row, "pending": actions.pending(row) if row else []}
        return super().changeform_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def month_view(self, request: HttpRequest, object_id: str) -> Any:
        return month_page(self, request, self.get_object(request, object_id))

    def year_view(self, request: HttpRequest, object_id: str) -> Any:
        return year_page(self, request, self.get_object(request, object_id))

    @display(description=gettext_lazy("In force since"), ordering="changed_at")
    def since(self, row: Calendar) -> Any:
        return show.moment(row.changed_at) or _("not in force")

    @display(description=gettext_lazy("Drafts"), ordering="waiting")
    def drafts(self, row: Any) -> Any:
        return show.tag(row.waiting, "yellow") if row.waiting else "—"

    @display(description=gettext_lazy("View"))
    def look(self, row: Calendar) -> SafeString:
        return format_html(
            '<a class="text-primary-600" href="{}">{}</a> · <a class="text-primary-600" href="{}">{}</a>',
            reverse("admin:worktime_month", args=[row.pk]),
            pgettext("calendar", "Month"),
            reverse("admin:worktime_year", args=[row.pk]),
            pgettext("calendar", "Year"),
        )


class PartAdmin(DeedAdmin, BaseAdmin):
    """Days and plans: written as drafts, taken out with a reason."""

    roles_view = READERS
    roles_add = roles_change = MANAGER
    deeds = {
        "take_out": Deed(
            gettext_lazy("Take out"), TakeOutForm, lambda row: row.state != DraftState.LEAVING, grave=True
        ),
    }
    list_select_related = ("calendar", "author")
    readonly_fields = ("state_badge", "author", "reviewer")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = ("calendar",) if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.draft(request.actor, obj)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_badge(self, row: Any) -> Any:
        return show.badge(row.state or DraftState.DRAFT, DraftState)


@admin.register(CalendarDay)
class CalendarDayAdmin(SheetAdmin, PartAdmin):
    """Rows over the library: an announced year, a local closing day, other hours."""

    form = DayForm
    roles_import = MANAGER
    roles_export = READERS
    list_display = ("day", "calendar", "kind_badge", "hours", "reason", "source", "state_badge", "author", "reviewer")
    list_filter = (
        ("calendar", ScopedRelatedFilter),
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("day", RangeDateFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("reason", "source")
    search_help_text = gettext_lazy("Reason or source")
    ordering = ("-day",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("calendar", "day"),
                    ("kind", "windows"),
                    "reason",
                    "source",
                    ("state_badge", "author", "reviewer"),
                )
            },
        ),
    )

    @display(description=gettext_lazy("Kind of day"), ordering="kind")
    def kind_badge(self, row: CalendarDay) -> Any:
        return show.badge(row.kind, DayKind)

    @display(description=gettext_lazy("Opening hours"))
    def hours(self, row: CalendarDay) -> str:
        return as_text(parse(row.windows)) if row.windows else "—"


@admin.register(CalendarPlan)
class CalendarPlanAdmin(SheetAdmin, PartAdmin):
    """How a week looks from a day on."""

    form = PlanForm
    roles_import = MANAGER
    roles_export = READERS
    list_display = ("since", "calendar", "week", "with_holidays", "reason", "state_badge", "author", "reviewer")
    list_filter = (("calendar", ScopedRelatedFilter), ("state", ChoicesDropdownFilter))
    list_filter_submit = True
    ordering = ("calendar", "-since")
    fieldsets = (
        (None, {"fields": (("calendar", "since"), "reason", "source")}),
        (
            gettext_lazy("Week"),
            {
                "fields": (
                    ("monday", "tuesday"),
                    ("wednesday", "thursday"),
                    ("friday", "saturday"),
                    ("sunday", "windows"),
                    "with_holidays",
                )
            },
        ),
        (None, {"fields": (("state_badge", "author", "reviewer"),)}),
    )

    @display(description=gettext_lazy("Week"))
    def week(self, row: CalendarPlan) -> str:
        return " · ".join(as_text(parse(day)) or "—" for day in row.weekly)


@admin.register(CalendarVersion)
class CalendarVersionAdmin(ListAdmin, BaseAdmin):
    """What was in force when: only to read."""

    roles_view = roles_export = READERS
    list_display = ("calendar", "number", "version", "in_force", "author", "reviewer", "days", "progress")
    list_filter = (("calendar", ScopedRelatedFilter),)
    list_filter_submit = True
    list_select_related = ("calendar",)
    fields = readonly_fields = (
        "calendar", "number", "version", "in_force", "author", "reviewer", "changed_days", "progress",
    )  # fmt: skip

    @display(description=gettext_lazy("In force since"), ordering="since")
    def in_force(self, row: CalendarVersion) -> Any:
        return show.moment(row.since)

    @display(description=gettext_lazy("Days that changed"))
    def days(self, row: CalendarVersion) -> int:
        return len(row.changes)

    @display(description=gettext_lazy("Days that changed"))
    def changed_days(self, row: CalendarVersion) -> str:
        return ", ".join(row.changes) or "—"

    @display(description=gettext_lazy("Open tickets computed anew"))
    def progress(self, row: CalendarVersion) -> str:
        if not row.moves_dues:
            return "—"
        words = {"done": row.settled, "all": max(row.to_settle, row.settled), "moved": row.moved}
        return _("%(done)d of %(all)d, due times moved in %(moved)d") % words
