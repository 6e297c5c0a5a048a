"""Which encoding a CSV file is in: UTF-8, GB18030 (with GBK and GB2312) or UTF-16; a wrong one is told, not guessed."""

import codecs

from django.utils.translation import gettext as _

from portal.exchange.sheet import Unreadable

#: One zero byte in so many makes UTF-16 out of what would else be damage.
MARKED = 50
REPLACEMENT = "\ufffd"
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(data: bytes) -> str:
    """The text of the file. Raises Unreadable with line and character of the first byte that does not fit (G11)."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _strict(data.removeprefix(codecs.BOM_UTF8), encoding)
    if b"\0" in data:
        return _strict(data, _utf16_without_mark(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "utf-8" if _meant_as_utf8(data) else "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_wrong_byte(data, encoding, error)) from error
    if "\0" in text:
        raise Unreadable(_("This is not a text file: line %d holds a zero byte.") % _line(text[: text.index("\0")]))
    return text


def _utf16_without_mark(data: bytes) -> str:
    """Commas, digits and line ends have their zero bytes on one side, and there are many of them."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if not even and odd * MARKED > len(data):
        return "utf-16-le"
    if not odd and even * MARKED > len(data):
        return "utf-16-be"
    line = data[: data.index(b"\0")].count(b"\n") + 1
    raise Unreadable(_("This is not a text file: line %d holds a zero byte.") % line)


def _meant_as_utf8(data: bytes) -> bool:
    """A damaged UTF-8 file still reads as UTF-8 nearly everywhere; text in GBK hardly anywhere."""
    text = data.decode("utf-8", "replace")
    wrong = text.count(REPLACEMENT)
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > 4 * wrong


def _wrong_byte(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    before = data[: error.start].decode(encoding, "replace")
    start = before.rfind("\n") + 1
    names = {"utf-8": "UTF-8", "gb18030": "GBK"}
    return _("Line %(line)d, character %(place)d cannot be read as %(encoding)s. Save the file again as CSV UTF-8.") % {
        "line": _line(before),
        "place": len(before) - start + 1,
        "encoding": names.get(encoding, "UTF-16"),
    }


def _line(before: str) -> int:
    return before.count("\n") + 1
