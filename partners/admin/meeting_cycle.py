"""Which meetings are owed how often (R041, R076, R225)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.models import MeetingCycle
from portal.accounts.models import User
from portal.adminkit.filters import ScopedRelatedFilter


@admin.register(MeetingCycle)
class MeetingCycleAdmin(NetworkAdmin):
    """Which meetings are owed how often; the schedule puts them into the calendar."""

    list_display = ("cycle", "months", "since", "owner", "active")
    list_filter = (("kind", ChoicesDropdownFilter), ("partner", ScopedRelatedFilter), "active")
    list_filter_submit = True
    list_select_related = ("partner", "owner")
    search_fields = ("partner__name", "partner__short_name")
    search_help_text = _("Partner")
    autocomplete_fields = ("partner",)
    fieldsets = (
        (None, {"fields": (("kind", "months"), ("partner", "plan"), ("since", "active"))}),
        (_("Preparation"), {"fields": (("owner", "place"),)}),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = User.objects.filter(
                membership__active=True, membership__role="brand_manager", is_active=True
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("Meeting cycle"), ordering="kind")
    def cycle(self, row: MeetingCycle) -> str:
        return str(row)
