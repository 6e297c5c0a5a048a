"""The plan: which outlets were inspected when, and random draws of them (I05, R182)."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from partners.actions.outlet_inspection_draw import verify
from partners.admin import outlet_inspection_parts as parts
from partners.admin.base import MANAGER
from partners.forms.outlet_inspection_admin import DrawForm, PlanForm
from partners.models import InspectionPlan, OutletDraw, OutletInspection
from partners.queries import outlet_inspection as inspections
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.exchange.export_admin import ListAdmin
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.kernel.words import joined
from portal.webkit import show


class NotSinceFilter(DropdownFilter):
    """Outlets that the brand has not inspected for so long."""

    title = _("Not inspected")
    parameter_name = "not_since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("quarter", _("this quarter")),
            ("180", _("for half a year")),
            ("365", _("for a year")),
            ("never", _("ever")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet | None:
        if self.value() == "never":
            return queryset.filter(last_at=None)
        if self.value() == "quarter":
            since = Quarter.of(clock.now()).start
        elif self.value() in ("180", "365"):
            since = clock.now() - timedelta(days=int(self.value()))
        else:
            return None
        return queryset.filter(Q(last_at=None) | Q(last_at__lt=since))


class InspectionInline(SummaryInline):
    model = OutletInspection
    fk_name = "outlet"
    roles_view = READERS
    ordering = ("-planned_on",)
    fields = ("page", "kind", "planned_on", "score", "state")


@admin.register(InspectionPlan)
class InspectionPlanAdmin(parts.DeedsOnly, ListAdmin, DeedAdmin, BaseAdmin):
    """Outlets by their last inspection; one press plans the next."""

    roles_view = roles_export = READERS
    roles_change = MANAGER
    deeds = {"plan": Deed(_("Plan an inspection"), PlanForm, lambda row: row.active)}
    inlines = (InspectionInline,)
    ordering = ("code",)
    list_display = ("outlet", "partner_name", "region", "last", "result", "next_day", "findings_left")
    list_filter = (
        NotSinceFilter,
        ("partner", ScopedRelatedFilter),
        ("region", AllValuesCheckboxFilter),
        ("partner__channel_type", ChoicesDropdownFilter),
        "active",
    )
    list_filter_submit = True
    list_fullwidth = True
    list_select_related = ("partner",)
    search_fields = ("code", "name", "address", "partner__name", "partner__short_name")
    search_help_text = _("Code, name, address or partner")
    fields = (("name", "partner"), ("region", "address"), ("last", "result", "next_day"), "course")
    readonly_fields = ("name", "partner", "region", "address", "last", "result", "next_day", "course")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return inspections.with_plan(super().get_queryset(request))

    @display(description=_("Outlet"), ordering="code")
    def outlet(self, row: InspectionPlan) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.code)

    @display(description=_("Partner"), ordering="partner__code")
    def partner_name(self, row: InspectionPlan) -> str:
        return f"{row.partner.short_name} · {row.partner.get_channel_type_display()}"

    @display(description=_("Inspected last"), ordering="last_at")
    def last(self, row: Any) -> Any:
        return show.moment(row.last_at, "date") or _("never")

    @display(description=_("Score"), ordering="last_score")
    def result(self, row: Any) -> Any:
        return parts.scored(row.last_score, row.last_grade or "")

    @display(description=_("Planned next"), ordering="next_on")
    def next_day(self, row: Any) -> Any:
        return show.moment(row.next_on) or "—"

    @display(description=_("Findings open"), ordering="findings_open")
    def findings_left(self, row: Any) -> Any:
        if not row.findings_late:
            return row.findings_open or "—"
        return format_html("{} {}", row.findings_open, parts.late_tag(row.findings_late))

    @display(description=_("Scores over time"))
    def course(self, row: InspectionPlan) -> Any:
        return parts.line(OutletInspection.objects.filter(outlet=row.pk))


def _told(wrong: list[str]) -> Any:
    return " ".join(wrong) if wrong else _("Drawn again: seed, population and sample agree with the journal.")


@admin.register(OutletDraw)
class OutletDrawAdmin(ListAdmin, BaseAdmin):
    """A draw is made once, read ever after, and repeated by whoever doubts it."""

    roles_view = roles_export = READERS
    roles_add = MANAGER
    form = DrawForm
    list_display = ("number", "drawn_at", "drawn_by", "counts", "check_version", "planned_on", "repeats")
    search_fields = ("number", "seed", "drawn_by__name")
    search_help_text = _("Number, seed or person")
    list_select_related = ("drawn_by", "check_version__check_list", "repeats")
    add_fieldsets = (
        (None, {"fields": (("check_list", "planned_on"), ("size", "inspector"))}),
        (pgettext_lazy("outlet draw", "Drawn from"), {"fields": ("regions", "channel_types", "tiers", "not_since")}),
        (_("Drawn again"), {"fields": ("reason",), "description": _("Only where a draw of this quarter is repeated.")}),
    )
    fieldsets = (
        (None, {"fields": (("number", "check_version"), ("drawn_at", "drawn_by", "planned_on"))}),
        (pgettext_lazy("outlet draw", "Drawn from"), {"fields": ("filters", "population_words")}),
        (_("Seed and sample"), {"fields": (("seed", "size"), "checked", "chosen", "repeats", "again", "reason")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: OutletDraw | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(self, request: HttpRequest, obj: OutletDraw | None = None, **kwargs: Any) -> type[ModelForm]:
        if obj is not None:
            return super().get_form(request, obj, form=ModelForm, **kwargs)
        form = super().get_form(request, obj, **kwargs)
        form.actor = request.actor
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: OutletDraw | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        names = [field.name for field in self.opts.fields if field.name != "id"]
        return (*names, "filters", "population_words", "checked", "chosen", "again")

    def save_model(self, request: HttpRequest, obj: OutletDraw, form: Any, change: bool) -> None:
        row = form.draw(obj)
        words = _("%(n)d of %(all)d outlets are drawn and planned.")
        messages.success(request, words % {"n": len(row.sample), "all": len(row.population)})

    @display(description=_("Drawn"))
    def counts(self, row: OutletDraw) -> str:
        return f"{len(row.sample)} / {len(row.population)}"

    @display(description=_("Filters"))
    def filters(self, row: OutletDraw) -> str:
        since = [str(_("not inspected since %(day)s") % {"day": row.not_since})] if row.not_since else []
        return joined([*row.regions, *row.channel_types, *row.tiers, *since]) or str(_("none"))

    @display(description=_("Population"))
    def population_words(self, row: OutletDraw) -> str:
        return f"{len(row.population)}: {joined(row.population)}"

    @display(description=_("Sample"))
    def chosen(self, row: OutletDraw) -> Any:
        rows = row.inspections.select_related("outlet")
        pairs = (
            (reverse("admin:partners_outletinspection_change", args=[one.pk]), one.outlet.name, one.number)
            for one in rows
        )
        return format_html_join("", '<div><a class="text-primary-600" href="{}">{} · {}</a></div>', pairs)

    @display(description=_("Repeated by"))
    def again(self, row: OutletDraw) -> str:
        return joined(row.repeated_by.order_by("pk")) or "—"

    @display(description=_("Drawn again just now"))
    def checked(self, row: OutletDraw) -> Any:
        wrong = verify(row)
        return show.tag(_told(wrong), "red" if wrong else "green")
