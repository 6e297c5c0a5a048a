"""Read an uploaded sheet, whichever kind it is: the content decides, not the name."""

from django.utils.translation import gettext as _

from portal.exchange import limits, reading_csv, reading_xlsx
from portal.exchange.sheet import Sheet, Unreadable

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read(data: bytes) -> Sheet:
    """The sheet in the file. Raises Unreadable, whose message names line and column where it can."""
    if len(data) > limits.FILE:
        raise Unreadable(_("The file is larger than %d MB: divide it.") % (limits.FILE // limits.MEBIBYTE))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if data.startswith(OLD_EXCEL):
        raise Unreadable(_("This is not an xlsx file. Old xls files: save them as xlsx first."))
    return reading_xlsx.read(data) if data.startswith(ZIP) else reading_csv.read(data)
