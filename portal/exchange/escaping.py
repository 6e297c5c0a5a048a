"""Cells that a spreadsheet would take for a formula are written as text and read back as they were (F01, F03)."""

import re

#: What a spreadsheet, in some version or locale, takes for the beginning of a formula.
RISKY = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠|%])")
ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escape(text: str) -> str:
    """The text for a CSV cell: an apostrophe before whatever could be run."""
    return f"'{text}" if RISKY.match(text) else text


def restore(text: str) -> str:
    """The reverse of `escape`: takes away one apostrophe, and only one that `escape` would have put there."""
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def decode_control(text: str) -> str:
    """The text of an xlsx cell: XML carries no control characters, so Excel writes `_x0007_` in their place."""
    return ENCODED.sub(lambda found: chr(int(found[1], 16)), text)
