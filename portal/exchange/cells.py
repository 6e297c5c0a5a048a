"""What a cell may hold: each kind turns text into a value, or says in one sentence why it cannot (G04, G11).

Cells that name other rows stand in `link_cells`; which kind suits a field is said by `kinds`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from import_export.widgets import Widget

from portal.accounts.actor import Actor
from portal.exchange.escaping import RISKY
from portal.exchange.sheet import Number, Unusable

#: A number as a spreadsheet shortens it: what stood behind the digits is lost.
SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,}")
MOBILE = re.compile(r"1\d{10}")
SEPARATORS = re.compile(r"[、,，;；\n]+")
MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
DATE = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{MIDNIGHT}|(\d{{4}})(\d\d)(\d\d)")
YES, NO = gettext_lazy("Yes"), gettext_lazy("No")
TRUE, FALSE = {"1", "true", "yes", "y", "是", "√", "✓"}, {"0", "false", "no", "n", "否", "×", "✗"}
DIGITS = 30
NUMERAL = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:[eE][+-]?\d{1,9})?", re.ASCII)


def in_every_language(words: Any) -> list[str]:
    """The words as each language of the portal writes them."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(str(words))
    return found


def same(text: str) -> str:
    """How headings and choices are compared: case, spaces and a star for 'required' mean nothing."""
    return re.sub(r"[\s*＊_]+", "", text).casefold()


class Cell(Widget):
    """Base of all kinds. `hint` tells the template what to write."""

    hint: Any = gettext_lazy("Any text")
    empty: Any = None
    actor: Actor

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, Unusable):
            raise ValueError(value.reason)
        text = value.strip()
        return self.value(text) if text else self.empty

    def value(self, text: str) -> Any:
        """The value that the text, which is not empty, means. Raises ValueError with a sentence."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class TextCell(Cell):
    """Text; blanks around it are dropped unless they belong to it."""

    empty = ""

    def __init__(self, nullable: bool = False) -> None:
        super().__init__()
        self.empty = None if nullable else ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not isinstance(value, Unusable) and RISKY.match(value):
            return str(value)
        return super().clean(value, row, **kwargs)

    def value(self, text: str) -> str:
        if SHORTENED.fullmatch(text):
            raise ValueError(_("A spreadsheet has shortened this number: format the column as text and type it again."))
        return str(text)


class PhoneCell(TextCell):
    """A telephone number; as a number it may have lost a leading zero, unless it is a mobile number."""

    hint = gettext_lazy("Telephone number, as text")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, Number) and not MOBILE.fullmatch(value):
            raise ValueError(_("A leading zero may be lost here: format the column as text and type the number again."))
        return super().clean(value, row, **kwargs)


class WholeCell(Cell):
    """A whole number."""

    hint = gettext_lazy("Whole number")

    def value(self, text: str) -> int:
        number = _decimal(text)
        if number != number.to_integral_value():
            raise ValueError(_("This must be a whole number."))
        return int(number)


class DecimalCell(Cell):
    """A number with decimal places, never rounded in silence."""

    hint = gettext_lazy("Number")

    def value(self, text: str) -> Decimal:
        return _decimal(text)


def _decimal(text: str) -> Decimal:
    """A finite number of reasonable size (G04). Commas divide thousands or are refused: '12,5' is not 125 (G11)."""
    plain = unicodedata.normalize("NFKC", text) if len(text) <= DIGITS else ""
    number = Decimal(plain.replace(",", "")) if NUMERAL.fullmatch(plain) else None
    if number is None or not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise ValueError(_("This is not a number that can be used here."))
    return number


class DateCell(Cell):
    """A day: 2026-03-01, 2026/3/1, 2026年3月1日 or a date of the spreadsheet."""

    hint = gettext_lazy("Date, such as 2026-03-01")

    def value(self, text: str) -> date:
        found = DATE.fullmatch(text)
        parts = [int(part) for part in found.groups() if part] if found else []
        try:
            if parts and 1900 <= parts[0] <= 2200:
                return date(*parts)
        except ValueError:
            pass
        raise ValueError(_("This is not a date: write it as 2026-03-01."))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else ""


class YesNoCell(Cell):
    """Yes or no, in either language."""

    hint = gettext_lazy("Yes or no")

    def value(self, text: str) -> bool:
        word = text.casefold()
        if word in TRUE or word in FALSE:
            return word in TRUE
        raise ValueError(_("Write yes or no."))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(YES if value else NO)


class ChoiceCell(Cell):
    """One of some words, in either language or as the code. `earlier`: word of earlier sheets → code, still taken."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], earlier: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.earlier = dict(earlier or {})
        self.choices = [(value, label) for value, label in choices if value]
        self.empty = ""
        self._known: dict[str, Any] = {}

    @property
    def hint(self) -> str:  # type: ignore[override]
        return " / ".join(str(label) for _value, label in self.choices)

    def value(self, text: str) -> Any:
        if not self._known:
            self._known.update((same(word), code) for word, code in self.earlier.items())
            for value, label in self.choices:
                self._known.update(dict.fromkeys(map(same, [str(value), *in_every_language(label)]), value))
        if same(text) not in self._known:
            raise ValueError(_("“%(text)s” is not one of: %(choices)s.") % {"text": text[:40], "choices": self.hint})
        return self._known[same(text)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(next((label for known, label in self.choices if known == value), value or ""))


class ListCell(Cell):
    """Several words in one cell; with `choice`, each of them is one of its words."""

    hint = gettext_lazy("Several, divided by 、")

    def __init__(self, choice: ChoiceCell | None = None) -> None:
        super().__init__()
        self.choice = choice

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Any]:
        return super().clean(value, row, **kwargs) or []

    def value(self, text: str) -> list[Any]:
        words = [word.strip() for word in SEPARATORS.split(text) if word.strip()]
        return list(dict.fromkeys(self.choice.value(word) if self.choice else word for word in words))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(self.choice.render(word) if self.choice else str(word) for word in value or [])
