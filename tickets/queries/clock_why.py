"""Why a clock falls due when it does, in sentences (workflow.md, rule 12)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.webkit.show import span
from portal.worktime.choices import DayKind
from tickets import choices
from tickets.choices import ClockState
from tickets.rules.sla_clock import ClockResult, Step
from tickets.rules.sla_policy.wording import limit_in_words


def why(result: ClockResult) -> list[str]:
    """The steps from start to outcome, each a sentence in the active language."""
    said = (sentence(step) for step in result.steps)
    return [text for text in said if text]


def explained(results: Iterable[ClockResult]) -> dict[tuple[str, int], list[str]]:
    """Of each clock, by kind and cycle: why it falls due when it does, and what the other lines made of it."""
    known = list(results)
    return {(each.kind, each.cycle): why(each) + others(each, known) for each in known if each.leading}


def others(result: ClockResult, results: Iterable[ClockResult]) -> list[str]:
    """What each other line made of the same cycle: a shorter one never overrules it (rule 3)."""
    beside = (each for each in results if (each.kind, each.cycle) == (result.kind, result.cycle) and not each.leading)
    return [_other(each) for each in beside]


def _other(result: ClockResult) -> str:
    values = {
        "clause": result.line.clause or "—",
        "due": _at(result.due_at),
        "state": ClockState(result.state).label,
    }
    return _("Clause %(clause)s by itself: due at %(due)s, %(state)s.") % values


def sentence(step: Step) -> str:
    """One step in words; an unknown one says nothing."""
    pattern = PATTERNS.get(step.code)
    return str(pattern(step.facts)) if pattern else ""


def _at(value: datetime | date | None) -> str:
    if value is None:
        return "—"
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    return value.strftime("%Y-%m-%d")


def _started(facts: Any) -> str:
    return _("Counted from %(at)s.") % {"at": _at(facts["at"])}


def _line(facts: Any) -> str:
    values = {
        "clause": facts["clause"] or "—",
        "limit": limit_in_words(facts["limit"], facts["unit"]),
        "text": facts["text"],
    }
    if facts["text"]:
        return _("Clause %(clause)s “%(text)s”: %(limit)s.") % values
    return _("Clause %(clause)s: %(limit)s.") % values


def _day_off(facts: Any) -> str:
    return _("%(day)s does not count: %(name)s.") % {"day": _at(facts["day"]), "name": _name(facts)}


def _working_day(facts: Any) -> str:
    values = {"day": _at(facts["day"]), "number": facts["number"], "name": _name(facts)}
    return _("%(day)s is working day %(number)d (%(name)s).") % values


def _name(facts: Any) -> str:
    return str(facts.get("name") or DayKind(facts["kind"]).label)


def _pause(facts: Any) -> str:
    reasons = dict(choices.SuspendReason.choices)
    values = {
        "from": _at(facts["from"]),
        "to": _at(facts["to"]),
        "reason": reasons.get(facts["reason"], facts["reason"]),
        "credit": span(timedelta(seconds=facts["credited_s"])),
    }
    if facts["capped"]:
        return _("Suspended %(from)s to %(to)s (%(reason)s): %(credit)s credited, more is not allowed.") % values
    return _("Suspended %(from)s to %(to)s (%(reason)s): %(credit)s credited.") % values


def _recomputed(facts: Any) -> str:
    category = dict(choices.Category.choices).get(facts["category"], facts["category"] or "—")
    values = {"since": _at(facts["since"]), "category": category}
    return _("Computed again from the receipt since %(since)s: %(category)s.") % values


def _breached(facts: Any) -> str:
    values = {"at": _at(facts["at"]), "missed": span(timedelta(seconds=facts["missed_s"]))}
    return _("Missed at %(at)s, by %(missed)s.") % values


PATTERNS: dict[str, Callable[[Any], str]] = {
    "started": _started,
    "recomputed": _recomputed,
    "line": _line,
    "source_due": lambda facts: _("The source of the import gives this due time."),
    "wall_clock": lambda facts: _("The limit runs round the clock."),
    "working_time": lambda facts: _("Only working time counts."),
    "end_of_day": lambda facts: _("An entry is owed for every calendar day until its end."),
    "carried_over": lambda facts: (
        _("By the agreement the cycles add up: this one has what cycle %(cycle)d left.") % facts
    ),
    "working_day": _working_day,
    "day_off": _day_off,
    "year_not_announced": lambda facts: (
        _("The holidays of %(year)d are not announced yet: weekends and fixed holidays only.") % facts
    ),
    "pause": _pause,
    "due": lambda facts: _("Due at %(at)s.") % {"at": _at(facts["at"])},
    "strictest": lambda facts: _("The strictest limit counts: %(at)s.") % {"at": _at(facts["due"])},
    "breached": _breached,
    "stopped": lambda facts: _("Stopped at %(at)s.") % {"at": _at(facts["at"])},
    "stopped_for_now": lambda facts: _("Stopped at %(at)s until the customer confirms.") % {"at": _at(facts["at"])},
    "void": lambda facts: _("Ended without effect at %(at)s.") % {"at": _at(facts["at"])},
}
