"""Filters of lists that offer nothing beyond what the actor may see."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from unfold.contrib.filters.admin import RelatedDropdownFilter

from portal.adminkit.permissions import scoped


class ScopedRelatedFilter(RelatedDropdownFilter):
    """A relation as a drop-down of the rows in scope; the stock one lists every partner there is (A03)."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        return [(row.pk, str(row)) for row in scoped(field.remote_field.model, request)]
