"""Good-practice cases: nominated by brand staff, decided by a brand manager (R043–R046)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import benchmark_case as actions
from partners.admin.base import NetworkAdmin
from partners.choices.knowledge import CaseKind, CaseState
from partners.forms import benchmark_case as forms
from partners.models import BenchmarkCase
from partners.rules.knowledge import APPROVERS, NOMINATORS
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.webkit import show

_OFFERED = (CaseState.NOMINATED, CaseState.RETIRED)


@admin.register(BenchmarkCase)
class BenchmarkCaseAdmin(DeedAdmin, NetworkAdmin):
    """Whoever nominates fills it in; only a brand manager changes it afterwards and decides."""

    roles_add = roles_import = NOMINATORS
    roles_change = APPROVERS
    deeds = {
        "recommend": Deed(_("Put on the recommended list"), forms.RecommendForm, lambda row: row.state in _OFFERED),
        "decline": Deed(
            _("Do not take it"), forms.DeclineForm, lambda row: row.state == CaseState.NOMINATED, grave=True
        ),
        "retire": Deed(
            _("Take off the list"), forms.RetireForm, lambda row: row.state == CaseState.RECOMMENDED, grave=True
        ),
    }
    list_display = ("case", "kind_badge", "state_badge", "partner", "figures", "nominated")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("partner", ScopedRelatedFilter),
        "for_training",
    )
    list_filter_submit = True
    search_fields = ("number", "title", "practice", "effect", "partner__name")
    search_help_text = _("Number, words or partner")
    autocomplete_fields = ("partner", "article")
    readonly_fields = ("state_badge", "nominated_by", "decided_by")
    fieldsets = (
        (None, {"fields": ("title", ("kind", "state_badge"), "practice")}),
        (_("Measured effect"), {"fields": ("effect", ("measure", "unit"), ("before", "after"))}),
        (_("Where it comes from"), {"fields": (("partner", "article"), ("ticket_number", "for_training"))}),
        (_("Decision"), {"fields": (("nominated_by", "decided_by"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partner")

    def save_model(self, request: HttpRequest, obj: BenchmarkCase, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            actions.nominate(request.actor, obj)

    @display(description=_("Case"), ordering="title")
    def case(self, row: BenchmarkCase) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.title, row.number)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: BenchmarkCase) -> Any:
        return show.badge(row.kind, CaseKind)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: BenchmarkCase) -> Any:
        return show.badge(row.state or CaseState.NOMINATED, CaseState)

    @display(description=_("Measured"))
    def figures(self, row: BenchmarkCase) -> str:
        if row.change_percent is None:
            return "—"
        return (
            f"{row.measure} {floatformat(row.before)} → {floatformat(row.after)} {row.unit} · {row.change_percent:+} %"
        )

    @display(description=_("Nominated"), ordering="nominated_at")
    def nominated(self, row: BenchmarkCase) -> SafeString:
        at = show.moment(row.nominated_at, "date")
        return format_html('<span class="ak-stack"><span>{}</span><small>{}</small></span>', at, row.nominated_by)
