"""A look at the rows below a row; each has a page of its own."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from unfold.decorators import display

from portal.adminkit.base import BaseTabularInline
from portal.adminkit.links import RowLink
from portal.adminkit.permissions import scoped


def _page(row: Any) -> RowLink | str:
    return RowLink(row) if row.pk else "—"


class PageLink:
    """Mixin of inlines: `page` is a link to the row's own page."""

    hide_title = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The column is headed by what stands in it: an outlet, a contract.
        self.page = display(description=capfirst(self.model._meta.verbose_name))(partial(_page))


class SummaryInline(PageLink, BaseTabularInline):
    """Read only: `fields` may name `page`. A row that is still to be added has nothing below it."""

    can_delete = False
    per_page = 20

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Django asks for the right without the row here, and would answer with nothing."""
        rows = scoped(self.model, request) if self.holds(request, self.roles_view) else self.model._base_manager.none()
        rows = self.joined(rows)
        return rows.order_by(*ordering) if (ordering := self.get_ordering(request)) else rows
