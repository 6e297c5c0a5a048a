"""The time that a figure is about: a quarter, or a span of days (R014)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from portal.kernel.quarter import Quarter

#: A quarter is known as it stood so long after its end.
FREEZE_AFTER = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included, in Asia/Shanghai; `quarter` where the days are exactly one."""

    first_day: date
    last_day: date
    quarter: Quarter | None = None

    def as_of(self, now: datetime) -> datetime:
        """The moment whose knowledge counts: a quarter's freezing once that has passed, else now (R014)."""
        return min(now, freeze_at(self.quarter)) if self.quarter else now

    def __str__(self) -> str:
        return str(self.quarter) if self.quarter else f"{self.first_day} – {self.last_day}"


def freeze_at(quarter: Quarter) -> datetime:
    """When a quarter's figures stand still: 15 days after its end (R014)."""
    return quarter.end + FREEZE_AFTER


def of_quarter(quarter: Quarter) -> Period:
    """The whole quarter (R014)."""
    return Period(quarter.first_day, quarter.last_day, quarter)


def of_days(first_day: date, last_day: date) -> Period:
    """A span of days; InvalidInput when it ends before it begins (R102)."""
    if last_day < first_day:
        raise InvalidInput(_("The last day lies before the first one."), field="to")
    return Period(first_day, last_day)
