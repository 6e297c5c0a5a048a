"""One row of a historical log made into what happened, or refused with the reason (spec/interfaces.md, R057)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from tickets.rules.log_mapping import EVENTS, LogMapping
from tickets.rules.log_time import reader
from tickets.rules.log_words import CLOSED_LISTS, FALLBACK, Step

NOTE = Step("note")
#: Which fact of a verb's sentence the log's own word for the activity fills.
TEXT_FACT: Mapping[str, str] = {
    "register": "first_opinion", "complete": "work_and_result", "note": "note", "suspend": "note", "escalate": "cause",
    "cancel": "note", "progress": "measures", "contact": "summary", "answer": "answer", "diagnose": "finding",
    "start": "solution", "reject": "reason", "reopen": "reason", "decline": "reason", "transfer": "reason",
    "add_information": "text", "follow_up": "result", "call_back": "result", "reclassify": "reason",
    "amend_intake": "reason",
}  # fmt: skip
_LIMITS = {"title": 200, "contact": 60, "phone": 32, "region": 60, "address": 200, "model": 80, "serial": 80}
_LIMITS |= {"ticket": 120, "partner": 120, "outlet": 120, "assignee": 60, "customer": 120, "product": 80}
_ESCAPED = range(0xDC80, 0xDD00)


class RowRefused(Exception):
    """This row cannot be taken; the message is the reason as the summary prints it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that the log says of a ticket. `known`: the journal has it already; `implied`: nobody wrote it down."""

    verb: str
    at: datetime
    label: str = ""
    activity: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    known: bool = False
    implied: bool = False

    @property
    def mark(self) -> tuple[str, datetime, str]:
        """By this an entry of the journal is recognised when the file comes again."""
        return (self.activity or self.verb, self.at, self.label)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row as it was understood; `fields` holds what the file says, already in our words."""

    line: int
    ticket: str
    fields: Mapping[str, str]
    happenings: tuple[Happening, ...]
    due_at: datetime | None = None


class RowReader:
    """Reads the cells of the needed columns, in the order of `mapping.needed`, into rows."""

    def __init__(self, mapping: LogMapping, source: str, now: datetime) -> None:
        self.mapping, self.source, self.now = mapping, source, now
        self.place = {header: index for index, header in enumerate(mapping.needed)}
        self._readers = [reader(form) for form in mapping.formats]
        self._words = {name: lru_cache(4096)(words.get) for name, words in mapping.values.items()}
        self.unmapped: dict[str, int] = {}
        self.unplaced: dict[str, int] = {}

    def read(self, line: int, cells: Sequence[str]) -> LogRow:
        """The row at `line`; RowRefused says why not."""
        readable(cells, self.mapping.encoding)
        ticket = self._cell(cells, self.mapping.columns["ticket"])
        if not ticket:
            raise RowRefused(_("the ticket's number is missing"))
        if len(ticket) > _LIMITS["ticket"]:
            raise RowRefused(_("the ticket's number is longer than %d characters") % _LIMITS["ticket"])
        fields = self._fields(cells)
        happenings = self._event(line, cells) if self.mapping.kind == EVENTS else self._times(line, cells)
        due = self.mapping.due and self._moment(cells, self.mapping.due)
        return LogRow(line, ticket, fields, tuple(happenings), due or None)

    def _cell(self, cells: Sequence[str], header: str) -> str:
        value = cells[self.place[header]].strip()
        return "" if value in self.mapping.empty else value

    def _fields(self, cells: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, header in self.mapping.columns.items():
            if name != "ticket":
                value = self._word(name, self._cell(cells, header), header)
                if value:
                    found[name] = value[: _LIMITS.get(name, 10_000)]
        for name, words in self.mapping.values.items():
            if name not in self.mapping.columns and words.rest:
                found[name] = words.rest
        return found

    def _word(self, name: str, value: str, header: str) -> str:
        """The value in our words; what a closed list does not know is counted and left out."""
        words = self._words.get(name)
        found = words(value) if words else None
        if found is not None:
            return found
        known = CLOSED_LISTS.get(name)
        if known is None or not value:
            return value or FALLBACK.get(name, "")
        if name == "score":
            return _score(value, header)
        if value.lower() in known:
            return value.lower()
        word = f"{name}: {value}"
        self.unplaced[word] = self.unplaced.get(word, 0) + 1
        return FALLBACK.get(name, "")

    def _event(self, line: int, cells: Sequence[str]) -> list[Happening]:
        mapping = self.mapping
        activity = self._cell(cells, mapping.activity)
        if not activity:
            raise RowRefused(_("“%s” is empty: what happened is not said") % mapping.activity)
        at = self._moment(cells, mapping.at)
        if at is None:
            raise RowRefused(_("“%s” is empty: when it happened is not said") % mapping.at)
        step = mapping.verbs.get(activity)
        if step is None:
            self.unmapped[activity] = self.unmapped.get(activity, 0) + 1
            step = NOTE
        label = (mapping.actor and self._cell(cells, mapping.actor)) or self.source
        return [Happening(step.verb, at, label, activity, facts_of(step, activity, label), line)]

    def _times(self, line: int, cells: Sequence[str]) -> list[Happening]:
        received = self._moment(cells, self.mapping.received)
        if received is None:
            raise RowRefused(_("“%s” is empty: when the request was received is not said") % self.mapping.received)
        found = [Happening("receive", received, self.source, line=line)]
        for word, header in self.mapping.times.items():
            at = self._moment(cells, header)
            if at is None:
                continue
            if at < received:
                raise RowRefused(
                    _("“%(header)s” (%(at)s) lies before the receipt (%(received)s): that order cannot be")
                    % {"header": header, "at": self._shown(at), "received": self._shown(received)}
                )
            step = self.mapping.steps[word]
            found.append(Happening(step.verb, at, self.source, "", facts_of(step, "", self.source), line))
        return found

    def _shown(self, at: datetime) -> str:
        return at.astimezone(self.mapping.zone).strftime("%Y-%m-%d %H:%M:%S")

    def _moment(self, cells: Sequence[str], header: str) -> datetime | None:
        """The cell as a moment in UTC; None when empty. Only a due time may lie in the future."""
        text = self._cell(cells, header)
        if not text:
            return None
        found = self._parsed(text)
        if found is None:
            raise RowRefused(
                _("“%(value)s” in “%(header)s” is not a time like %(format)s")
                % {"value": text, "header": header, "format": self.mapping.formats[0]}
            )
        if found > self.now and header != self.mapping.due:
            raise RowRefused(_("“%(value)s” in “%(header)s” lies in the future") % {"value": text, "header": header})
        return found

    def _parsed(self, text: str) -> datetime | None:
        for read in self._readers:
            found = read(text)
            if found is not None:
                return self._aware(found)
        try:
            return self._aware(datetime.fromisoformat(text)) if "T" in text else None
        except ValueError:
            return None

    def _aware(self, moment: datetime) -> datetime:
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.mapping.zone)).astimezone(UTC)


def facts_of(step: Step, activity: str, label: str) -> dict[str, Any]:
    """What the journal keeps of an event: the log's own word, and what the verb's sentence asks for (R057)."""
    facts: dict[str, Any] = {"activity": activity} if activity else {}
    if step.reason:
        facts["reason"] = step.reason
    name = TEXT_FACT.get(step.verb)
    if activity and name and name not in facts:
        facts[name] = activity
    if step.verb == "accept":
        facts["owner"] = label
    if step.verb == "contact":
        # Whoever maps an activity to 'contact' says that it was one with the customer.
        facts |= {"outward": True}
    return facts


def readable(cells: Sequence[str], encoding: str) -> None:
    """RowRefused when bytes of the row are no text in the file's encoding (R057)."""
    for cell in cells:
        if not cell.isascii() and any(ord(letter) in _ESCAPED for letter in cell):
            raise RowRefused(_("bytes that are not text in %s; is another encoding meant, such as gb18030?") % encoding)


def places_of(header: Sequence[str], mapping: LogMapping) -> list[int]:
    """Where in a row of the file the needed columns stand; InvalidInput names what is missing or ambiguous (R057)."""
    names = [name.strip() for name in header]
    missing = [name for name in mapping.needed if name not in names]
    if missing:
        raise InvalidInput(
            _("The file has no column “%(missing)s”. Its columns are: %(names)s.")
            % {"missing": "”, “".join(missing), "names": ", ".join(name for name in names if name)},
            field="mapping",
        )
    twice = [name for name in mapping.needed if names.count(name) > 1]
    if twice:
        raise InvalidInput(
            _("The column “%s” stands in the file more than once: give the columns different headers.") % twice[0],
            field="file",
        )
    return [names.index(name) for name in mapping.needed]


def _score(value: str, header: str) -> str:
    number = value.removesuffix(".0")
    if number not in CLOSED_LISTS["score"]:
        raise RowRefused(
            _("“%(value)s” in “%(header)s” is not a score from 1 to 5") % {"value": value, "header": header}
        )
    return number
