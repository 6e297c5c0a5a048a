"""Reads the file of a log, csv or xlsx, row by row with the line that a person would look for."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from portal.kernel.errors import InvalidInput
from tickets.rules.log_mapping import LogMapping
from tickets.rules.log_row import RowRefused, places_of, readable

SHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
#: A sheet that unpacks to more than this is no log but a trap.
UNPACKED_LIMIT = 2 * 1024**3
FIELD_LIMIT = 10_000_000
Line = tuple[int, list[str] | str]


def lines_of(path: Path, mapping: LogMapping) -> Iterator[Line]:
    """Each record after the header: its line and its needed cells, or the reason why it cannot be read.

    The last of the cells stands for the whole row, so that exact duplicates are found. InvalidInput where the file as
    a whole cannot be read.
    """
    rows = _sheet(path, mapping) if path.suffix.lower() in SHEETS else _csv(path, mapping)
    header = next(islice(rows, mapping.header_row - 1, None), None)
    if header is None or isinstance(header[1], str):
        raise InvalidInput(_("The file has no header in row %d.") % mapping.header_row, field="file")
    try:
        readable(header[1], mapping.encoding)
    except RowRefused as error:
        raise InvalidInput(_("Header: %s") % error, field="mapping") from error
    places = places_of(header[1], mapping)
    width = len(header[1])
    for line, cells in rows:
        if isinstance(cells, str):
            yield line, cells
        elif any(cells):
            yield line, _picked(cells, places, width)


def _picked(cells: list[str], places: list[int], width: int) -> list[str] | str:
    if len(cells) < width or any(cells[width:]):
        return _("the row has %(found)d cells, the header %(wanted)d") % {"found": len(cells), "wanted": width}
    return [*(cells[place] for place in places), "\x1f".join(cells[:width])]


def _csv(path: Path, mapping: LogMapping) -> Iterator[Line]:
    """Bytes that are no text survive as escapes, so that one broken row does not cost the others."""
    encoding = "utf-8-sig" if mapping.encoding.lower().replace("_", "-") in ("utf-8", "utf8") else mapping.encoding
    previous = csv.field_size_limit(FIELD_LIMIT)
    try:
        with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
            yield from _records(csv.reader(_without_nul(file), delimiter=mapping.delimiter))
    except (OSError, UnicodeError) as error:
        raise InvalidInput(_("The file cannot be read: %s") % error, field="file") from error
    finally:
        csv.field_size_limit(previous)


def _without_nul(file: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in file)


def _records(reader: Any) -> Iterator[Line]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)
            continue
        yield line, cells


def _sheet(path: Path, mapping: LogMapping) -> Iterator[Line]:
    """Dates come as ISO text, whole numbers without their '.0'."""
    try:
        _check_size(path)
        book = CalamineWorkbook.from_path(path)
        if mapping.sheet is not None and mapping.sheet not in book.sheet_names:
            raise InvalidInput(
                _("The file has no sheet “%(name)s”; it has: %(names)s.")
                % {"name": mapping.sheet, "names": ", ".join(book.sheet_names)},
                field="mapping",
            )
        sheet = book.get_sheet_by_name(mapping.sheet) if mapping.sheet else book.get_sheet_by_index(0)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise InvalidInput(_("The file cannot be read: %s") % error, field="file") from error
    for line, row in enumerate(sheet.iter_rows(), start=1):
        yield line, [_text(cell) for cell in row]


def _check_size(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
            raise InvalidInput(_("The file is too large when unpacked."), field="file")


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return f"{cell.isoformat()}T00:00:00"
    return str(cell)
