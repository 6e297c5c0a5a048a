"""Calendar quarters in Asia/Shanghai, the unit of assessment (R014)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from portal.kernel.clock import LOCAL
from portal.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year; half open: a moment belongs to it when start <= moment < end."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read '2026Q3'; anything else is InvalidInput."""
        match = re.fullmatch(r"(\d{4})\s*[Qq]([1-4])", text.strip())
        if not match:
            raise InvalidInput(_("“%s” is not a quarter: write it as 2026Q3.") % text, field="quarter")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, moment: datetime | date) -> "Quarter":
        """The quarter that a day or an aware moment falls in."""
        day = moment.astimezone(LOCAL).date() if isinstance(moment, datetime) else moment
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def from_index(cls, index: int) -> "Quarter":
        """The reverse of `index`."""
        return cls(index // 4, index % 4 + 1)

    @property
    def index(self) -> int:
        """A running number: consecutive quarters differ by one."""
        return self.year * 4 + self.number - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first_day, time(), LOCAL)

    @property
    def end(self) -> datetime:
        return self.next().start

    def next(self, n: int = 1) -> "Quarter":
        return Quarter.from_index(self.index + n)

    def previous(self, n: int = 1) -> "Quarter":
        return Quarter.from_index(self.index - n)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
