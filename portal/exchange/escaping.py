"""Cells that a spreadsheet would take for a formula are written as text and read back as they were (F01, F03)."""

import re

#: What a spreadsheet, in some version or locale, takes for the beginning of a formula.
RISKY = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠|%])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escape(text: str) -> str:
    """The text for a CSV cell: an apostrophe before whatever could be run."""
    return f"'{text}" if RISKY.match(text) else text


def restore(text: str) -> str:
    """The reverse of `escape`: takes away one apostrophe, and only one that `escape` would have put there."""
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def encode_control(text: str) -> str:
    """The text for an xlsx cell: XML carries no control characters, so they are written as Excel writes them."""
    return CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def decode_control(text: str) -> str:
    """The reverse of `encode_control`."""
    return ENCODED.sub(lambda found: chr(int(found[1], 16)), text)
