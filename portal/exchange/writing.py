"""Write sheets: every cell is text, and nothing in it can run (F01, F03)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

from portal.exchange.escaping import escape
from portal.exchange.writing_xlsx import write_xlsx

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Rows = Iterable[Sequence[str]]


def write(kind: str, target: IO[bytes], headers: Sequence[str], rows: Rows, notes: Rows | None = None) -> None:
    """Write one sheet of `kind` (xlsx, csv); `notes`, of an xlsx only, fill a second one that explains the columns."""
    if kind == "csv":
        write_csv(target, headers, rows)
        return
    sheets = {"Sheet1": (headers, rows)}
    if notes is not None:
        heading, *lines = notes
        sheets["Notes"] = (heading, lines)
    write_xlsx(target, sheets)


def write_csv(target: IO[bytes], headers: Sequence[str], rows: Rows) -> None:
    """UTF-8 with byte order mark, so that spreadsheet programs show Chinese."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(headers)
        writer.writerows([escape(cell) for cell in row] for row in rows)
        text.flush()
    finally:
        text.detach()
