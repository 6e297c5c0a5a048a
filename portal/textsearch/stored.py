"""An index over columns that hold pairs already (`pairs.stored`), each searched by itself or all together.

SQLite: a full-text table beside the columns, filled by triggers. PostgreSQL: GIN indexes over arrays of pairs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connections, models
from django.db.models.expressions import RawSQL

from portal.textsearch.installing import install

#: Seconds for which it is remembered how frequent a pair is: it changes slowly.
REMEMBERED_S = 3600
#: Beyond so many rows a pair is frequent, and nobody counts on.
COUNTED = 2000


@dataclass(frozen=True, slots=True)
class StoredPairs:
    """`table` holds the columns of pairs; `key` names the row that is found."""

    table: str
    key: str
    columns: tuple[str, ...]

    def install(self, using: str = "default", **_: Any) -> None:
        """Make what is missing; after every `migrate`."""
        fill = [f"INSERT INTO {self._fts}({self._fts}) VALUES ('rebuild')"]  # noqa: S608  names of ours
        install(self.table, sqlite=self._sqlite(), fill=fill, postgresql=self._postgresql(), using=using)

    def holding(
        self,
        pairs: Sequence[str],
        *columns: str,
        every: bool = True,
        beside: Sequence[str] = (),
        using: str = "default",
    ) -> Any:
        """Keys of the rows whose columns (all of them when none is named) hold every pair, or at least one.

        With `beside` they hold one of those pairs as well.
        """
        if connections[using].vendor == "sqlite":
            match = _match(pairs, every=every)
            if beside:
                match = f"({match}) AND ({_match(beside, every=False)})"
            if columns:
                match = f"{{{' '.join(columns)}}} : ({match})"
            statement = f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s"  # noqa: S608  names of ours
            return RawSQL(statement, [match], models.BigIntegerField())  # noqa: S611  parameters are parameters
        array, values = self._array(columns), [list(pairs)]
        statement = f"SELECT {self.key} FROM {self.table} WHERE {array} {'@>' if every else '&&'} %s"  # noqa: S608
        if beside:
            statement += f" AND {array} && %s"
            values.append(list(beside))
        return RawSQL(statement, values, models.BigIntegerField())  # noqa: S611

    def frequencies(self, pairs: Iterable[str], column: str, using: str = "default") -> dict[str, int]:
        """How many rows hold each of the pairs in the column, COUNTED at most; remembered for an hour."""
        names = {pair: f"pairs:{self.table}:{column}:{pair.encode().hex()}" for pair in pairs}
        known = cache.get_many(names.values())
        counted = self._counts([pair for pair, name in names.items() if name not in known], column, using)
        fresh = {names[pair]: count for pair, count in counted.items()}
        cache.set_many(fresh, REMEMBERED_S)
        return {pair: {**known, **fresh}[name] for pair, name in names.items()}

    def _counts(self, pairs: Sequence[str], column: str, using: str) -> dict[str, int]:
        """All in one question to the database."""
        if not pairs:
            return {}
        found = [self.holding([pair], column, using=using) for pair in pairs]
        counts = ", ".join(f"(SELECT count(*) FROM ({one.sql} LIMIT {COUNTED}) AS found)" for one in found)  # noqa: S608
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT {counts}", [value for one in found for value in one.params])
            return dict(zip(pairs, cursor.fetchone(), strict=True))

    @property
    def _fts(self) -> str:
        return f"{self.table}_pairs"

    def _array(self, columns: Sequence[str]) -> str:
        named = " || ' ' || ".join(columns or self.columns)
        return f"string_to_array({named}, ' ')"

    def _sqlite(self) -> dict[str, str]:
        names = ", ".join(self.columns)

        def values(row: str) -> str:
            return ", ".join(f"{row}.{name}" for name in (self.key, *self.columns))

        put = f"INSERT INTO {self._fts}(rowid, {names}) VALUES ({values('NEW')});"  # noqa: S608  names of ours
        drop = f"INSERT INTO {self._fts}({self._fts}, rowid, {names}) VALUES ('delete', {values('OLD')});"  # noqa: S608
        return {
            self._fts: f"CREATE VIRTUAL TABLE {self._fts} USING fts5({names}, content='{self.table}',"
            f" content_rowid='{self.key}', detail=column, columnsize=0)",
            f"{self._fts}_insert": f"CREATE TRIGGER {self._fts}_insert AFTER INSERT ON {self.table} BEGIN {put} END",
            f"{self._fts}_update": f"CREATE TRIGGER {self._fts}_update AFTER UPDATE ON {self.table} BEGIN {drop} {put}"
            " END",
            f"{self._fts}_delete": f"CREATE TRIGGER {self._fts}_delete AFTER DELETE ON {self.table} BEGIN {drop} END",
        }

    def _postgresql(self) -> dict[str, str]:
        searched: dict[str, tuple[str, ...]] = {name: (name,) for name in self.columns[:1]} | {"all": self.columns}
        return {
            f"{self._fts}_{name}": f"CREATE INDEX {self._fts}_{name} ON {self.table} USING gin ({self._array(columns)})"
            # Texts are read far more often than written, and a list of what is not sorted in yet slows every reader.
            " WITH (fastupdate = off)"
            for name, columns in searched.items()
        }


def _match(pairs: Iterable[str], *, every: bool) -> str:
    return (" AND " if every else " OR ").join(f'"{pair}"' for pair in pairs)
