"""Sheets of rows that have no code of their own: how a line says which row it means."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.exchange.cells import TextCell
from portal.exchange.columns import Column
from portal.exchange.resource import BaseResource
from portal.workflow.corridor import lock_row

#: What a person writes in place of a number that the portal gives: N1, N2, 新3.
NEW = re.compile(r"(?:N|新)\d{1,4}", re.IGNORECASE)


class KeyColumn(Column):
    """A code made of other codes, such as HT-2026-001/2; `of` tells it of a row."""

    def __init__(self, attribute: str, label: Any, of: Callable[[Any], str], hint: Any) -> None:
        cell = TextCell()
        cell.hint = hint
        super().__init__(attribute, cell, label, required=True, fixed=True)
        self.of = of

    def get_value(self, instance: Any) -> str:
        return self.of(instance) if instance.pk else instance.__dict__.get("_key", "")


class ComposedResource(BaseResource):
    """Rows named by where they stand. The key is a KeyColumn; `stand` puts a new row into its place.

    `keeper` is the row whose state says whether this one may be written, `need_open` asks it: when the sheet is
    checked, and once more under its lock when it is written.
    """

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        key: Any = self.key
        keys = [str(value).strip() for value in dataset[key.column_name]]
        self.known = {key.of(row): row for row in self.among(self.get_queryset(), keys)}

    def among(self, rows: QuerySet, keys: list[str]) -> QuerySet:
        """The rows that the keys may mean; narrow it where there are many."""
        return rows

    def put(self, instance: Model, column: Column, value: Any) -> None:
        if isinstance(column, KeyColumn):
            instance.__dict__["_key"] = value
        else:
            super().put(instance, column, value)

    def stand(self, instance: Any, key: str) -> None:
        """Put a new row where its key says. Raises ValidationError with a sentence."""
        raise NotImplementedError

    def keeper(self, instance: Any) -> Model:
        """A draft that takes rows, or the row itself."""
        raise NotImplementedError

    def need_open(self, keeper: Any) -> None:
        """Raises ValidationError with the remedy where nothing is written any more."""
        raise NotImplementedError

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors, name = dict(import_validation_errors or {}), self.key.attribute
        try:
            if not self.before:
                self.stand(instance, self.key.get_value(instance))
            if (keeper := self.keeper(instance)).pk:
                self.need_open(keeper)
        except ValidationError as error:
            raise ValidationError({**errors, name: error}) from error
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        try:
            if (keeper := self.keeper(instance)).pk:
                self.need_open(lock_row(keeper))
        except ValidationError as error:
            raise ValidationError({self.key.attribute: error}) from error
        super().write(instance, new=new)


class PairedResource(BaseResource):
    """Rows named by several cells together: an officer and the moment at which his turn begins.

    `together` names them; the key of Meta is the one that a preview shows.
    """

    together: tuple[str, ...] = ()

    @classmethod
    def check(cls) -> None:
        super().check()
        if not set(cls.together) <= set(cls._meta.fields) or cls._meta.import_id_fields[0] not in cls.together:
            raise ImproperlyConfigured(f"{cls.__name__}: say which columns name a row together")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = {self._named(row): row for row in self.get_queryset()}
        self._keys: dict[int, tuple[str, ...]] = {}

    def _named(self, row: Model) -> tuple[str, ...]:
        return tuple(self.fields[name].text(row) for name in self.together)

    def _key(self, row: dict[str, str]) -> tuple[str, ...]:
        """The cells as an export would write them. Raises ValidationError by column."""
        key, errors = [], {}
        for name in self.together:
            column = self.fields[name]
            try:
                text = column.widget.render(column.widget.clean(row.get(column.column_name, "")))
            except ValueError as error:
                errors[name] = ValidationError(str(error))
                continue
            if column.required and not text:
                errors[name] = ValidationError(_("This column must not be empty: it tells which row is meant."))
            key.append(text)
        if errors:
            raise ValidationError(errors)
        return tuple(key)

    def before_import_row(self, row: dict[str, str], row_number: int = 0, **kwargs: Any) -> None:
        self.number = row_number
        key = self._key(row)
        if key in self.seen:
            raise ValidationError({self.key.attribute: _("The same as in an earlier row of this sheet.")})
        self.seen.add(key)  # type: ignore[arg-type]
        self.mine = key

    def get_instance(self, instance_loader: Any, row: dict[str, str]) -> Model | None:
        return self.known.get(self.mine)


class NumberCell(TextCell):
    """The portal's number of a row, or a mark of one that is still to get one."""

    hint = gettext_lazy("The number that the portal gave; for a new row N1, N2 and so on: it gets its own number")


class NumberedResource(BaseResource):
    """Rows whose number the portal gives: a new line carries a mark such as N1, an unknown number is an error."""

    def before_import_row(self, row: dict[str, str], row_number: int = 0, **kwargs: Any) -> None:
        super().before_import_row(row, row_number, **kwargs)
        value = row[self.key.column_name].strip()
        if value not in self.known and not NEW.fullmatch(value):
            words = {"what": self._meta.model._meta.verbose_name, "text": value[:60]}
            told = _("There is no %(what)s “%(text)s” that you may use. For a new row write N1, N2 and so on.") % words
            raise ValidationError({self.key.attribute: told})
