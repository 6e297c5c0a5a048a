"""What a calendar is put together from: days, rows that override them, weekly plans with the day they begin."""

from dataclasses import dataclass
from datetime import date

from portal.worktime.choices import DayKind
from portal.worktime.windows import CLOSED, OFFICE_HOURS, Windows, clean


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day and why it is what it is; `source` is 'weekly', 'library', 'estimate' or 'row'."""

    day: date
    kind: DayKind
    name: str
    windows: Windows
    source: str
    #: Of a row: who says so.
    authority: str = ""

    @property
    def is_work(self) -> bool:
        return bool(self.windows)


@dataclass(frozen=True, slots=True)
class Override:
    """A row that replaces what the library says of a day; `windows` None means the calendar's usual ones."""

    day: date
    kind: DayKind
    reason: str = ""
    windows: Windows | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """From `since` on a week looks like this: what was before that day stays as it was (rule 2).

    `weekly` gives the windows of Monday to Sunday; `windows` those of make-up days and of rows that name none.
    """

    since: date
    windows: Windows = OFFICE_HOURS
    weekly: tuple[Windows, ...] = ()
    with_holidays: bool = True

    def __post_init__(self) -> None:
        usual = clean(self.windows)
        weekly = tuple(map(clean, self.weekly)) or (usual,) * 5 + (CLOSED,) * 2
        if len(weekly) != 7 or not usual or not any(weekly):
            raise ValueError("a calendar needs windows and a plan of seven days, at least one of them worked")
        object.__setattr__(self, "windows", usual)
        object.__setattr__(self, "weekly", weekly)
