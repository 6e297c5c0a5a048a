"""Why a clock falls due when it does (workflow.md, rule 12): the walk as data, made only when somebody asks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tickets.rules.sla_clock.kinds import KINDS
from tickets.rules.sla_clock.parts import BREACHED, MET, SECOND, Due, Step, Stretch
from tickets.rules.sla_policy import WORKING_DAY

if TYPE_CHECKING:
    from tickets.rules.sla_clock.results import ClockResult

_DAILY = frozenset(kind.code for kind in KINDS if kind.daily)


def explain(result: "ClockResult") -> list[Step]:
    """The steps from start to due time to outcome: policy line, clause, days walked, pauses credited."""
    return list(_steps(result))


def _steps(result: "ClockResult") -> Iterator[Step]:
    yield Step(
        "started",
        {"kind": result.kind, "cycle": result.cycle, "at": result.started_at, "verb": result.started_by},
    )
    for index, stretch in enumerate(result.stretches):
        if index and stretch.dues is result.stretches[index - 1].dues:
            continue
        yield from _stretch_steps(result, stretch, changed=index > 0)
    yield from _outcome(result)


def _stretch_steps(result: "ClockResult", stretch: Stretch, *, changed: bool) -> Iterator[Step]:
    if changed:
        yield Step(
            "recomputed",
            {"since": stretch.since, "category": stretch.category, "tier": stretch.tier, "mode": stretch.mode},
        )
    for due in stretch.dues:
        yield from _line_steps(result, due)
    if len(stretch.dues) > 1:
        strictest = min(stretch.dues, key=lambda due: due.at)
        yield Step("strictest", {"rule": strictest.line.as_rule(), "due": strictest.at})


def _line_steps(result: "ClockResult", due: Due) -> Iterator[Step]:
    line = due.line
    if line.clause == "source":
        yield Step("source_due", {"due": due.at})
        return
    facts = {"rule": line.as_rule(), "clause": line.clause, "limit": line.limit, "unit": line.unit}
    yield Step("line", {**facts, "text": line.clause_text})
    if due.carried is not None:
        yield Step("carried_over", {"cycle": result.cycle - 1, "due": due.carried})
    elif result.kind in _DAILY:
        yield Step("end_of_day", {"from": result.started_at, "to": due.base})
    elif line.unit == WORKING_DAY:
        yield from _days(result, due)
    elif line.working:
        yield Step("working_time", {"from": result.started_at, "to": due.base})
    else:
        yield Step("wall_clock", {"from": result.started_at, "to": due.base})
    if line.working:
        yield from _calendar(result, due)
    if result.credits:
        yield from _pauses(result, due)
    yield Step("due", {"rule": line.as_rule(), "at": due.at, "original": due.base})


def _days(result: "ClockResult", due: Due) -> Iterator[Step]:
    number = 0
    for day in due.calendar.walk(result.started_at, due.line.limit):
        number += day.is_work
        facts = {"day": day.day, "kind": day.kind.value, "name": day.name, "source": day.source}
        yield Step("working_day", {"number": number, **facts}) if day.is_work else Step("day_off", facts)


def _calendar(result: "ClockResult", due: Due) -> Iterator[Step]:
    calendar = due.calendar
    yield Step("calendar", {"code": calendar.code, "version": calendar.version})
    years = range(calendar.local_day(result.started_at).year, calendar.local_day(due.at).year + 1)
    for year in years:
        if not calendar.official(year):
            yield Step("year_not_announced", {"year": year})


def _pauses(result: "ClockResult", due: Due) -> Iterator[Step]:
    for credit in result.credits:
        if credit.begin >= due.at:
            return
        pause = credit.pause
        amount = due.line.credit(credit.begin, credit.end, due.calendar) // SECOND if pause.credited else 0
        facts = {"from": pause.begin, "to": pause.end, "reason": pause.reason, "credited_s": amount}
        yield Step("pause", {**facts, "capped": credit.capped and pause.credited})


def _outcome(result: "ClockResult") -> Iterator[Step]:
    if result.breached_at is not None:
        yield Step("breached", {"at": result.breached_at, "missed_s": result.missed_s})
    if result.stopped_at is not None:
        code = "stopped_for_now" if result.provisional else "stopped"
        ended = code if result.state in (MET, BREACHED) else "void"
        yield Step(ended, {"at": result.stopped_at, "verb": result.stopped_by})
