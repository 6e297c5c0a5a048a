"""Gathers the scattered rows of each ticket on disk, so that memory stays flat however large the file is."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Self

_SEPARATOR = "\x1f"
_BATCH = 2000
Gathered = list[tuple[int, list[str]]]


class Spool:
    """A private file that disappears with the import: rows go in as they come and come out ticket by ticket."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="import-")
        self._database = sqlite3.connect(Path(self._folder.name) / "rows", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
            "CREATE TABLE row (ticket TEXT, line INTEGER, digest BLOB, cells TEXT); BEGIN"
        )
        return self

    def __exit__(self, *problem: object) -> None:
        self._database.close()
        self._folder.cleanup()

    def fill(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Rows as (line, cells); the first cell is the ticket, the last stands for the whole row."""
        insert = "INSERT INTO row VALUES (?, ?, ?, ?)"
        self._database.executemany(insert, map(_packed, rows))

    def tickets(self) -> Iterator[tuple[Gathered, int]]:
        """Each ticket's rows in order, tickets by their first line, and how many exact duplicates were left out."""
        found = self._database.execute(
            "SELECT line, digest, cells, ticket FROM"
            " (SELECT *, MIN(line) OVER (PARTITION BY ticket) AS first FROM row) ORDER BY first, line"
        )
        for _ticket, group in groupby(found, key=lambda row: row[3]):
            seen: dict[bytes, tuple[int, list[str]]] = {}
            number = 0
            for line, digest, cells, _same in group:
                number += 1
                seen.setdefault(digest, (line, cells.decode(errors="surrogateescape").split(_SEPARATOR)))
            yield list(seen.values()), number - len(seen)


def _packed(row: tuple[int, list[str]]) -> tuple[str, int, bytes, bytes]:
    line, cells = row
    whole = cells[-1].encode(errors="surrogateescape")
    kept = _SEPARATOR.join(cells[:-1]).encode(errors="surrogateescape")
    ticket = cells[0].strip().encode(errors="replace").decode()
    return ticket, line, blake2b(whole, digest_size=16).digest(), kept
