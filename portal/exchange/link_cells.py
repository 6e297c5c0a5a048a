"""Cells that name other rows by their codes, never by their keys in the database (A12)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal.exchange.cells import SEPARATORS, Cell, ListCell


class LinkCell(Cell):
    """Another row, named by its code, among those that the actor may see (A12) and that the field takes (`among`)."""

    def __init__(self, model: type[models.Model], by: str, among: Any = None) -> None:
        super().__init__()
        self.model, self.by, self.among = model, by, among or {}
        self._found: dict[str, models.Model | None] = {}

    @property
    def hint(self) -> str:  # type: ignore[override]
        return str(_("%(field)s of a row that exists") % {"field": self.model._meta.get_field(self.by).verbose_name})

    def value(self, text: str) -> models.Model:
        if text not in self._found:
            manager = getattr(self.model, "scoped", None) or self.model._default_manager
            rows = manager.all().visible_to(self.actor).filter(**{self.by: text})
            self._found[text] = rows.complex_filter(self.among).first()
        if self._found[text] is None:
            words = {"what": self.model._meta.verbose_name, "text": text[:60]}
            raise ValueError(_("There is no %(what)s “%(text)s” that you may use.") % words)
        return self._found[text]

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
