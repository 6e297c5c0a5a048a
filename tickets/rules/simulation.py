"""What-if for policies: a told ticket becomes clocks, and nothing is written (spec/interfaces.md, R003)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from partners.choices import ServiceTier
from portal.journal.verbs import registered
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from tickets.choices import Category, Channel, ServiceMode
from tickets.rules.sla_clock import Case, ClockResult, Event
from tickets.rules.sla_clock.kinds import EFFECTS

#: What a line may say of the ticket, and the words that are known for it.
WORDS: Mapping[str, list[str]] = {
    "category": Category.values,
    "channel": Channel.values,
    "tier": ServiceTier.values,
    "mode": ServiceMode.values,
}
#: A step of a day says which kind of day it is; beside it stands the kind of clock.
_SAID_AS = {"kind": "day_kind", "rule": "line"}
_TEXTS = ("partner", "region", "contract")
FIELDS = frozenset({*WORDS, *_TEXTS, "received_at", "now", "events"})
#: How a moment is written.
MOMENT = "2026-09-30T10:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the file, understood."""

    case: Case
    events: list[Event]
    now: datetime
    partner: str
    #: Names and verbs that mean nothing to any clock: mostly a slip of the pen, so they are said.
    ignored: tuple[str, ...] = ()


def told(line: str) -> Told:
    """A line of JSON as a ticket and its journal. Raises InvalidInput that names the field and the remedy."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise InvalidInput(_("This is no JSON: %s") % error) from None
    if not isinstance(said, dict):
        raise InvalidInput(_("A line is an object with category, channel, tier, received_at, events and now."))
    words = {name: _word(said, name, known) for name, known in WORDS.items()}
    texts = {name: _text(said, name) for name in _TEXTS}
    received = _moment(said, "received_at")
    now = _moment(said, "now")
    if now < received:
        raise InvalidInput(_("“now” lies before “received_at”."))
    case = Case(
        received_at=received,
        category=words["category"] or None,
        channel=words["channel"] or None,
        tier=words["tier"] or None,
        mode=words["mode"] or None,
        region=texts["region"] or None,
        contract=texts["contract"] or None,
    )
    events = list(_events(said.get("events", [])))
    unknown = [name for name in said if name not in FIELDS]
    unknown += [event.verb for event in events if event.verb not in EFFECTS and event.verb not in registered()]
    return Told(case, events, now, texts["partner"], tuple(dict.fromkeys(unknown)))


def answer(results: Iterable[ClockResult], ignored: Iterable[str] = ()) -> dict[str, Any]:
    """Clocks and the walk to each due time, as the interface promises them; `ignored` only where there is any."""
    shown = list(results)
    steps = [step for each in shown for step in steps_of(each)]
    said = {"clocks": [clock_of(each) for each in shown], "steps": steps}
    return {**said, "ignored": list(ignored)} if ignored else said


def clock_of(result: ClockResult) -> dict[str, Any]:
    """One clock by one policy line (R003)."""
    return {
        "kind": result.kind,
        "cycle": result.cycle,
        "started_at": plain(result.started_at),
        "due_at": plain(result.due_at),
        "original_due_at": plain(result.original_due_at),
        "stopped_at": plain(result.stopped_at),
        "state": result.state,
        "elapsed_s": result.elapsed_s,
        "worked_s": result.working_elapsed_s,
        "paused_s": result.paused_s,
        "missed_s": result.missed_s,
        "breached_at": plain(result.breached_at),
        "rule": result.rule,
        "clause": result.line.clause,
        "leading": result.leading,
    }


def steps_of(result: ClockResult) -> Iterator[dict[str, Any]]:
    """Why it falls due when it does, step by step (R003)."""
    for step in result.steps:
        facts = {_SAID_AS.get(name, name): plain(value) for name, value in step.facts.items()}
        yield {"step": step.code, **facts, "kind": result.kind, "cycle": result.cycle, "rule": result.rule}


def plain(value: Any) -> Any:
    """A value as JSON knows it; moments on the wall of Asia/Shanghai (R003)."""
    if isinstance(value, datetime):
        return clock.local(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _word(said: Mapping[str, Any], name: str, known: list[str]) -> str:
    value = said.get(name)
    if value in (None, ""):
        return ""
    if value not in known:
        values = {"name": name, "value": value, "known": ", ".join(known)}
        raise InvalidInput(_("%(name)s: “%(value)s” is not one of %(known)s.") % values)
    return str(value)


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidInput(_("%s: write it as text.") % name)
    return value or ""


def _moment(said: Mapping[str, Any], name: str) -> datetime:
    """An ISO moment; without a zone it is one of Asia/Shanghai."""
    value = said.get(name)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None and value in (None, ""):
        raise InvalidInput(_("%(name)s is missing; write it as %(example)s.") % {"name": name, "example": MOMENT})
    if moment is None:
        values = {"name": name, "example": MOMENT, "value": value}
        raise InvalidInput(_("%(name)s: “%(value)s” is no moment; write it as %(example)s.") % values)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)


def _events(said: Any) -> Iterator[Event]:
    if not isinstance(said, list):
        raise InvalidInput(_("events: write a list of objects with verb and at."))
    for number, event in enumerate(said, 1):
        if not isinstance(event, dict) or not isinstance(event.get("verb"), str) or not event["verb"]:
            raise InvalidInput(_("events, number %d: an event is an object with verb and at.") % number)
        try:
            at = _moment(event, "at")
        except InvalidInput as error:
            raise InvalidInput(
                _("events, number %(number)d: %(reason)s") % {"number": number, "reason": error}
            ) from None
        facts = event.get("facts", {})
        if not isinstance(facts, dict):
            raise InvalidInput(_("events, number %d: facts are an object.") % number)
        beside = {name: value for name, value in event.items() if name not in ("verb", "at", "facts")}
        yield Event(event["verb"], at, {**beside, **facts})
