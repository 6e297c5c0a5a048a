"""What the engine is given: a ticket as it was received, and its journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One journal entry: `at` is when it happened (aware); facts as the journal keeps them."""

    verb: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket at receipt. What became of category, tier and mode since is in the events, not here.

    A `receive` entry wins over these fields, so a caller may pass the row as it is now if the journal has one.
    """

    received_at: datetime
    category: str | None = None
    channel: str | None = None
    tier: str | None = None
    mode: str | None = None
    source_due_at: datetime | None = None
    region: str | None = None
    contract: str | None = None
    logged: bool = False  # taken from a historical log, which knew nothing of daily entries


def utc(moment: datetime) -> datetime:
    """The moment in UTC, where adding hours is adding hours (rule 8); ValueError for one without a zone."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("clocks need aware moments")
    return moment.astimezone(UTC)
