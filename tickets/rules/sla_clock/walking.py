"""The first half of the engine: the journal is walked once and leaves runs of clocks, spans and pauses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from tickets.rules.sla_clock.events import Case, Event, utc
from tickets.rules.sla_clock.kinds import CONFIRM, EFFECTS, KINDS, OFFER, START, STOP, WITHDRAW, Kind
from tickets.rules.sla_clock.parts import Pause
from tickets.rules.sla_policy import PauseRule

FROM_RECEIPT = tuple(kind for kind in KINDS if kind.from_receipt)
#: Verbs whose facts may say another category, tier or mode of service (rule 6).
CHANGING = frozenset({"receive", "register", "amend_intake", "reclassify", "diagnose"})
#: Verbs by which an outlet gets the ticket.
GIVING = frozenset({"dispatch", "transfer"})
#: Verbs that end a suspension, by going on or by leaving the state.
WAKING = frozenset(
    {"resume", "complete", "answer", "transfer", "dispatch", "start", "diagnose", "confirm", "reject", "reopen"}
    | {"cancel", "close"}
)
#: After these a change of category touches the next cycle only: what was reported stays reported (rule 7).
SEALING = frozenset({"confirm", "close"})
_AT = attrgetter("at")


@dataclass(slots=True)
class Run:
    """One cycle of one clock while the journal is read."""

    kind: Kind
    cycle: int
    start: datetime
    started_by: str
    stop: datetime | None = None
    stopped_by: str = ""
    provisional: bool = False
    void: bool = False
    spans: int | None = None  # how many spans may touch it; None: all
    outlet: str = ""  # who had the ticket when it began
    before: "Run | None" = None  # the cycle whose rest is all that this one has (rule 7)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on the ticket was of this category, tier and mode."""

    since: datetime
    category: str | None
    tier: str | None
    mode: str | None


@dataclass(slots=True)
class Story:
    """Everything that the journal says about clocks up to a moment."""

    runs: list[Run]
    spans: list[Span]
    events: list[Event] = field(default_factory=list)  # in order, none after the moment
    pauses: list[Pause] = field(default_factory=list)
    open: dict[str, Run] = field(default_factory=dict)
    cycles: dict[str, int] = field(default_factory=dict)
    outlet: str = ""


def walk(case: Case, events: Iterable[Event], rules: Mapping[str, PauseRule], now: datetime) -> Story:
    """Read the events up to `now` in order of time; entries of the same moment in order of the journal."""
    received = utc(case.received_at)
    runs = [Run(kind, 1, received, "receive") for kind in FROM_RECEIPT]
    story = Story(runs, [Span(received, case.category, case.tier, case.mode)])
    for run in runs:
        story.open[run.kind.code] = run
        story.cycles[run.kind.code] = 1
    ordered = sorted(events, key=_AT)
    for event in ordered:
        at = utc(event.at)
        if at > now:
            break
        story.events.append(event)
        _read(story, event, max(at, received), rules)
    if story.spans[0].category is None and case.category and not any(map(_says_category, ordered)):
        # The journal never speaks of a category (old logs): the caller's word is all there is.
        story.spans = [replace(span, category=case.category) for span in story.spans]
    return story


def _says_category(event: Event) -> bool:
    return event.verb in CHANGING and bool(event.facts.get("category"))


def _read(story: Story, event: Event, at: datetime, rules: Mapping[str, PauseRule]) -> None:
    verb = event.verb
    if verb in GIVING:
        story.outlet = str(event.facts.get("outlet_code", ""))
    if verb in CHANGING:
        _change(story, event, at)
    if verb == "suspend":
        _wake(story, at)
        reason = str(event.facts.get("reason", ""))
        story.pauses.append(_pause(at, reason, rules.get(reason)))
    elif verb in WAKING:
        _wake(story, at)
    if verb in SEALING:
        for run in story.runs:
            if run.spans is None:
                run.spans = len(story.spans)
    for effect, kind, test in EFFECTS.get(verb, ()):
        if test is None or test(event.facts):
            _apply(story, effect, kind, event, at)


def _pause(at: datetime, reason: str, rule: PauseRule | None) -> Pause:
    if rule is None:  # a reason that the policy does not know stops nothing
        return Pause(at, None, reason, credited=False)
    return Pause(at, None, reason, rule.credited, rule.cap, rule.excuses_updates)


def _change(story: Story, event: Event, at: datetime) -> None:
    last, facts = story.spans[-1], event.facts
    tier = facts.get("tier") or last.tier
    mode = facts.get("mode") or last.mode
    if event.verb == "receive":
        # The journal is surer of the receipt than the row, which has moved on: no category said is none.
        story.spans[0] = Span(last.since, facts.get("category") or None, tier, mode)
        return
    category = facts.get("category") or last.category
    if (category, tier, mode) != (last.category, last.tier, last.mode):
        story.spans.append(Span(at, category, tier, mode))


def _wake(story: Story, at: datetime) -> None:
    if story.pauses and story.pauses[-1].end is None:
        pause = story.pauses[-1]
        story.pauses[-1] = replace(pause, end=at)


def _apply(story: Story, effect: int, kind: Kind, event: Event, at: datetime) -> None:
    run, verb = story.open.get(kind.code), event.verb
    if effect == START:
        _begin(story, run, kind, event, at)
    elif run is None:
        return
    elif effect == OFFER:
        run.stop, run.stopped_by, run.provisional = at, verb, True
    elif effect == WITHDRAW:
        run.stop, run.stopped_by, run.provisional = None, "", False
    elif effect == CONFIRM:
        # Confirmed without a completion in the journal (old logs): the confirmation is all we know.
        if run.stop is None:
            run.stop, run.stopped_by = at, verb
        run.provisional = False
        del story.open[kind.code]
    else:
        _end(story, run, verb, at, void=effect != STOP)


def _begin(story: Story, running: Run | None, kind: Kind, event: Event, at: datetime) -> None:
    if running is not None:
        if not kind.replaces:
            return
        _end(story, running, event.verb, at, void=not running.provisional)
    cycle = story.cycles[kind.code] = story.cycles.get(kind.code, 0) + 1
    run = Run(kind, cycle, _since(kind, event.facts, at), event.verb, outlet=story.outlet)
    if kind.adds_up and event.facts.get("adds_up"):
        run.before = next((each for each in reversed(story.runs) if each.kind is kind), None)
    story.open[kind.code] = run
    story.runs.append(run)


def _since(kind: Kind, facts: Mapping[str, Any], at: datetime) -> datetime:
    """What is told later may have begun before: the fact says when; never after it was told."""
    said = facts.get(kind.since) if kind.since else None
    if not said:
        return at
    try:
        return min(utc(datetime.fromisoformat(str(said))), at)
    except ValueError:  # an old log wrote something else
        return at


def _end(story: Story, run: Run, verb: str, at: datetime, *, void: bool) -> None:
    if run.stop is None:
        run.stop, run.stopped_by = at, verb
    run.provisional, run.void = False, void
    del story.open[run.kind.code]
