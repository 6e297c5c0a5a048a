"""The verbs that the journal knows, and how each reads as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Verb:
    """`sentence` takes %(actor)s and the facts' names; `public` entries are shown to the customer."""

    code: str
    label: Any
    sentence: Any
    public: bool = False
    icon: str = "point"
    colour: str = "secondary"


class _Facts(dict):
    """A fact that an old entry lacks reads as a dash, not as an error."""

    def __missing__(self, key: str) -> str:
        return "—"


_VERBS: dict[str, Verb] = {}


def register(code: str, label: Any, sentence: Any, **extra: Any) -> Verb:
    """Make a verb known; the same code twice is a programming error."""
    if code in _VERBS:
        raise ValueError(f"journal verb {code!r} is registered twice")
    _VERBS[code] = Verb(code, label, sentence, **extra)
    return _VERBS[code]


def get(code: str) -> Verb:
    """The verb, or a plain one for a code that an older version wrote."""
    return _VERBS.get(code) or Verb(code, code, _("%(actor)s: %(note)s"))


def registered() -> Mapping[str, Verb]:
    """All verbs by code."""
    return _VERBS


def sentence(code: str, actor: str, facts: Mapping[str, Any]) -> str:
    """The entry in words, in the active language."""
    verb = get(code)
    shown = _Facts({key: _show(value) for key, value in facts.items()}, actor=actor)
    return str(verb.sentence) % shown


def _show(value: Any) -> str:
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
