"""Links to rows of the admin: given where the reader may open the row, the bare words where he may not (A01)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString


def openable(request: HttpRequest, model: type[Model], keys: Iterable[Any]) -> set[Any]:
    """Of the rows of a model with these keys those whose page in the admin would answer this person; one query."""
    page = admin.site._registry.get(model)
    if page is None or not page.has_view_permission(request):
        return set()
    return set(page.get_queryset(request).filter(pk__in=keys).order_by().values_list("pk", flat=True))


def page_of(row: Model) -> str:
    """The address of the row's page in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def link(row: Model, words: Any) -> SafeString:
    """The way to the row, for whoever may go there."""
    return format_html('<a class="ak-link" href="{}">{}</a>', page_of(row), words)


def _opens(request: HttpRequest, row: Model, beside: Callable[[], Iterable[Model]]) -> bool:
    """Asked once a row and request; the rows of the same model beside it are asked about in the same query."""
    model = type(row)
    known: dict[Any, bool] = vars(request).setdefault("openable_rows", {}).setdefault(model, {})
    if row.pk not in known:
        keys = {row.pk} | {other.pk for other in beside() if type(other) is model}
        found = openable(request, model, keys)
        known.update((key, key in found) for key in keys)
    return known[row.pk]


def linked(
    request: HttpRequest, row: Model, words: Any = None, beside: Callable[[], Iterable[Model]] = tuple
) -> SafeString:
    """The row in words, and the way to it where the reader may go there. `beside`: rows that the page links as well."""
    shown = conditional_escape(row if words is None else words)
    if not _opens(request, row, beside):
        return shown
    return link(row, shown)


@dataclass(frozen=True, slots=True)
class RowLink:
    """What a column of a row's page returns to be linked for its reader; in a list it stays plain words."""

    row: Model
    words: Any = None

    def __html__(self) -> str:
        return conditional_escape(self.row if self.words is None else self.words)

    def __str__(self) -> str:
        return str(self.row if self.words is None else self.words)
