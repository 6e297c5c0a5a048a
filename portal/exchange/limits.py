"""How large a sheet may be; what is larger is refused before it is read (G01, G14)."""

from django.utils.translation import gettext as _

MEBIBYTE = 1024 * 1024

#: Bytes of the file as it is uploaded.
FILE = 10 * MEBIBYTE
#: Bytes of everything in an xlsx file when unpacked, and how many parts it may have.
UNPACKED = 80 * MEBIBYTE
PARTS = 400
ROWS = 5_000
COLUMNS = 100
#: Characters of one cell.
CELL = 10_000
#: Problems that one page lists; the rest is counted.
PROBLEMS = 200
#: Hours for which an upload waits for its confirmation (G10).
WAITING_HOURS = 24

#: Rows below the heading that xlsx holds.
ROWS_XLSX = 1_048_575
#: Hours for which a large export can be fetched (F07), and exports of one person that may be under way (O05).
EXPORT_HOURS = 24
EXPORTS_A_PERSON = 2
#: How often the making may break off, before the export counts as failed.
EXPORT_ATTEMPTS = 3
#: A file that no row names was last written so long ago before it is removed: it may be in the making.
LEFT_OVER_HOURS = 1


def too_many_for_xlsx(rows: int) -> str:
    """Why not, and what to do."""
    words = {"rows": f"{rows:,}", "most": f"{ROWS_XLSX:,}"}
    return _("xlsx holds %(most)s rows, these are %(rows)s: choose csv, or narrow the filter of the list.") % words
