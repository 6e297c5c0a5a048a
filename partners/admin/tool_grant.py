"""Diagnostic tools: the catalogue, what is opened to whom, the log of use (R020)."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from partners.actions import tool_grant
from partners.admin.base import NetworkAdmin
from partners.choices.tool_grant import GrantStanding, GrantState, RiskClass, ToolFunction, UseResult
from partners.forms.tool_grant import (
    ApproveGrantForm,
    DiagnosticToolForm,
    NewGrantForm,
    RefuseGrantForm,
    WithdrawGrantForm,
)
from partners.models import DiagnosticTool, ToolGrant, ToolUse
from partners.rules.tool_grant import DECIDERS, SOON_DAYS
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.kernel import clock
from portal.kernel.words import joined
from portal.webkit import show


def _badges(row: Any) -> Any:
    return format_html_join(" ", "{}", ((show.badge(name, ToolFunction),) for name in row.functions)) or "—"


@admin.register(DiagnosticTool)
class DiagnosticToolAdmin(NetworkAdmin):
    form = DiagnosticToolForm
    roles_add = roles_change = roles_import = DECIDERS
    list_display = ("code", "name", "function_badges", "risk_badge", "active")
    list_filter = (("risk", ChoicesDropdownFilter), ("product_lines", ScopedRelatedFilter), "active")
    list_filter_submit = True
    search_fields = ("code", "name")
    search_help_text = _("Tool code or name")
    autocomplete_fields = ("product_lines",)
    fieldsets = (
        (None, {"fields": (("code", "risk"), "name", "functions", "product_lines", "active")}),
        (_("How it is reached"), {"fields": ("address", "how")}),
    )

    @display(description=_("Functions"))
    def function_badges(self, row: DiagnosticTool) -> Any:
        return _badges(row)

    @display(description=_("Risk class"), ordering="risk")
    def risk_badge(self, row: DiagnosticTool) -> Any:
        return show.badge(row.risk, RiskClass)


class StandingFilter(DropdownFilter):
    """How grants stand today."""

    title = pgettext_lazy("tool grant", "Standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(GrantStanding.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today, chosen = clock.today(), self.value()
        soon = today + timedelta(days=SOON_DAYS)
        given = queryset.filter(state=GrantState.GRANTED)
        narrowed = {
            GrantStanding.FUTURE: given.filter(valid_from__gt=today),
            GrantStanding.VALID: given.filter(valid_from__lte=today, valid_until__gt=soon),
            GrantStanding.EXPIRING: given.filter(valid_from__lte=today, valid_until__gte=today, valid_until__lte=soon),
            GrantStanding.EXPIRED: given.filter(valid_until__lt=today),
        }
        if chosen in narrowed:
            return narrowed[GrantStanding(chosen)]
        return queryset.filter(state=chosen) if chosen in GrantState.values else queryset


class ToolUseInline(SummaryInline):
    model = ToolUse
    roles_view = READERS
    fields = ("page", "opened_at", "author", "function", "purpose")


@admin.register(ToolGrant)
class ToolGrantAdmin(DeedAdmin, NetworkAdmin):
    """Opened here, or asked for by a partner and decided here; what was decided is not rewritten."""

    form = NewGrantForm
    roles_add = roles_change = roles_import = DECIDERS
    deeds = {
        "approve": Deed(_("Grant"), ApproveGrantForm, lambda row: row.state == GrantState.ASKED),
        "refuse": Deed(_("Refuse"), RefuseGrantForm, lambda row: row.state == GrantState.ASKED, grave=True),
        "withdraw": Deed(
            pgettext_lazy("tool grant", "Withdraw"),
            WithdrawGrantForm,
            lambda row: row.state == GrantState.GRANTED,
            grave=True,
        ),
    }
    inlines = (ToolUseInline,)
    list_display = ("number", "tool", "company", "named", "function_badges", "term", "standing_badge")
    list_filter = (
        StandingFilter,
        ("tool", ScopedRelatedFilter),
        ("partner", ScopedRelatedFilter),
        ("tool__risk", ChoicesDropdownFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "tool__name", "partner__name", "partner__short_name", "people__name")
    search_help_text = _("Grant number, tool, partner or person")
    autocomplete_fields = ("tool", "partner", "product_lines", "product_models", "people")
    fieldsets = (
        (None, {"fields": (("tool", "partner"), "functions", ("valid_from", "valid_until"))}),
        (_("Narrowed to"), {"fields": ("product_lines", "product_models", "people")}),
        (_("Conditions"), {"fields": ("conditions",)}),
    )
    story = (
        (pgettext_lazy("tool grant", "Request"), {"fields": (("asked_by", "asked_at"), "reason")}),
        (_("Decision"), {"fields": (("standing_badge",), ("decided_by", "decided_at"), "decision")}),
        (_("Withdrawal"), {"fields": (("withdrawn_by", "withdrawn_at"), "withdrawal")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("tool", "partner", "asked_by", "decided_by")
        return rows.prefetch_related("people")

    def get_fieldsets(self, request: HttpRequest, obj: ToolGrant | None = None) -> Any:
        if obj is None:
            return self.fieldsets
        given = (None, {"fields": (("tool", "partner"), "function_badges", ("valid_from", "valid_until"))})
        return (given, *self.fieldsets[1:], *self.story)

    def get_readonly_fields(self, request: HttpRequest, obj: ToolGrant | None = None) -> tuple[str, ...]:
        """A grant is given once: other terms are another grant."""
        if obj is None:
            return super().get_readonly_fields(request, obj)
        fixed = [
            name
            for _title, options in self.get_fieldsets(request, obj)
            for entry in options["fields"]
            for name in (entry if isinstance(entry, tuple) else (entry,))
        ]
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: ToolGrant, form: Any, change: bool) -> None:
        if not change:
            made = tool_grant.grant(request.actor, obj.tool, obj.partner, form.terms())
            vars(obj).update(vars(made))  # the links are set on it next

    @display(description=_("Partner"), ordering="partner__short_name")
    def company(self, row: ToolGrant) -> str:
        return row.partner.short_name

    @display(description=_("For these people"))
    def named(self, row: ToolGrant) -> str:
        return joined(person.name for person in row.people.all()) or str(_("every certified technician"))

    @display(description=_("Functions"))
    def function_badges(self, row: ToolGrant) -> Any:
        return _badges(row)

    @display(description=_("Term"), ordering="valid_until")
    def term(self, row: ToolGrant) -> str:
        return f"{row.valid_from} – {row.valid_until}" if row.valid_from else "—"

    @display(description=pgettext_lazy("tool grant", "Standing"), ordering="valid_until")
    def standing_badge(self, row: ToolGrant) -> Any:
        return show.badge(row.standing, GrantStanding) if row.pk else "—"


class ResultFilter(DropdownFilter):
    """What came of it, and what nobody has told yet."""

    title = _("Result")
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*UseResult.choices, ("none", _("No result yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "none":
            return queryset.filter(outcome=None)
        return queryset.filter(outcome__result=self.value()) if self.value() in UseResult.values else queryset


@admin.register(ToolUse)
class ToolUseAdmin(NetworkAdmin):
    """The log: read and taken out, never written here."""

    roles_add = roles_change = roles_import = frozenset()
    roles_export = DESK | {Role.TECHNICAL, Role.AUDITOR, Role.LEGAL}
    list_display = (
        "opened_at",
        "tool",
        "function_badge",
        "partner",
        "staff",
        "ticket_number",
        "serial_number",
        "result",
    )
    list_filter = (
        ResultFilter,
        ("function", ChoicesDropdownFilter),
        ("grant__tool", ScopedRelatedFilter),
        ("grant__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "opened_at"
    search_fields = ("ticket_number", "serial_number", "staff__name", "grant__number", "grant__tool__name", "purpose")
    search_help_text = _("Ticket, serial number, person, tool or purpose")
    fieldsets = (
        (None, {"fields": ("grant", ("opened_at", "author"), ("function_badge", "result"), "purpose", "told")}),
        (_("Ticket"), {"fields": ("ticket_number", ("product_line", "product_model"), "serial_number")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("grant__tool", "grant__partner", "staff", "outcome", "product_line")

    def get_readonly_fields(self, request: HttpRequest, obj: ToolUse | None = None) -> tuple[str, ...]:
        shown = ("function_badge", "result", "told")
        return (*shown, *(field.name for field in self.opts.fields))

    @display(description=_("Diagnostic tool"), ordering="grant__tool__name")
    def tool(self, row: ToolUse) -> str:
        return row.grant.tool.name

    @display(description=_("Partner"), ordering="grant__partner__short_name")
    def partner(self, row: ToolUse) -> str:
        return row.grant.partner.short_name

    @display(description=_("Function"), ordering="function")
    def function_badge(self, row: ToolUse) -> Any:
        return show.badge(row.function, ToolFunction)

    @display(description=_("Result"))
    def result(self, row: ToolUse) -> Any:
        return show.badge(row.told.result, UseResult) if row.told else "—"

    @display(description=_("Note"))
    def told(self, row: ToolUse) -> str:
        return (row.told.note if row.told else "") or "—"
