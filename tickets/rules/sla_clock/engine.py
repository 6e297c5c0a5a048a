"""Clocks computed from policy, calendar, journal and now, and from nothing else (workflow.md, rule 1)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_clock.events import Case, Event, utc
from tickets.rules.sla_clock.kinds import RANK
from tickets.rules.sla_clock.parts import BREACHED, MET, PAUSED, RUNNING, SECOND, VOID, Due, Pause, Stretch
from tickets.rules.sla_clock.results import ClockResult
from tickets.rules.sla_clock.walking import Run, Story, walk
from tickets.rules.sla_policy import HOUR, Policy, PolicyLine, Scope

#: Stands for the due time that an imported ticket brought along.
SOURCE_LINE = PolicyLine("resolution", None, None, None, 1, HOUR, "source")
_NO_TIME = timedelta()


def compute(
    case: Case, events: Iterable[Event], policy: Policy, calendar: WorkCalendar, now: datetime
) -> list[ClockResult]:
    """Every clock of the ticket in every cycle as of `now`, in the order of the table of kinds.

    Events after `now` have not happened. `case` is the ticket as it was received: changes come from the events.
    """
    now = utc(now)
    story = walk(case, events, policy.pause_rules, now)
    settling = _Settling(case, story, policy, calendar, now)
    results = [result for run in story.runs if (result := settling.settle(run)) is not None]
    results.sort(key=lambda result: (RANK[result.kind], result.cycle))
    return results


class _Settling:
    """The second half: what each run means under each category that the ticket had."""

    __slots__ = ("calendar", "case", "now", "policy", "story")

    def __init__(self, case: Case, story: Story, policy: Policy, calendar: WorkCalendar, now: datetime) -> None:
        self.case, self.story, self.policy, self.calendar, self.now = case, story, policy, calendar, now

    def settle(self, run: Run) -> ClockResult | None:
        """The result of a run; None when no policy line ever spoke of it."""
        end = run.stop or self.now
        pauses = self._pauses(run, end) if run.kind.pauses and self.story.pauses else ()
        stretches, gone = self._stretches(run, pauses, end)
        if not stretches:
            return None
        breached_at = _first_breach(stretches, gone, end)
        stop, stopped_by, void = run.stop, run.stopped_by, run.void
        if gone is not None and (stop is None or stop > gone):
            stop, stopped_by, void = gone, "reclassify", True
        final = min(stretches[-1].dues, key=_due_at)
        paused = any(pause.end is None and pause.credited for pause in pauses) and stop is None
        return ClockResult(
            kind=run.kind.code,
            cycle=run.cycle,
            started_at=run.start,
            due_at=final.at,
            original_due_at=min(due.base for due in stretches[0].dues),
            stopped_at=stop,
            state=_state(breached_at, stop, void=void, paused=paused),
            elapsed_s=((stop or self.now) - run.start) // SECOND,
            paused_s=final.credit // SECOND,
            line=final.line,
            breached_at=breached_at,
            stopped_by=stopped_by,
            provisional=run.provisional,
            as_of=self.now,
            started_by=run.started_by,
            stretches=stretches,
            pauses=pauses,
            calendar=self.calendar,
        )

    def _pauses(self, run: Run, end: datetime) -> tuple[Pause, ...]:
        return tuple(
            pause for pause in self.story.pauses if pause.begin <= end and (pause.end is None or pause.end > run.start)
        )

    def _stretches(
        self, run: Run, pauses: tuple[Pause, ...], end: datetime
    ) -> tuple[tuple[Stretch, ...], datetime | None]:
        """The dues under each category that can touch the run, and since when none of them applies any more."""
        spans = self.story.spans if run.spans is None else self.story.spans[: run.spans]
        found: list[Stretch] = []
        lines_before: tuple[PolicyLine, ...] = ()
        gone: datetime | None = None
        for index, span in enumerate(spans):
            if index + 1 < len(spans) and spans[index + 1].since <= run.start:
                continue
            lines = self._lines(run, span.category, span.tier, span.mode)
            if not lines:
                gone = gone or (span.since if found else None)
                continue
            same = found and lines is lines_before and gone is None
            dues = found[-1].dues if same else self._dues(run, lines, pauses, end)
            found.append(Stretch(span.since, span.category, span.tier, span.mode, dues))
            lines_before, gone = lines, None
        return tuple(found), gone

    def _lines(self, run: Run, category: str | None, tier: str | None, mode: str | None) -> tuple[PolicyLine, ...]:
        kind = run.kind
        if not kind.applies(category, mode):
            return ()
        if kind.source_due and run.cycle == 1 and self.case.source_due_at is not None:
            return _SOURCE
        case = self.case
        scope = Scope(category, case.channel, tier, case.region, case.contract)
        return self.policy.lines_for(kind.code, scope)

    def _dues(
        self, run: Run, lines: tuple[PolicyLine, ...], pauses: tuple[Pause, ...], end: datetime
    ) -> tuple[Due, ...]:
        if lines is _SOURCE and self.case.source_due_at is not None:
            at = utc(self.case.source_due_at)
            return (Due(at, SOURCE_LINE, at, _NO_TIME),)
        return tuple(self._due(run.start, line, pauses, end) for line in lines)

    def _due(self, start: datetime, line: PolicyLine, pauses: tuple[Pause, ...], end: datetime) -> Due:
        base = at = line.due(start, self.calendar)
        total = _NO_TIME
        for pause in pauses:
            if pause.begin > at:  # overdue before the pause began: nothing is given back
                break
            if pause.credited:
                credit = line.credit(max(pause.begin, start), min(pause.end or end, end), self.calendar)
                at = line.postpone(at, credit, self.calendar)
                total += credit
        return Due(at, line, base, total)


_SOURCE = (SOURCE_LINE,)


def _due_at(due: Due) -> datetime:
    return due.at


def _first_breach(stretches: tuple[Stretch, ...], gone: datetime | None, end: datetime) -> datetime | None:
    """The earliest due time that passed while its category was in force; no later change erases it (rule 6)."""
    first: datetime | None = None
    for index, stretch in enumerate(stretches):
        until = stretches[index + 1].since if index + 1 < len(stretches) else gone
        due = min(stretch.dues, key=_due_at).at
        if (end if until is None or end < until else until) > due and (first is None or due < first):
            first = due
    return first


def _state(breached_at: datetime | None, stop: datetime | None, *, void: bool, paused: bool) -> str:
    if breached_at is not None:
        return BREACHED
    if stop is not None:
        return VOID if void else MET
    return PAUSED if paused else RUNNING
