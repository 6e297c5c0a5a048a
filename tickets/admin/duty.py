"""Duty roster of the brand (值班表): who answers when the ladder of warnings has reached the top."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.kernel import clock
from portal.kernel.words import joined
from portal.webkit import show
from tickets.forms.duty import DutyTurnForm
from tickets.models import DutyTurn


class TurnFilter(DropdownFilter):
    title, parameter_name = _("Turn"), "turn"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [("now", _("Now")), ("coming", pgettext_lazy("turn of duty", "Coming")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = clock.now()
        narrow = {
            "now": {"since__lte": now, "until__gt": now},
            "coming": {"since__gt": now},
            "over": {"until__lte": now},
        }
        return queryset.filter(**narrow.get(self.value() or "", {}))


@admin.register(DutyTurn)
class DutyTurnAdmin(SheetAdmin, BaseAdmin):
    """Brand managers plan it; where nobody is on the roster, all brand managers of the region are told."""

    form = DutyTurnForm
    roles_view = READERS
    roles_add = roles_change = roles_delete = roles_import = frozenset({Role.BRAND_MANAGER})
    roles_export = DESK | {Role.AUDITOR}
    list_display = ("officer", "from_when", "until_when", "where", "note", "turn")
    list_filter = (TurnFilter,)
    list_filter_submit = True
    list_select_related = ("officer",)
    search_fields = ("officer__name", "note")
    search_help_text = _("Officer or note")
    fieldsets = ((None, {"fields": ("officer", "since", "until", "regions", "note")}),)

    @display(description=pgettext_lazy("turn of duty", "From"), ordering="since")
    def from_when(self, row: DutyTurn) -> SafeString | str:
        return show.moment(row.since)

    @display(description=pgettext_lazy("turn of duty", "Until"), ordering="until")
    def until_when(self, row: DutyTurn) -> SafeString | str:
        return show.moment(row.until)

    @display(description=_("Regions"))
    def where(self, row: DutyTurn) -> str:
        return joined(row.regions) or str(_("all"))

    @display(description=_("State"))
    def turn(self, row: DutyTurn) -> SafeString:
        """Whose turn it is now, who comes, who has been."""
        moment = clock.now()
        if row.since <= moment < row.until:
            return show.tag(_("Now"), "green")
        return show.tag(pgettext_lazy("turn of duty", "Coming") if row.since > moment else _("Over"))
