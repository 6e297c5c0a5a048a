"""Part requests for the brand: promise, send, withdraw; overdue ones on top (R086, R090)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show
from tickets.choices.part_request import RequestState
from tickets.forms.part_request import PromiseForm, ShipForm, WithdrawForm
from tickets.models import PartRequest
from tickets.rules.part_request import STEPS


class OverdueFilter(admin.SimpleListFilter):
    """Those whose promised day has passed."""

    title, parameter_name = _("Late"), "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Late"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.overdue() if self.value() == "1" else queryset  # type: ignore[attr-defined]


@admin.register(PartRequest)
class PartRequestAdmin(DeedAdmin, SheetAdmin, BaseAdmin):
    roles_view = READERS
    roles_change = DESK | {Role.TECHNICAL}
    roles_export = DESK | {Role.TECHNICAL, Role.AUDITOR}
    deeds = {
        "promise": Deed(_("Promise a day"), PromiseForm, lambda row: row.state in STEPS["promise"]),
        "ship": Deed(_("Send it"), ShipForm, lambda row: row.state in STEPS["ship"]),
        "cancel": Deed(
            pgettext_lazy("part request", "Withdraw the request"),
            WithdrawForm,
            lambda row: row.state in STEPS["cancel"],
            grave=True,
        ),
    }
    list_display = (
        "number", "part", "quantity", "outlet", "ticket", "state_badge", "promised_until", "supplied_at", "late",
    )  # fmt: skip
    list_filter = (("state", ChoicesDropdownFilter), OverdueFilter)
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "part__number", "part__name", "ticket__number", "outlet__name")
    search_help_text = _("Request, part, ticket or outlet")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("part", "outlet", "ticket")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(field.name for field in self.opts.fields if field.editable)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: PartRequest) -> Any:
        return show.badge(row.state, RequestState)

    @display(description=_("Late"))
    def late(self, row: PartRequest) -> Any:
        return show.tag(_("Late"), "red") if row.is_late else "—"
