"""What can be wrong with a mapping, each with its remedy (R057)."""

import codecs
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tickets.rules.log_words import CLOSED_LISTS, FIELDS, REASONS, RECEIVED_KEYS, STEPS, is_step

TOP: Mapping[str, type] = {
    "kind": str, "name": str, "encoding": str, "delimiter": str, "sheet": str, "header_row": int, "timezone": str,
    "timestamp_formats": list, "empty": list, "columns": dict, "events": dict, "verbs": dict, "times": dict,
    "values": dict,
}  # fmt: skip
EVENT_KEYS = ("activity", "at", "actor")
_SAMPLE = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


class Problems:
    """Collects what is wrong, in the order of the file."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, text: str, **facts: Any) -> None:
        self.found.append(text % facts)

    def unknown(self, word: str, place: str, known: Iterable[str]) -> None:
        """A word that nobody knows, with the nearest one that is known."""
        known = [str(each) for each in known]
        near = get_close_matches(word, known, 1)
        if near:
            self.add(_("%(place)s: “%(word)s” is not known; did you mean “%(near)s”?"),
                     place=place, word=word, near=near[0])  # fmt: skip
        else:
            self.add(_("%(place)s: “%(word)s” is not known. Known are: %(known)s."),
                     place=place, word=word, known=", ".join(known))  # fmt: skip


def check(table: Mapping[str, Any], problems: Problems) -> None:
    """Find everything that is wrong with a parsed TOML table (R057)."""
    for key, value in table.items():
        if key not in TOP:
            problems.unknown(key, _("mapping"), TOP)
        elif not isinstance(value, TOP[key]) or isinstance(value, bool):
            problems.add(_("“%(key)s” must be written as %(type)s."), key=key, type=_TYPES[TOP[key]]())
    if problems.found:
        return
    _settings(table, problems)
    _columns(table, problems)
    kind = table.get("kind")
    if kind == "events":
        _events(table, problems)
    elif kind == "tickets":
        _times(table, problems)
    else:
        problems.add(_("“kind” must be “events” (one row an event) or “tickets” (one row a ticket)."))
    _values(table, problems)


_TYPES = {
    str: lambda: _("text in quotes"),
    int: lambda: _("a number"),
    list: lambda: _("a list in brackets"),
    dict: lambda: _("a table with its name in brackets"),
}


def _settings(table: Mapping[str, Any], problems: Problems) -> None:
    try:
        codecs.lookup(table.get("encoding", "utf-8"))
    except LookupError:
        problems.add(_("“%(word)s” is not an encoding; write for example utf-8 or gb18030."), word=table["encoding"])
    if len(table.get("delimiter", ",")) != 1:
        problems.add(_("“delimiter” must be one character, such as a comma, a semicolon or \\t."))
    if table.get("header_row", 1) < 1:
        problems.add(_("“header_row” counts from 1."))
    try:
        ZoneInfo(table.get("timezone", "Asia/Shanghai"))
    except (LookupError, ValueError, OSError):
        problems.add(_("“%(word)s” is not a time zone; write for example Asia/Shanghai."), word=table["timezone"])
    for text in table.get("timestamp_formats", ()):
        if not isinstance(text, str) or not _is_format(text):
            problems.add(_("“%(word)s” is not a format of time; write for example %%Y-%%m-%%d %%H:%%M:%%S."), word=text)
    for text in table.get("empty", ()):
        if not isinstance(text, str):
            problems.add(_("“empty” is a list of texts in quotes; “%(word)s” is none."), word=text)


def _is_format(text: str) -> bool:
    try:
        read = datetime.strptime(_SAMPLE.strftime(text), text)
    except (ValueError, re.error):  # strptime makes an expression of the format: a part named twice breaks that
        return False
    return (read.month, read.day) == (_SAMPLE.month, _SAMPLE.day)


def _columns(table: Mapping[str, Any], problems: Problems) -> None:
    columns = table.get("columns", {})
    if "ticket" not in columns:
        problems.add(_('[columns] must name the column of the ticket: ticket = "header in the file".'))
    _headers(columns, "[columns]", FIELDS, problems)


def _headers(names: Mapping[str, Any], place: str, known: Iterable[str], problems: Problems) -> None:
    known = tuple(known)
    for key, value in names.items():
        if key not in known:
            problems.unknown(key, place, known)
        elif not isinstance(value, str) or not value:
            problems.add(_("%(place)s: “%(key)s” must name a column header of the file in quotes."),
                         place=place, key=key)  # fmt: skip


def _events(table: Mapping[str, Any], problems: Problems) -> None:
    events = table.get("events", {})
    _headers(events, "[events]", EVENT_KEYS, problems)
    for key in ("activity", "at"):
        if key not in events:
            problems.add(_("[events] must name the column “%(key)s”."), key=key)
    if "times" in table:
        problems.add(_('[times] belongs to kind = "tickets"; with kind = "events" use [events] and [verbs].'))
    for activity, word in table.get("verbs", {}).items():
        _step(word, f"[verbs] “{activity}”", problems)


def _times(table: Mapping[str, Any], problems: Problems) -> None:
    times = table.get("times", {})
    if not any(key in times for key in RECEIVED_KEYS):
        problems.add(_('[times] must name the column of the receipt: received = "header in the file".'))
    for key, value in times.items():
        if key not in (*RECEIVED_KEYS, "due"):
            _step(key, "[times]", problems)
        if not isinstance(value, str) or not value:
            problems.add(_("%(place)s: “%(key)s” must name a column header of the file in quotes."),
                         place="[times]", key=key)  # fmt: skip
    for key in ("events", "verbs"):
        if key in table:
            problems.add(_('[%(key)s] belongs to kind = "events"; with kind = "tickets" use [times].'), key=key)


def _step(word: Any, place: str, problems: Problems) -> None:
    if not isinstance(word, str):
        problems.add(_("%(place)s must be given a step in quotes."), place=place)
    elif not is_step(word):
        verb, _colon, reason = word.partition(":")
        if reason and verb in REASONS:
            problems.unknown(reason, f"{place} {verb}:", REASONS[verb])
        else:
            problems.unknown(word, place, STEPS)


def _values(table: Mapping[str, Any], problems: Problems) -> None:
    for name, words in table.get("values", {}).items():
        place = f"[values.{name}]"
        if name not in FIELDS or name == "ticket":
            problems.unknown(name, "[values]", FIELDS[1:])
        elif not isinstance(words, dict):
            problems.add(_('%(place)s must be a table: "value in the file" = "value here".'), place=place)
        else:
            for value in dict.fromkeys(map(str, words.values())):
                if name in CLOSED_LISTS and value not in CLOSED_LISTS[name]:
                    problems.unknown(value, place, CLOSED_LISTS[name])
