"""When a clock warns before and after it falls due, and whom by the ladder (workflow.md, Clocks; R167, R169).

Everything is computed from the clock: the job that tells people may run late, the moments stay the same (rule 1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.choices.warning import Audience
from tickets.rules.sla_clock import BREACHED, RUNNING, ClockResult

_NO_TIME = timedelta()
#: What was over for so long when the portal first heard of it is told to nobody: history, not news.
NEWS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of the ladder: from a percentage of the limit on, or so many minutes after the breach."""

    audience: str
    kind: str = ""
    category: str = ""
    percent: int | None = None
    minutes_after: int | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.minutes_after is None):
            raise ValueError("a rung has a percentage or minutes after the breach")


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs. Rows that name the kind or category of a clock replace those that speak of any."""

    rungs: tuple[Rung, ...]

    def of(self, kind: str, category: str) -> tuple[Rung, ...]:
        """The rungs for such a clock: the most special ones that speak of it."""
        fitting = [rung for rung in self.rungs if rung.kind in ("", kind) and rung.category in ("", category)]
        best = max(map(_special, fitting), default=0)
        return tuple(rung for rung in fitting if _special(rung) == best)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing to tell: when, of which clock, to which levels. `step` names it: '80', 'breach', 'breach+120'."""

    at: datetime
    kind: str
    cycle: int
    step: str
    due_at: datetime
    audiences: tuple[str, ...]
    percent: int | None = None
    minutes_after: int | None = None

    @property
    def key(self) -> tuple[str, int, str, datetime | None]:
        """What is told once: a level before the due time once for that due time, a breach once for ever (rule 6)."""
        return self.kind, self.cycle, self.step, self.due_at if self.percent is not None else None


def moments(results: Iterable[ClockResult], ladder: Ladder) -> list[Moment]:
    """Every moment of every clock that still asks for something, in order. Paused and ended clocks have none."""
    found = [moment for result in results if _asks(result) for moment in _of(result, ladder)]
    return sorted(found, key=lambda moment: (moment.at, moment.kind, moment.percent is None, moment.minutes_after or 0))


def news(found: Iterable[Moment], watched_from: datetime) -> list[Moment]:
    """Without what was over before the portal heard of the clock, but for the last of it if it is a day old at most."""
    kept = []
    for moment in (ordered := list(found)):
        if moment.at >= watched_from:
            kept.append(moment)
            continue
        later = any(
            (other.kind, other.cycle) == (moment.kind, moment.cycle) and moment.at < other.at < watched_from
            for other in ordered
        )
        if not later and moment.at >= watched_from - NEWS:
            kept.append(moment)
    return kept


def first_look(results: Iterable[ClockResult], now: datetime) -> datetime | None:
    """When the clocks must be looked at next; no later than the first moment of any ladder."""
    looks = []
    for result in filter(_asks, results):
        if result.state == BREACHED:
            return now
        looks.append(min([*_before(result).values(), result.due_at]))
    return min(looks, default=None)


def _of(result: ClockResult, ladder: Ladder) -> Iterator[Moment]:
    category = result.stretches[-1].category or ""
    rungs = ladder.of(result.kind, category)
    if result.breached_at in (None, result.due_at):  # one that broke before its due time moved has been told
        for percent, at in _before(result).items():
            audiences = _at_percent(rungs, percent)
            if audiences:
                yield Moment(at, result.kind, result.cycle, str(percent), result.due_at, audiences, percent)
    breach = result.breached_at or result.due_at
    for minutes in sorted({rung.minutes_after for rung in rungs if rung.minutes_after is not None}):
        audiences = tuple(rung.audience for rung in rungs if rung.minutes_after == minutes)
        step = f"breach+{minutes}" if minutes else "breach"
        at = breach + timedelta(minutes=minutes)
        yield Moment(at, result.kind, result.cycle, step, breach, audiences, None, minutes)


def _before(result: ClockResult) -> dict[int, datetime]:
    """The moment of each percentage: what is left of the limit, counted back from the due time.

    A credited pause moved the due time, so it moves the levels too. A limit in working time is counted in it.
    """
    calendar, start, due = result.calendar, result.started_at, result.due_at
    credit = timedelta(seconds=result.paused_s)
    if not result.line.working:
        limit = max(due - start - credit, _NO_TIME)
        return {percent: due - limit * (100 - percent) / 100 for percent in result.line.warn_at}
    whole = calendar.working_time(start, due)
    limit = max(whole - credit, _NO_TIME)
    return {
        percent: min(calendar.add(start, whole - limit * (100 - percent) / 100), due) for percent in result.line.warn_at
    }


def _at_percent(rungs: tuple[Rung, ...], percent: int) -> tuple[str, ...]:
    """Those of the highest percentage that is reached."""
    before = [(rung.percent, rung.audience) for rung in rungs if rung.percent is not None and rung.percent <= percent]
    reached = max((at for at, _audience in before), default=None)
    return tuple(audience for at, audience in before if at == reached)


def _special(rung: Rung) -> int:
    return 2 * bool(rung.kind) + bool(rung.category)


def _asks(result: ClockResult) -> bool:
    # Of several lines of one kind the leading one speaks: nobody is told twice of the same wait.
    return result.leading and result.stopped_at is None and result.state in (RUNNING, BREACHED)


Levels = dict[int, tuple[str, ...]]


def _rungs(kind: str, category: str, before: Levels, after: Levels) -> tuple[Rung, ...]:
    rows = [Rung(who, kind, category, percent=at) for at, people in before.items() for who in people]
    rows += [Rung(who, kind, category, minutes_after=at) for at, people in after.items() for who in people]
    return tuple(rows)


_A = Audience
_OF_THE_DESK: tuple[Levels, Levels] = ({80: (_A.SERVICE_DESK,)}, {0: (_A.SERVICE_DESK,), 120: (_A.DUTY_OFFICER,)})
#: The ladder of a new portal; rows of the admin take its place.
DEFAULT_LADDER = Ladder(
    (
        *_rungs(
            "",
            "",
            {50: (_A.OWNER,), 80: (_A.OWNER, _A.DISPATCHER)},
            {0: (_A.PARTNER_MANAGER,), 120: (_A.DUTY_OFFICER,)},
        ),
        *_rungs(
            "",
            "emergency",
            {50: (_A.OWNER, _A.DISPATCHER), 80: (_A.DISPATCHER, _A.PARTNER_MANAGER)},
            {0: (_A.PARTNER_MANAGER, _A.DUTY_OFFICER)},
        ),
        *_rungs("progress_update", "", {80: (_A.OWNER,)}, {0: (_A.DISPATCHER,)}),
        *_rungs("follow_up", "", *_OF_THE_DESK),
        *_rungs("low_score_callback", "", *_OF_THE_DESK),
    )
)
