"""Quiet hours: pure arithmetic on the wall clock of Asia/Shanghai (K14)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from portal.kernel import clock


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one wall-clock time to another, over midnight where the second is earlier. Equal ones mean never."""

    start: time
    end: time

    def until(self, moment: datetime) -> datetime | None:
        """When the quiet that holds at `moment` ends; None if it is not quiet then."""
        local = clock.local(moment)
        for day in (local.date() - timedelta(days=1), local.date()):
            begins = datetime.combine(day, self.start, clock.LOCAL)
            ends = datetime.combine(day, self.end, clock.LOCAL)
            if self.end < self.start:
                ends += timedelta(days=1)
            if begins <= local < ends:
                return ends
        return None

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


NEVER = Quiet(time(), time())


def parse(text: str) -> Quiet:
    """'22:00-07:00'; empty means never. Raises ValueError for anything else."""
    if not text.strip():
        return NEVER
    start, _dash, end = text.partition("-")
    return Quiet(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
