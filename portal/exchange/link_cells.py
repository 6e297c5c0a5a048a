"""Cells that name other rows by their codes, never by their keys in the database (A12)."""

import difflib
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal.exchange.cells import SEPARATORS, Cell, ListCell

#: So many codes are looked through for the one that may be meant.
MANY = 2_000


class LinkCell(Cell):
    """Another row, named by its code, among those that the actor may see (A12) and that the field takes (`among`)."""

    def __init__(self, model: type[models.Model], by: str, among: Any = None) -> None:
        super().__init__()
        self.model, self.by, self.among = model, by, among or {}
        self._found: dict[str, models.Model | None] = {}
        self._codes: list[str] | None = None

    @property
    def hint(self) -> str:  # type: ignore[override]
        return str(_("%(field)s of a row that exists") % {"field": self.model._meta.get_field(self.by).verbose_name})

    def value(self, text: str) -> models.Model:
        if text not in self._found:
            self._found[text] = self._rows().filter(**{self.by: text}).first()
        if self._found[text] is None:
            raise ValueError(self._unknown(text))
        return self._found[text]

    def _rows(self) -> models.QuerySet:
        manager = getattr(self.model, "scoped", None) or self.model._default_manager
        return manager.all().visible_to(self.actor).complex_filter(self.among)

    def _unknown(self, text: str) -> str:
        """What is wrong and what to do: the nearest code in sight, or where codes are found."""
        if self._codes is None:
            self._codes = list(self._rows().order_by().values_list(self.by, flat=True).distinct()[:MANY])
        near = difflib.get_close_matches(text, self._codes, n=1)
        words = {"what": self.model._meta.verbose_name, "text": text[:60], "near": near[0] if near else ""}
        if near:
            return _("There is no %(what)s “%(text)s” that you may use. Is “%(near)s” meant?") % words
        return (
            _("There is no %(what)s “%(text)s” that you may use: write it as its own list does, or make it first.")
            % words
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.by))


class LinksCell(LinkCell):
    """Several other rows, named by their codes."""

    @property
    def hint(self) -> str:  # type: ignore[override]
        return f"{super().hint} · {ListCell.hint}"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[models.Model]:
        return super().clean(value, row, **kwargs) or []

    def value(self, text: str) -> list[models.Model]:  # type: ignore[override]
        find = super().value
        return list(dict.fromkeys(find(word.strip()) for word in SEPARATORS.split(text) if word.strip()))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(sorted(str(getattr(row, self.by)) for row in (value.all() if value is not None else [])))
