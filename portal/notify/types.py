"""The kinds of notices that the portal sends; upper apps register theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from portal.kernel import clock

if TYPE_CHECKING:
    from portal.notify.models import Notice


#: Stands in a stored text where the signed link will be put when it is sent.
LINK_PLACE = "⟦link⟧"


@dataclass(frozen=True, slots=True)
class NoticeType:
    """`title` and `body` are lazy translations with named places, `%(number)s`; `%(link)s` where the address goes."""

    code: str
    title: Any
    body: Any
    audience: str = ""


class _Context(dict):
    """A name that the context lacks reads as a dash: a message is never lost for the sake of one word."""

    def __missing__(self, key: str) -> str:
        return "—"


_TYPES: dict[str, NoticeType] = {}
_CHECKS: dict[str, Callable[["Notice"], bool]] = {}


def register(code: str, title: Any, body: Any, audience: str = "") -> NoticeType:
    """Make a kind of notice known; the same code twice is a programming error."""
    if code in _TYPES:
        raise ValueError(f"notice type {code!r} is registered twice")
    _TYPES[code] = NoticeType(code, title, body, audience)
    return _TYPES[code]


def get(code: str) -> NoticeType:
    """The kind of a code. Raises KeyError when nobody registered it."""
    return _TYPES[code]


def registered() -> Mapping[str, NoticeType]:
    """All kinds by code."""
    return _TYPES


def words(kind: NoticeType, context: Mapping[str, Any], link: str = "") -> tuple[str, str]:
    """Title and text in the active language; the address closes the text unless the text places it."""
    shown = _Context({key: _show(value) for key, value in context.items()}, link=link or "—")
    body = str(kind.body)
    text = body % shown
    if link and "%(link)s" not in body:
        text = f"{text}\n\n{link}"
    return " ".join((str(kind.title) % shown).split())[:200], text


def _show(value: Any) -> str:
    if value in (None, ""):
        return "—"
    return f"{clock.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def register_check(prefix: str, check: Callable[["Notice"], bool]) -> None:
    """Ask `check(notice)` before sending notices of subjects 'prefix:pk': may this person still know? (A16)"""
    if _CHECKS.get(prefix, check) is not check:
        raise ValueError(f"the check of notices about {prefix!r} is registered twice")
    _CHECKS[prefix] = check


def still_meant(notice: "Notice") -> bool:
    """True if the recipient may still have this notice: he is active, and the subject's check agrees."""
    if notice.user is not None and not notice.user.is_active:
        return False
    check = _CHECKS.get(notice.subject.partition(":")[0])
    return check is None or check(notice)
