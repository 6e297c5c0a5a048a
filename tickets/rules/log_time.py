"""Timestamps of a log, read five times as fast as `strptime` reads them (R057)."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

_PARTS = {
    "Y": r"(?P<Y>\d{4})", "m": r"(?P<m>\d\d?)", "d": r"(?P<d>\d\d?)", "H": r"(?P<H>\d\d?)", "I": r"(?P<I>\d\d?)",
    "M": r"(?P<M>\d\d?)", "S": r"(?P<S>\d\d?)", "f": r"(?P<f>\d{1,6})", "p": r"(?P<p>[AaPp][Mm])", "%": "%",
}  # fmt: skip
Reader = Callable[[str], datetime | None]


@lru_cache(maxsize=64)
def reader(form: str) -> Reader:
    """A function from text to a moment without zone, or None where the text is not of this format."""
    pattern = _pattern(form)
    return _slow(form) if pattern is None else _quick(pattern)


def _pattern(form: str) -> re.Pattern[str] | None:
    """The format as a regular expression; None when only strptime knows it."""
    found, used = "", set()
    letters = iter(form)
    for letter in letters:
        if letter == "%":
            code = next(letters, "")
            if code not in _PARTS or code in used:
                return None
            used.add(code)
            found += _PARTS[code]
        else:
            found += r"\s+" if letter.isspace() else re.escape(letter)
    whole = [code for code in ("d", "HI", "M", "S", "f") if used & set(code)]
    gapless = {"Y", "m"} <= used and whole == ["d", "HI", "M", "S", "f"][: len(whole)]
    usual = gapless and ("I" in used) == ("p" in used) and not {"H", "I"} <= used
    return re.compile(found, re.ASCII) if usual else None


def _quick(pattern: re.Pattern[str]) -> Reader:
    names = pattern.groupindex
    twelve, fraction = "I" in names, "f" in names
    whole = [name for name in ("Y", "m", "d", "I" if twelve else "H", "M", "S") if name in names]
    match, get = pattern.fullmatch, [names[name] for name in whole]
    half, micro = names.get("p", 0), names.get("f", 0)

    def read(text: str) -> datetime | None:
        found = match(text)
        if found is None:
            return None
        numbers = [int(each) for each in found.group(*get)]
        if twelve:
            if not 1 <= numbers[3] <= 12:
                return None
            numbers[3] = numbers[3] % 12 + (12 if found[half] in ("PM", "pm", "Pm", "pM") else 0)
        try:
            moment = datetime(*numbers)  # type: ignore[arg-type]
        except ValueError:
            return None
        return moment.replace(microsecond=int(found[micro].ljust(6, "0"))) if fraction else moment

    return read


def _slow(form: str) -> Reader:
    def read(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form)
        except (ValueError, OverflowError):
            return None

    return read
