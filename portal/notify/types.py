"""The kinds of notices that the portal sends; upper apps register theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import Role
from portal.notify import wording
from portal.notify.wording import LINK_PLACE

if TYPE_CHECKING:
    from portal.notify.models import Notice

__all__ = ["LINK_PLACE", "Group", "NoticeType", "get", "register", "register_check", "register_group", "still_meant"]


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that people choose channels for together. `must` says why mail cannot be switched off, where it cannot;
    `roles` who gets such notices at all (None: everybody who signs in)."""

    code: str
    label: Any
    about: Any = ""
    must: Any = ""
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class NoticeType:
    """`title` and `body` are lazy translations with named places, `%(number)s`; `%(link)s` where the address goes.

    `places` are all names that a wording may use: each call of `queue` gives them a value. `prompt` marks answers that
    somebody waits for in front of the screen: quiet hours do not hold them.
    """

    code: str
    title: Any
    body: Any
    audience: Any = ""
    places: tuple[str, ...] = ()
    group: str = "other"
    urgent: bool = False
    prompt: bool = False

    def standard(self, language: str) -> tuple[str, str]:
        """Title and text as the portal brings them in a language, with places written {name}."""
        with translation.override(language):
            return wording.braced(str(self.title)), wording.braced(str(self.body))

    def names(self) -> tuple[str, ...]:
        """Every place that a wording may use; undeclared ones are read from the standard text."""
        if self.places:
            return self.places
        title, body = self.standard("en")
        return tuple(dict.fromkeys(name for name in wording.names(title + body) if name != "link"))


_TYPES: dict[str, NoticeType] = {}
_CHECKS: dict[str, Callable[["Notice"], bool]] = {}
_GROUPS: dict[str, Group] = {
    "other": Group("other", _("Other notices"), _("Everything that belongs to no other group")),
}


def register(
    code: str,
    title: Any,
    body: Any,
    audience: Any = "",
    *,
    places: tuple[str, ...] = (),
    group: str = "other",
    urgent: bool = False,
    prompt: bool = False,
) -> NoticeType:
    """Make a kind of notice known; the same code twice is a programming error.

    `audience` says in words who gets it; `places` names what its wording may mention (see portal.notify.places).
    """
    if code in _TYPES:
        raise ValueError(f"notice type {code!r} is registered twice")
    _TYPES[code] = NoticeType(code, title, body, audience, places, group, urgent, prompt)
    return _TYPES[code]


def register_group(
    code: str, label: Any, about: Any = "", must: Any = "", roles: frozenset[Role] | None = None
) -> Group:
    """Make a group of kinds known; the same code twice is a programming error."""
    if code in _GROUPS:
        raise ValueError(f"group of notices {code!r} is registered twice")
    _GROUPS[code] = Group(code, label, about, must, roles)
    return _GROUPS[code]


def get(code: str) -> NoticeType:
    """The kind of a code. Raises KeyError when nobody registered it."""
    return _TYPES[code]


def registered() -> Mapping[str, NoticeType]:
    """All kinds by code."""
    return _TYPES


def groups() -> Mapping[str, Group]:
    """All groups by code."""
    return _GROUPS


def groups_for(role: Role | None) -> list[Group]:
    """The groups of which somebody of this role may get notices."""
    used = {kind.group for kind in _TYPES.values()}
    return [group for group in _GROUPS.values() if group.code in used and (group.roles is None or role in group.roles)]


def group_of(code: str) -> Group:
    """The group of a kind; of 'other' where the kind is not known any more."""
    kind = _TYPES.get(code)
    return _GROUPS.get(kind.group if kind else "other", _GROUPS["other"])


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
