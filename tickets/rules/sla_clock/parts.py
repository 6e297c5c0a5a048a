"""What a result is made of: pauses, dues by policy line, stretches of one category, steps of an explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
    """A suspension; `end` None while it lasts, `credited` when the policy stops the clock for its reason."""

    begin: datetime
    end: datetime | None
    reason: str
    credited: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What one policy line alone makes of the clock: strictest governs, each keeps its own (R003)."""

    at: datetime
    line: PolicyLine
    base: datetime
    credit: timedelta


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which category, tier and mode stayed the same, with the dues that held."""

    since: datetime
    category: str | None
    tier: str | None
    mode: str | None
    dues: tuple[Due, ...]
