"""Lines of policies in the admin: one by one in a draft, or by a sheet (R003)."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show
from tickets.actions import sla_policy as actions
from tickets.choices import ClockKind
from tickets.forms.sla_policy_line import PolicyLineForm, RemoveLineForm
from tickets.models import PolicyLine
from tickets.rules.region import REGIONS
from tickets.rules.sla_policy.deciding import may_draft
from tickets.rules.sla_policy.wording import limit_in_words, scope_in_words

MANAGER = frozenset({Role.BRAND_MANAGER})


@admin.register(PolicyLine)
class PolicyLineAdmin(SheetAdmin, DeedAdmin, BaseAdmin):
    """Only lines of drafts can be changed; the others bind tickets."""

    roles_view = READERS
    roles_add = MANAGER
    roles_change = MANAGER
    roles_import = MANAGER
    roles_export = frozenset({Role.BRAND_MANAGER, Role.LEGAL, Role.AUDITOR})
    deeds = {
        "remove": Deed(
            _("Remove the line"),
            RemoveLineForm,
            lambda row: row.policy.is_draft,
            grave=True,
            done=lambda row: _("Removed."),
        )
    }
    form = PolicyLineForm
    list_display = ("code", "kind_badge", "scope_words", "limit_words", "clause", "core", "policy")
    list_filter = (("policy", ScopedRelatedFilter), ("kind", ChoicesDropdownFilter), "core")
    list_select_related = ("policy",)
    list_filter_submit = True
    search_fields = ("code", "clause", "clause_text", "contract", "region")
    search_help_text = _("Line, clause, agreement or region")
    sortable_by = ()
    actions = ()
    readonly_fields = ("code",)
    fieldsets = (
        (None, {"fields": (("policy", "code"), "kind")}),
        (_("For which tickets"), {"fields": (("category", "channel"), ("tier", "region"), "contract")}),
        (_("Limit"), {"fields": (("limit", "unit"), ("calendar", "warn_at"))}),
        (_("Clause"), {"fields": (("clause", "replaces"), "clause_text", "core")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: PolicyLine | None = None) -> tuple[str, ...]:
        """A line stays in its version."""
        return (*super().get_readonly_fields(request, obj), *(("policy",) if obj else ()))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Regions are chosen, not typed."""
        if db_field.name == "region":
            kwargs["widget"] = UnfoldAdminSelectWidget(
                choices=[("", _("Every region")), *zip(REGIONS, REGIONS, strict=True)]
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and bool(may_draft(request.actor))

    def has_change_permission(self, request: HttpRequest, obj: PolicyLine | None = None) -> bool:
        if obj is not None and not obj.policy.verdict(request.actor, "policy_changed"):
            return False
        return super().has_change_permission(request, obj) and bool(may_draft(request.actor))

    def save_model(self, request: HttpRequest, obj: PolicyLine, form: Any, change: bool) -> None:
        actions.set_line(request.actor, obj)

    def response_post_save_add(self, request: HttpRequest, obj: PolicyLine) -> HttpResponse:
        return HttpResponseRedirect(self._page_url(obj))

    def response_post_save_change(self, request: HttpRequest, obj: PolicyLine) -> HttpResponse:
        return HttpResponseRedirect(self._page_url(obj))

    def log_addition(self, request: HttpRequest, obj: PolicyLine, message: Any) -> None:
        """The service log of the version tells it."""

    def log_change(self, request: HttpRequest, obj: PolicyLine, message: Any) -> None:
        """The service log of the version tells it."""

    def _page_url(self, row: Model) -> str:
        """Back to the version that the line is part of."""
        return reverse("admin:tickets_policyversion_change", args=[row.policy_id])

    @display(description=_("Clock"))
    def kind_badge(self, row: PolicyLine) -> Any:
        return show.badge(row.kind, ClockKind)

    @display(description=_("For which tickets"))
    def scope_words(self, row: PolicyLine) -> str:
        return scope_in_words(row.as_rule())

    @display(description=_("Limit"))
    def limit_words(self, row: PolicyLine) -> str:
        return limit_in_words(row.limit, row.unit)
