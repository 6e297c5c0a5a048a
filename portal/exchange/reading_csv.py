"""Read a CSV file: strictly, so that a broken row is told and never shifted into the wrong columns."""

import csv
import io

from django.utils.translation import gettext as _

from portal.exchange import limits
from portal.exchange.decoding import decode
from portal.exchange.escaping import restore
from portal.exchange.sheet import Sheet, Unreadable

DELIMITERS = (",", "\t", ";")


def read(data: bytes) -> Sheet:
    """Heading and rows of the file. Raises Unreadable with line and column."""
    text = decode(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    sheet, begin = None, 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if sheet is None:
                    sheet = Sheet(_heading(row))
                else:
                    sheet.add(begin, _cells(row, sheet, begin))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_broken(begin, str(error))) from error
    if sheet is None:
        raise Unreadable(_("The file is empty."))
    return sheet


def _heading(row: list[str]) -> list[str]:
    if len(row) > limits.COLUMNS:
        raise Unreadable(_("The heading has %(n)d columns; %(most)d are allowed.") % _of(len(row), limits.COLUMNS))
    return [cell.strip() for cell in row]


def _cells(row: list[str], sheet: Sheet, line: int) -> list[str]:
    width = len(sheet.headers)
    if len(sheet.rows) >= limits.ROWS:
        raise Unreadable(_("A sheet may have %d rows; divide the file.") % limits.ROWS)
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        row = row[:width]
    if len(row) != width:
        raise Unreadable(
            _(
                "Line %(line)d has %(n)d columns, but the heading has %(width)d, so the row is broken from column "
                "%(from)d on. Look for a comma or a quotation mark too many or too few."
            )
            % {"line": line, "n": len(row), "width": width, "from": min(len(row), width) + 1}
        )
    for place, cell in enumerate(row, 1):
        if len(cell) > limits.CELL:
            where = {"line": line, "column": place, "most": limits.CELL}
            raise Unreadable(_("Line %(line)d, column %(column)d: longer than %(most)d characters.") % where)
    return [restore(cell) for cell in row]


def _broken(line: int, words: str) -> str:
    if "field limit" in words:
        return _("Line %(line)d holds a cell that is too long.") % {"line": line}
    return _("The row that begins on line %(line)d is broken: a quotation mark is missing or stands alone.") % {
        "line": line
    }


def _of(n: int, most: int) -> dict[str, int]:
    return {"n": n, "most": most}
