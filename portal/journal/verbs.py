"""The verbs that the journal knows, and how each reads as a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock
from portal.kernel.words import joined


@dataclass(frozen=True, slots=True)
class Verb:
    """`sentence` takes %(actor)s and the facts' names; `public` entries are shown to the customer.

    `words` names the choices whose codes a fact holds, so that the sentence shows their labels.
    `anonymous` is the sentence of an entry whose actor asked not to be named.
    """

    code: str
    label: Any
    sentence: Any
    public: bool = False
    icon: str = "point"
    colour: str = "secondary"
    words: Mapping[str, type[Choices]] = field(default_factory=dict)
    anonymous: Any = None


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
    if verb.anonymous is not None and facts.get("anonymous"):
        return str(verb.anonymous)
    shown = {name: _show(value, verb.words.get(name)) for name, value in facts.items()}
    return str(verb.sentence) % _Facts(shown, actor=actor)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _show(value: Any, words: type[Choices] | None) -> str:
    if value in (None, "", [], {}):
        return "—"
    if words is not None and value in words.values:
        return str(words(value).label)
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return clock.local(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M")
    return str(value)
