"""Write sheets: every cell is text, and nothing in it can run (F01, F03)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from portal.exchange.escaping import encode_control, escape

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
HEADING = Font(bold=True)
SHADE = PatternFill("solid", fgColor="E8EEF7")
Rows = Iterable[Sequence[str]]


def write(kind: str, target: IO[bytes], headers: Sequence[str], rows: Rows, notes: Rows | None = None) -> None:
    """Write one sheet of `kind` (xlsx, csv); `notes`, of an xlsx only, fill a second one that explains the columns."""
    if kind == "csv":
        write_csv(target, headers, rows)
    else:
        write_xlsx(target, headers, rows, notes)


def write_csv(target: IO[bytes], headers: Sequence[str], rows: Rows) -> None:
    """UTF-8 with byte order mark, so that spreadsheet programs show Chinese."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([escape(cell) for cell in row] for row in rows)
    text.detach()


def write_xlsx(target: IO[bytes], headers: Sequence[str], rows: Rows, notes: Rows | None = None) -> None:
    """All cells as text, in the format for text, so that a spreadsheet program keeps leading zeros."""
    book = Workbook(write_only=True)
    _page(book, "Sheet1", headers, rows)
    if notes is not None:
        heading, *lines = notes
        _page(book, "Notes", heading, lines)
    book.save(target)


def _page(book: Workbook, title: str, headers: Sequence[str], rows: Rows) -> None:
    page: Any = book.create_sheet(title)
    page.freeze_panes = "A2"
    for place, header in enumerate(headers, 1):
        page.column_dimensions[get_column_letter(place)].width = max(12, min(40, 2 * len(header) + 4))
    page.append([_cell(page, header, heading=True) for header in headers])
    for row in rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: str, heading: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=encode_control(value))
    cell.data_type = "s"
    cell.number_format = "@"
    if heading:
        cell.font, cell.fill = HEADING, SHADE
    return cell
