"""The mapping of a historical log, as a person writes it in TOML, made into data (spec/interfaces.md, R057).

Every wrong key or value is named together with the remedy; all of them at once, not only the first.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from portal.kernel.errors import InvalidInput
from tickets.rules.log_mapping_check import Problems, check
from tickets.rules.log_words import RECEIVED_KEYS, Step, step_of

EVENTS, TICKETS = "events", "tickets"
DEFAULT_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")


@dataclass(frozen=True, slots=True)
class ValueMap:
    """What a value of the file is called here: exact words, then patterns with `*` in their order, then the rest."""

    exact: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    rest: str | None = None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "ValueMap":
        """From a table of the mapping; the key '*' is the rest."""
        exact = {key: value for key, value in words.items() if "*" not in key}
        patterns = [(_pattern(key), value) for key, value in words.items() if "*" in key and key != "*"]
        return cls(exact, tuple(patterns), words.get("*"))

    def get(self, value: str) -> str | None:
        """The word for a value; None when the mapping says nothing of it."""
        found = self.exact.get(value)
        if found is not None:
            return found
        return next((word for pattern, word in self.patterns if pattern.fullmatch(value)), self.rest)


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in key.split("*")), re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class LogMapping:
    """A checked mapping. `columns` goes from our field to the file's header; `times` from step to header."""

    kind: str
    columns: Mapping[str, str]
    name: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None
    header_row: int = 1
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    formats: tuple[str, ...] = DEFAULT_FORMATS
    empty: frozenset[str] = frozenset({""})
    activity: str = ""
    at: str = ""
    actor: str = ""
    verbs: Mapping[str, Step] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    due: str = ""
    received: str = ""
    values: Mapping[str, ValueMap] = field(default_factory=dict)

    @property
    def needed(self) -> tuple[str, ...]:
        """The headers that are read, each once, the ticket's first."""
        wanted = [*self.columns.values(), self.activity, self.at, self.actor, *self.times.values(), self.due]
        ticket = self.columns["ticket"]
        return tuple(dict.fromkeys([ticket, *(name for name in [*wanted, self.received] if name)]))

    @property
    def knows_end(self) -> bool:
        """Whether the log itself says when a ticket was confirmed or closed; otherwise completion is all it knows."""
        named = {step.verb for step in (*self.verbs.values(), *self.steps.values())}
        return bool(named & {"confirm", "close"})


def parse(text: str) -> LogMapping:
    """Read a mapping; InvalidInput lists everything that is wrong with it, one problem a line (R057)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"TOML: {error}", field="mapping") from error
    problems = Problems()
    check(table, problems)
    if problems.found:
        raise InvalidInput("\n".join(problems.found), field="mapping")
    return _build(table)


def _build(table: dict) -> LogMapping:
    events, times = table.get("events", {}), dict(table.get("times", {}))
    received = next((times.pop(key) for key in RECEIVED_KEYS if key in times), "")
    given: dict = {key: table[key] for key in ("name", "encoding", "delimiter", "sheet", "header_row") if key in table}
    if "timestamp_formats" in table:
        given["formats"] = tuple(table["timestamp_formats"])
    if "empty" in table:
        given["empty"] = frozenset({"", *table["empty"]})
    columns = dict(table["columns"])
    due = columns.pop("due", "")
    due = times.pop("due", due)
    return LogMapping(
        kind=table["kind"],
        columns=columns,
        zone=ZoneInfo(table.get("timezone", "Asia/Shanghai")),
        activity=events.get("activity", ""),
        at=events.get("at", ""),
        actor=events.get("actor", ""),
        verbs={activity: step_of(word) for activity, word in table.get("verbs", {}).items()},
        times=times,
        steps={word: step_of(word) for word in times},
        due=due,
        received=received,
        values={name: ValueMap.of(words) for name, words in table.get("values", {}).items()},
        **given,
    )
