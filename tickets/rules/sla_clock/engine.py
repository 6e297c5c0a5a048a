"""Clocks computed from policy, calendar, journal and now, and from nothing else (workflow.md, rule 1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from portal.worktime.calendar import WorkCalendar
from tickets.rules.calendars import Calendars
from tickets.rules.sla_clock.daily import daily_runs
from tickets.rules.sla_clock.events import Case, Event, utc
from tickets.rules.sla_clock.kinds import KINDS, RANK, Kind
from tickets.rules.sla_clock.lines import credits_of, due_of, rests
from tickets.rules.sla_clock.parts import BREACHED, MET, PAUSED, RUNNING, SECOND, VOID, Credit, Due, Stretch
from tickets.rules.sla_clock.results import ClockResult
from tickets.rules.sla_clock.walking import Run, Story, walk
from tickets.rules.sla_policy import HOUR, Policy, PolicyLine, Scope

#: Stands for the due time that an imported ticket brought along.
SOURCE_LINE = PolicyLine("resolution", None, None, None, 1, HOUR, "source")
_SOURCE = (SOURCE_LINE,)
_DAILY = tuple(kind for kind in KINDS if kind.daily)


def compute(
    case: Case,
    events: Iterable[Event],
    policy: Policy,
    calendars: Calendars | WorkCalendar,
    now: datetime,
    elsewhere: Mapping[str, Calendars] | None = None,
) -> list[ClockResult]:
    """Every clock of the ticket in every cycle and by every line as of `now`, in the order of the table of kinds.

    Events after `now` have not happened. `case` is the ticket as it was received: changes come from the events.
    `calendars` are those of the ticket's parties; a single one counts for all. `elsewhere`: those of other outlets that
    had the ticket once, by code. A clock that has stopped keeps the version that held then (rule 9).
    """
    now = utc(now)
    story = walk(case, events, policy.pause_rules, now)
    runs = story.runs
    if not case.logged:
        received = utc(case.received_at)
        for kind in _DAILY:
            runs += daily_runs(kind, story.events, story.pauses, received, now)
    if isinstance(calendars, WorkCalendar):
        calendars = Calendars.single(calendars)
    settling = _Settling(case, story, policy, calendars, now, elsewhere or {})
    results = [result for run in runs for result in settling.settle(run)]
    results.sort(key=_order)
    return results


def _order(result: ClockResult) -> tuple[int, int, bool, datetime]:
    return RANK[result.kind], result.cycle, not result.leading, result.due_at


@dataclass(slots=True)
class _Alone:
    """One line by itself: the last stretch in which it was in force, and what it made of the run until then."""

    stretch: Stretch
    due: Due
    breached_at: datetime | None = None


class _Settling:
    """The second half: what each run means under each category that the ticket had."""

    __slots__ = ("calendars", "case", "elsewhere", "now", "policy", "story")

    def __init__(
        self,
        case: Case,
        story: Story,
        policy: Policy,
        calendars: Calendars,
        now: datetime,
        elsewhere: Mapping[str, Calendars],
    ) -> None:
        self.case, self.story, self.policy, self.now = case, story, policy, now
        self.calendars, self.elsewhere = calendars, elsewhere

    def settle(self, run: Run) -> Iterator[ClockResult]:
        """The leading result of a run, then those of the other lines; none when no policy line ever spoke of it."""
        end = run.stop or self.now
        credits = credits_of(run, self.story.pauses, end) if run.kind.pauses and self.story.pauses else ()
        stretches = self._stretches(run, credits)
        if not stretches:
            return
        alone = _alone(stretches, end)
        final = min(stretches[-1].dues, key=_due_at)
        breaches = [each.breached_at for each in alone if each.breached_at is not None]
        original = min(due.base for due in stretches[0].dues)
        yield self._result(run, credits, stretches, final, original, min(breaches, default=None))
        for each in alone if len(alone) > 1 else ():
            if each.due.line is not final.line:
                own = (replace(each.stretch, dues=(each.due,)),)
                yield self._result(run, credits, own, each.due, each.due.base, each.breached_at, leading=False)

    def _result(
        self,
        run: Run,
        credits: tuple[Credit, ...],
        stretches: tuple[Stretch, ...],
        due: Due,
        original: datetime,
        breached_at: datetime | None,
        *,
        leading: bool = True,
    ) -> ClockResult:
        stop, stopped_by, void, gone = run.stop, run.stopped_by, run.void, stretches[-1].until
        if gone is not None and (stop is None or stop > gone):
            stop, stopped_by, void = gone, "reclassify", True
        paused = stop is None and self._rests(run, credits)
        return ClockResult(
            kind=run.kind.code,
            cycle=run.cycle,
            started_at=run.start,
            due_at=due.at,
            original_due_at=original,
            stopped_at=stop,
            state=_state(breached_at, stop, void=void, paused=paused),
            elapsed_s=((stop or self.now) - run.start) // SECOND,
            paused_s=due.credit // SECOND,
            line=due.line,
            breached_at=breached_at,
            stopped_by=stopped_by,
            provisional=run.provisional,
            as_of=self.now,
            started_by=run.started_by,
            stretches=stretches,
            calendar=due.calendar,
            leading=leading,
            credits=credits,
        )

    def _rests(self, run: Run, credits: tuple[Credit, ...]) -> bool:
        if run.kind.daily:
            last = self.story.pauses[-1] if self.story.pauses else None
            return last is not None and last.end is None and last.excuses and last.begin <= run.start
        return rests(credits)

    def _stretches(self, run: Run, credits: tuple[Credit, ...]) -> tuple[Stretch, ...]:
        """The dues under each category that can touch the run, as long as any line spoke of it."""
        spans = self.story.spans if run.spans is None else self.story.spans[: run.spans]
        found: list[Stretch] = []
        lines_before: tuple[PolicyLine, ...] = ()
        for index, span in enumerate(spans):
            until = spans[index + 1].since if index + 1 < len(spans) else None
            if until is not None and until <= run.start:
                continue
            lines = self._lines(run, span.category, span.tier, span.mode)
            if lines:
                dues = found[-1].dues if found and lines is lines_before else self._dues(run, lines, credits)
                found.append(Stretch(span.since, until, span.category, span.tier, span.mode, dues))
                lines_before = lines
        return tuple(found)

    def _lines(self, run: Run, category: str | None, tier: str | None, mode: str | None) -> tuple[PolicyLine, ...]:
        kind = run.kind
        if not kind.applies(category, mode):
            return ()
        if kind.source_due and run.cycle == 1 and self.case.source_due_at is not None:
            return _SOURCE
        return _lines_of(
            kind, self.policy, Scope(category, self.case.channel, tier, self.case.region, self.case.contract)
        )

    def _dues(self, run: Run, lines: tuple[PolicyLine, ...], credits: tuple[Credit, ...]) -> tuple[Due, ...]:
        if lines is _SOURCE and self.case.source_due_at is not None:
            at = utc(self.case.source_due_at)
            return (Due(at, SOURCE_LINE, at, at - at, self._calendar(run, SOURCE_LINE)),)
        pauses = self.story.pauses
        return tuple(due_of(run, line, self._calendar(run, line), pauses, credits) for line in lines)

    def _calendar(self, run: Run, line: PolicyLine) -> WorkCalendar:
        calendars = self.elsewhere.get(run.outlet, self.calendars) if run.kind.placed else self.calendars
        return calendars.of(line.calendar, run.stop or self.now)


def _lines_of(kind: Kind, policy: Policy, scope: Scope) -> tuple[PolicyLine, ...]:
    lines = policy.lines_for(kind.code, scope)
    return policy.lines_for(kind.borrows, scope) if kind.borrows and not lines else lines


def _due_at(due: Due) -> datetime:
    return due.at


def _alone(stretches: tuple[Stretch, ...], end: datetime) -> list[_Alone]:
    """Each line by itself: until when it held, and whether its due time passed meanwhile.

    A breach that happened stays, whatever line holds later (rule 6).
    """
    found: dict[str, _Alone] = {}
    for stretch in stretches:
        until = end if stretch.until is None or end < stretch.until else stretch.until
        for due in stretch.dues:
            rule = due.line.as_rule()
            line = found.get(rule)
            if line is None:
                line = found[rule] = _Alone(stretch, due)
            line.stretch = stretch
            if line.breached_at is None and until > due.at:
                line.breached_at = due.at
    return list(found.values())


def _state(breached_at: datetime | None, stop: datetime | None, *, void: bool, paused: bool) -> str:
    if breached_at is not None:
        return BREACHED
    if stop is not None:
        return VOID if void else MET
    return PAUSED if paused else RUNNING
