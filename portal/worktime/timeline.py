"""A calendar through its versions: which one was in force at a moment (workflow.md, rules 1 and 9)."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from portal.worktime.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Timeline:
    """Versions in order, each with the moment from which it holds; before the first one the first holds too."""

    versions: tuple[tuple[datetime, WorkCalendar], ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError("a calendar without versions is not in force")

    @property
    def code(self) -> str:
        return self.now.code

    @property
    def now(self) -> WorkCalendar:
        """The newest version."""
        return self.versions[-1][1]

    def at(self, moment: datetime | None = None) -> WorkCalendar:
        """The version in force at that moment; without one, the newest."""
        if moment is None:
            return self.now
        index = bisect_right(self.versions, moment, key=lambda version: version[0])
        return self.versions[max(index - 1, 0)][1]

    def changes(self, after: datetime, until: datetime) -> list[datetime]:
        """When another version came into force, after the one moment and up to the other."""
        return [since for since, _calendar in self.versions[1:] if after < since <= until]

    def version(self, digest: str) -> WorkCalendar | None:
        """What the calendar said at the version of that name."""
        return next((calendar for _since, calendar in reversed(self.versions) if calendar.version == digest), None)
