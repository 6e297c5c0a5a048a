"""What a result is made of: pauses, dues by policy line, stretches of one category, steps of an explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_policy import PolicyLine

RUNNING, PAUSED, MET, BREACHED, VOID = "running", "paused", "met", "breached", "void"
STATES = (RUNNING, PAUSED, MET, BREACHED, VOID)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation as data: a code to word and the facts to put into the words."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension; `end` None while it lasts, `credited` when the policy stops the clock for its reason.

    `cap`: the most waiting that one cycle is credited for the reason. `excuses`: no daily entry is owed meanwhile.
    """

    begin: datetime
    end: datetime | None
    reason: str
    credited: bool
    cap: timedelta | None = None
    excuses: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """The part of a pause that a cycle is credited, and whether the cap cut it off."""

    begin: datetime
    end: datetime
    pause: Pause
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What one policy line alone makes of the clock: strictest governs, each keeps its own (R003).

    `base` is the due time without pauses; `carried` what an earlier cycle left, where cycles add up.
    """

    at: datetime
    line: PolicyLine
    base: datetime
    credit: timedelta
    calendar: WorkCalendar
    carried: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which category, tier and mode stayed the same, with the dues that held; `until` None to the end."""

    since: datetime
    until: datetime | None
    category: str | None
    tier: str | None
    mode: str | None
    dues: tuple[Due, ...]
