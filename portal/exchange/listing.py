"""A list of the admin as a sheet to take out: the columns as they stand on the page, without their colours."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from portal.exchange.cells import NO, YES
from portal.exchange.columns import MASKS
from portal.kernel import clock
from portal.webkit.show import masked_phone

ICON = re.compile(r"<(svg|script|style)\b.*?</\1>|<span class=\"material-symbols[^>]*>.*?</span>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
#: Rows fetched at a time.
CHUNK = 500


def plain(value: Any) -> str:
    """What a cell of the page says, as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return plain(value[-1]) if value else ""
    text = str(value.__html__() if hasattr(value, "__html__") else value)
    if hasattr(value, "__html__"):
        text = html.unescape(TAG.sub(" ", ICON.sub(" ", text)))
    text = re.sub(r"\s+", " ", text).strip() if hasattr(value, "__html__") else text
    return "" if text == "—" else text


@dataclass(frozen=True, slots=True)
class Place:
    """One column of the page."""

    column_name: str
    label: Any


class Listing:
    """What the page of a model lists, in scope and in its order. `page` is the model's admin."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page, self.request = page, request
        names = [name for name in page.get_list_display(request) if name not in page.not_exported]
        self.columns = [Place(name, label_for_field(name, page.model, page)) for name in names]
        self.masks: dict[str, str] = page.personal_columns

    @property
    def has_personal_data(self) -> bool:
        return bool(self.masks)

    def rows(self, shown: QuerySet) -> QuerySet:
        """The rows of the list as it is filtered."""
        return shown

    def portion(self, keys: Sequence[Any]) -> list[Model]:
        """Some rows of the list, found by their keys, in any order: in scope, with what the list joins."""
        rows = self.page.get_queryset(self.request).filter(pk__in=keys)
        return self._prepared(self._changes.apply_select_related(rows).order_by())

    @cached_property
    def _changes(self) -> Any:
        """The page's list; it counts its rows when it is made, so it is made once."""
        return self.page.get_changelist_instance(self.request)

    def lines(self, rows: QuerySet, *, masked: bool) -> Iterator[list[str]]:
        """The rows of an export; telephone numbers leave masked unless somebody asked for all of them."""
        coming = rows.iterator(chunk_size=CHUNK)
        while portion := self._prepared(islice(coming, CHUNK)):
            for row in portion:
                yield self.line(row, masked=masked)

    def _prepared(self, rows: Iterable[Model]) -> list[Model]:
        """The rows, with what the page looks up for many of them together."""
        found = list(rows)
        self.page.prepare_rows(found)
        return found

    def line(self, row: Model, *, masked: bool) -> list[str]:
        return [self._text(row, place.column_name, masked) for place in self.columns]

    def _text(self, row: Model, name: str, masked: bool) -> str:
        text = plain(self._value(row, name))
        if not masked:
            return text
        if name in self.masks:
            return MASKS[self.masks[name]](text)
        return PHONE.sub(lambda found: masked_phone(found[0]), text)

    def _value(self, row: Any, name: str) -> Any:
        try:
            field, _attribute, value = lookup_field(name, row, self.page)
        except ObjectDoesNotExist:
            return None
        if field is not None and getattr(field, "flatchoices", None):
            return getattr(row, f"get_{field.name}_display")()
        return value
