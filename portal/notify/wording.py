"""Texts with named places: a fixed list of names, put in once, nothing evaluated (B15)."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.kernel import clock

#: Stands in a stored text where the signed link will be put when it is sent.
LINK_PLACE = "⟦link⟧"
EMPTY = "—"
LONGEST_TITLE = 200
LONGEST_BODY = 4000

_PERCENT = re.compile(r"%\((\w+)\)s|%%")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def braced(text: str) -> str:
    """The source's `%(number)s` as people write it: `{number}`."""
    return _PERCENT.sub(lambda found: f"{{{found[1]}}}" if found[1] else "%", text)


def names(text: str) -> list[str]:
    """The places of a text in order."""
    return _PLACE.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; a name without value reads as a dash. Values are never looked into."""
    return _PLACE.sub(lambda found: values.get(found[1], EMPTY), text)


def filled(title: str, body: str, context: Mapping[str, Any], link: str = "") -> tuple[str, str]:
    """Title (one line) and text; the address closes the text unless the text places it."""
    values = {name: shown(value) for name, value in context.items()} | {"link": link or EMPTY}
    text = fill(body, values)
    if link and "link" not in names(body):
        text = f"{text}\n\n{link}"
    return " ".join(fill(title, values).split())[:LONGEST_TITLE], text


def shown(value: Any) -> str:
    """A value as a reader sees it; what looks like the link's place is nobody's to write."""
    if value in (None, ""):
        return EMPTY
    text = f"{clock.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return text.replace(LINK_PLACE, "")


def problem(text: str, allowed: Iterable[str]) -> str:
    """Why a wording cannot be taken, in words that name the place; empty if it can."""
    allowed = list(allowed)
    if LINK_PLACE in text:
        return _("Write {link} where the link shall stand.")
    for opening in ("{{", "{%", "{#", "%("):
        if opening in text:
            return _("“%(found)s” is not possible here: write a placeholder of the list, such as {%(example)s}.") % {
                "found": _around(text, opening),
                "example": allowed[0] if allowed else "link",
            }
    for name in names(text):
        if name not in allowed:
            return _("The placeholder {%(name)s} is not known here. Known are: %(known)s.") % {
                "name": name,
                "known": _list(allowed),
            }
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        mark = "{" if "{" in rest else "}"
        return _(
            "“%(found)s” is no placeholder: between { and } stands one name of the list. Known are: %(known)s."
        ) % {
            "found": _around(rest, mark),
            "known": _list(allowed),
        }
    return ""


def _list(allowed: list[str]) -> str:
    return " ".join(f"{{{name}}}" for name in allowed)


def _around(text: str, mark: str) -> str:
    start = text.index(mark)
    return text[start : start + 24].split("\n")[0]
