"""Why a clock falls due when it does (workflow.md, rule 12): the walk as data, made only when somebody asks."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from tickets.rules.sla_clock.parts import BREACHED, MET, SECOND, Due, Step, Stretch
from tickets.rules.sla_policy import WORKING_DAY

if TYPE_CHECKING:
    from tickets.rules.sla_clock.results import ClockResult


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
    yield Step("line", facts)
    if line.unit == WORKING_DAY:
        yield from _days(result, line.limit)
    elif line.working:
        yield Step("working_time", {"from": result.started_at, "to": due.base})
    else:
        yield Step("wall_clock", {"from": result.started_at, "to": due.base})
    if line.working:
        yield from _calendar(result, due.at)
    if due.credit:
        yield from _pauses(result, due)
    yield Step("due", {"rule": line.as_rule(), "at": due.at, "original": due.base})


def _days(result: "ClockResult", limit: int) -> Iterator[Step]:
    number = 0
    for day in result.calendar.walk(result.started_at, limit):
        number += day.is_work
        facts = {"day": day.day, "kind": day.kind.value, "name": day.name, "source": day.source}
        yield Step("working_day", {"number": number, **facts}) if day.is_work else Step("day_off", facts)


def _calendar(result: "ClockResult", until: datetime) -> Iterator[Step]:
    calendar = result.calendar
    yield Step("calendar", {"code": calendar.code, "version": calendar.version})
    years = range(calendar.local_day(result.started_at).year, calendar.local_day(until).year + 1)
    for year in years:
        if not calendar.official(year):
            yield Step("year_not_announced", {"year": year})


def _pauses(result: "ClockResult", due: Due) -> Iterator[Step]:
    for pause in result.pauses:
        if pause.begin > due.at:
            return
        end = pause.end or result.stopped_at or result.as_of
        credit = due.line.credit(max(pause.begin, result.started_at), end, result.calendar) // SECOND
        facts = {"from": pause.begin, "to": pause.end, "reason": pause.reason}
        yield Step("pause", {**facts, "credited_s": credit if pause.credited else 0})


def _outcome(result: "ClockResult") -> Iterator[Step]:
    if result.breached_at is not None:
        yield Step("breached", {"at": result.breached_at, "missed_s": result.missed_s})
    if result.stopped_at is not None:
        code = "stopped_for_now" if result.provisional else "stopped"
        ended = code if result.state in (MET, BREACHED) else "void"
        yield Step(ended, {"at": result.stopped_at, "verb": result.stopped_by})
