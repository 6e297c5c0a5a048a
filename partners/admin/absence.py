"""Absences of the partners' staff: their managers keep them on their pages, brand managers see them here."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.choices.absence import AbsenceReason
from partners.models import Absence
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin
from portal.webkit import show


@admin.register(Absence)
class AbsenceAdmin(ListAdmin, BaseAdmin):
    """Read only: who is away is for the partner to say."""

    roles_view = READERS
    list_display = ("staff", "outlet", "from_when", "until_when", "reason_badge", "deputy")
    list_filter = (("staff__outlet__partner", ScopedRelatedFilter), ("reason", ChoicesDropdownFilter))
    list_filter_submit = True
    list_select_related = ("staff__outlet", "deputy")
    search_fields = ("staff__name", "staff__number", "deputy__name")
    search_help_text = _("Name or employee number")

    @display(description=_("Outlet"))
    def outlet(self, row: Absence) -> str:
        return row.staff.outlet.name

    @display(description=_("Absent from"), ordering="since")
    def from_when(self, row: Absence) -> Any:
        return show.moment(row.since)

    @display(description=_("Back at"), ordering="until")
    def until_when(self, row: Absence) -> Any:
        return show.moment(row.until)

    @display(description=_("Reason"))
    def reason_badge(self, row: Absence) -> Any:
        return show.badge(row.reason, AbsenceReason)
