"""Write sheets: every cell is text, and nothing in it can run (F01, F03)."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portal.exchange.escaping import escape

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
#: Characters that a cell of an xlsx holds.
CELL = 32_767
HEADING = {"num_format": "@", "bold": True, "bg_color": "#E8EEF7"}
Rows = Iterable[Sequence[str]]


def write(
    kind: str,
    target: IO[bytes],
    headers: Sequence[str],
    rows: Rows,
    notes: Rows | None = None,
    scratch: Path | None = None,
) -> None:
    """Write one sheet of `kind` (xlsx, csv); `notes`, of an xlsx only, fill a second one that explains the columns.

    Memory stays flat however many rows there are (F09); an xlsx keeps them in the folder `scratch` meanwhile.
    """
    if kind == "csv":
        write_csv(target, headers, rows)
    else:
        write_xlsx(target, headers, rows, notes, scratch)


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


def write_xlsx(
    target: IO[bytes], headers: Sequence[str], rows: Rows, notes: Rows | None = None, scratch: Path | None = None
) -> None:
    """All cells as text, in the format for text, so that a spreadsheet program keeps leading zeros."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        # Left by an exception too, the book closes its files; what it wrote until then is thrown away by the caller.
        with Workbook(target, {"constant_memory": True, "tmpdir": folder}) as book:
            book.use_zip64()
            styles = book.add_format({"num_format": "@"}), book.add_format(HEADING)
            _page(book.add_worksheet("Sheet1", Plain), headers, rows, *styles)
            if notes is not None:
                heading, *lines = notes
                _page(book.add_worksheet("Notes", Plain), heading, lines, *styles)


class Plain(Worksheet):
    """A page whose texts are texts: the library writes what begins with `<r>` and ends with `</r>` as it stands, and
    so whatever somebody typed could become markup, even a formula (F01)."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)


def _page(page: Any, headers: Sequence[str], rows: Rows, plain: Any, bold: Any) -> None:
    page.freeze_panes(1, 0)
    for place, header in enumerate(headers):
        page.set_column(place, place, max(12, min(40, 2 * len(header) + 4)))
        page.write_string(0, place, header, bold)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            page.write_string(line, place, value[:CELL], plain)
