"""Opening windows of one day: pairs of minutes after local midnight, in order, without overlap."""

import re
from collections.abc import Iterable

Windows = tuple[tuple[int, int], ...]

DAY_MINUTES = 24 * 60
OFFICE_HOURS: Windows = ((9 * 60, 18 * 60),)
CLOSED: Windows = ()


def minute_of(text: str) -> int:
    """Minutes after midnight of '09:00'; '24:00' is the end of the day. ValueError on anything else."""
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(minute) < 60):
        raise ValueError(f"{text!r} is not a time of day such as 09:00")
    value = int(hour) * 60 + int(minute)
    if value > DAY_MINUTES:
        raise ValueError(f"{text!r} lies after the end of the day")
    return value


def clean(windows: Iterable[tuple[int, int]]) -> Windows:
    """The windows in order; ValueError when one is empty, leaves the day or overlaps its neighbour."""
    ordered = tuple(sorted((int(start), int(end)) for start, end in windows))
    before = 0
    for start, end in ordered:
        if not before <= start < end <= DAY_MINUTES:
            raise ValueError(f"windows {ordered} are empty, overlap or leave the day")
        before = end
    return ordered


def parse(rows: object) -> Windows:
    """Windows from stored JSON such as [["09:00", "12:00"], ["13:00", "18:00"]]; ValueError with the reason."""
    if not isinstance(rows, list | tuple):
        raise ValueError("windows are a list of pairs such as [['09:00', '18:00']]")
    pairs = []
    for row in rows:
        if not (isinstance(row, list | tuple) and len(row) == 2 and all(isinstance(part, str) for part in row)):
            raise ValueError(f"{row!r} is not a pair of times such as ['09:00', '18:00']")
        pairs.append((minute_of(row[0]), minute_of(row[1])))
    return clean(pairs)


def written(windows: Windows) -> list[list[str]]:
    """The reverse of `parse`."""
    return [[f"{minute // 60:02}:{minute % 60:02}" for minute in pair] for pair in windows]


#: Between two windows, and between the two ends of one, as people type them.
_BETWEEN = re.compile(r"[,，、;；\s]+")
_TO = re.compile(r"\s*[-–—~～至到]\s*")  # noqa: RUF001


def from_text(text: str) -> Windows:
    """Windows as people write them: '09:00-12:00, 13:00-18:00'; nothing is a closed day. ValueError with the reason."""
    pairs = []
    for part in _BETWEEN.split(_TO.sub("-", text.replace("：", ":")).strip()):
        if part:
            begin, dash, end = part.partition("-")
            if not dash:
                raise ValueError(f"{part!r} is not a window such as 09:00-18:00")
            pairs.append((minute_of(begin), minute_of(end)))
    return clean(pairs)


def as_text(windows: Windows) -> str:
    """The reverse of `from_text`."""
    return ", ".join("-".join(pair) for pair in written(windows))
