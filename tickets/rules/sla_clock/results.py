"""What the engine answers: one result a clock and cycle, and what can be asked of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_clock.explaining import explain
from tickets.rules.sla_clock.parts import BREACHED, MET, PAUSED, RUNNING, SECOND, Credit, Due, Step, Stretch
from tickets.rules.sla_policy import PolicyLine


@dataclass(frozen=True, slots=True)
class ClockResult:
    """One clock in one cycle, as of `as_of`. Times are UTC, durations whole seconds.

    `elapsed_s` is wall-clock time to the stop or to `as_of`; `paused_s` the part of pauses that was credited.
    `provisional`: stopped by a completion that nobody confirmed yet. `stopped_by`: the verb that ended it.
    `leading`: the clock of the kind, by the strictest line, which stays breached whatever line holds later (rule 6);
    beside it stands what each other line made of the same cycle (rule 3). Whoever counts clocks counts the leading.
    """

    kind: str
    cycle: int
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None
    state: str
    elapsed_s: int
    paused_s: int
    line: PolicyLine
    breached_at: datetime | None
    stopped_by: str
    provisional: bool
    as_of: datetime
    started_by: str
    stretches: tuple[Stretch, ...] = field(repr=False)
    calendar: WorkCalendar = field(repr=False)
    leading: bool = True
    credits: tuple[Credit, ...] = field(repr=False, default=())

    @property
    def rule(self) -> str:
        """The policy line in one word."""
        return self.line.as_rule()

    @property
    def live(self) -> bool:
        """Whether it still asks for something, now or when it goes on."""
        return self.stopped_at is None

    @property
    def missed_s(self) -> int:
        """By how many seconds the limit was missed so far; 0 when it was not."""
        if self.breached_at is None:
            return 0
        return max(0, ((self.stopped_at or self.as_of) - self.breached_at) // SECOND)

    @property
    def working_elapsed_s(self) -> int:
        """Working time to the stop or to `as_of`."""
        return self.calendar.working_seconds(self.started_at, self.stopped_at or self.as_of)

    @property
    def steps(self) -> list[Step]:
        """Why it falls due when it does (rule 12); made when asked."""
        return explain(self)

    @property
    def by_line(self) -> dict[str, str]:
        """State by each policy line in force, by its rule: every clause keeps its own result."""
        return {due.line.as_rule(): self._alone(due) for due in self.stretches[-1].dues}

    def _alone(self, due: Due) -> str:
        if (self.stopped_at or self.as_of) > due.at:
            return BREACHED
        if self.state == BREACHED:
            return MET if self.stopped_at else RUNNING
        return self.state


def next_due(results: Iterable[ClockResult]) -> ClockResult | None:
    """Of the clocks that still ask for something the one that falls due, or fell due, first.

    An overdue one asks until it is stopped; a paused one asks for nothing while it rests.
    """
    return min(filter(_asks, results), key=lambda result: result.due_at, default=None)


def _asks(result: ClockResult) -> bool:
    return result.leading and result.stopped_at is None and result.state in (RUNNING, BREACHED)


def state_at(result: ClockResult, now: datetime) -> str:
    """The state of a computed clock at another moment, if nothing else happens: breach is a matter of time alone."""
    if result.breached_at is not None:
        if now > result.breached_at:
            return BREACHED
    elif result.stopped_at is not None and now >= result.stopped_at:
        return result.state
    if result.state == PAUSED and now >= result.as_of:
        return PAUSED
    return BREACHED if result.stopped_at is None and now > result.due_at else RUNNING
