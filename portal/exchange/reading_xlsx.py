"""Read an xlsx file: sizes from the zip directory first, no document types, nothing that is not a plain value."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from portal.exchange import limits
from portal.exchange.escaping import decode_control
from portal.exchange.sheet import Number, Sheet, Unreadable, Unusable

DOCUMENT_TYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: A number format of zeros only shows leading zeros: '00000'.
ZEROS = re.compile(r"0+")
FORMULA = gettext_lazy("This cell holds a formula: paste its value instead.")
ERROR = gettext_lazy("This cell holds an error of the spreadsheet.")
DAMAGED = gettext_lazy("This xlsx file is damaged: open it in a spreadsheet program and save it again.")
ROUNDED = gettext_lazy("This number is longer than a spreadsheet keeps: format the column as text and type it again.")


def read(data: bytes) -> Sheet:
    """Heading and rows of the first sheet. Raises Unreadable."""
    check_parts(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(data)
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable(DAMAGED) from error


def check_parts(data: bytes) -> None:
    """Refuse a bomb from the zip directory alone, and XML that declares a document type (G01, G03)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(_("This is not an xlsx file. Old xls files: save them as xlsx first.")) from error
    parts = archive.infolist()
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        raise Unreadable(_("Unpacked, this file is too large: divide it."))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_part(archive, part)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        content = archive.read(part)
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    if DOCUMENT_TYPE.search(content.replace(b"\0", b"")):
        raise Unreadable(_("This xlsx file declares a document type, which no spreadsheet program writes: refused."))


def _read(data: bytes) -> Sheet:
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    page: Any = book.worksheets[0]
    sheet = None
    for line, row in enumerate(_rows(page), 1):
        cells = [_text(cell) for cell in row]
        if not any(cell.strip() for cell in cells):
            continue
        if sheet is None:
            sheet = Sheet(_heading(cells))
        elif len(sheet.rows) >= limits.ROWS:
            raise Unreadable(_("A sheet may have %d rows; divide the file.") % limits.ROWS)
        else:
            sheet.add(line, _cells(cells, len(sheet.headers), line))
    if sheet is None:
        raise Unreadable(_("The file is empty."))
    return sheet


def _rows(page: Any) -> Iterator[tuple[Any, ...]]:
    """Rows within the limits; what the file says of its own size is not believed."""
    page.reset_dimensions()
    empty = 0
    for row in page.iter_rows(max_col=limits.COLUMNS + 1, max_row=limits.ROWS * 4):
        empty = 0 if any(cell.value is not None for cell in row) else empty + 1
        if empty > limits.ROWS:
            return
        yield row


def _heading(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > limits.COLUMNS:
        raise Unreadable(_("The heading has more than %d columns.") % limits.COLUMNS)
    return [cell.strip() for cell in cells]


def _cells(cells: list[str], width: int, line: int) -> list[str]:
    for place, cell in enumerate(cells, 1):
        if cell.strip() and place > width:
            where = {"line": line, "column": place}
            raise Unreadable(_("Line %(line)d, column %(column)d: a value without a heading.") % where)
        if len(cell) > limits.CELL:
            where = {"line": line, "column": place, "most": limits.CELL}
            raise Unreadable(_("Line %(line)d, column %(column)d: longer than %(most)d characters.") % where)
    return cells[:width] + [""] * (width - len(cells))


def _text(cell: Any) -> str:
    """What the cell shows, as text that the columns understand."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        return Unusable("=…", FORMULA)
    if kind == "e":
        return Unusable(str(value), ERROR)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else decode_control(str(value))


def _number(value: int | float, shown_as: str) -> str:
    if isinstance(value, int) or (value == value and abs(value) < 1e15 and value == int(value)):
        whole = int(value)
        if abs(whole) >= 10**15:
            return Unusable(str(whole), ROUNDED)
        return str(whole).zfill(len(shown_as)) if ZEROS.fullmatch(shown_as) else Number(whole)
    return Unusable(str(value), ROUNDED) if abs(value) >= 1e15 else Number(value)
