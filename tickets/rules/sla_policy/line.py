"""One limit of one clause, and of which tickets it speaks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from portal.worktime.calendar import WorkCalendar

MINUTE, HOUR, DAY = "minute", "hour", "day"
WORKING_HOUR, WORKING_DAY = "working_hour", "working_day"
_SPANS = {
    MINUTE: timedelta(minutes=1),
    HOUR: timedelta(hours=1),
    DAY: timedelta(days=1),
    WORKING_HOUR: timedelta(hours=1),
    WORKING_DAY: timedelta(),
}
UNITS = tuple(_SPANS)
WARN_AT = (50, 80)
#: Whose calendar counts the working time of a line.
BRAND, PARTNER, OUTLET, CUSTOMER = "brand", "partner", "outlet", "customer"
CALENDARS = (BRAND, PARTNER, OUTLET, CUSTOMER)


class Rank(IntEnum):
    """Who set a line; the higher one may replace a clause of the lower (workflow.md: contract, tier, region, brand)."""

    BRAND = 0
    REGION = 1
    TIER = 2
    CONTRACT = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a ticket decides which lines hold for it; None is 'not known' and meets only lines for every one."""

    category: str | None = None
    channel: str | None = None
    tier: str | None = None
    region: str | None = None
    contract: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One limit of one clause. A category, channel, tier, region or contract of None means every one.

    'minute', 'hour' and 'day' (24 h) run round the clock; 'working_hour' and 'working_day' by the `calendar`.
    `core`: no region may replace the clause (R100). `replaces`: the number of the lower clause that this one stands
    in for; without it a clause replaces what bears its own number. `warn_at`: percentages of the limit, rising.
    """

    kind: str
    category: str | None
    channel: str | None
    tier: str | None
    limit: int
    unit: str
    clause: str
    warn_at: tuple[int, ...] = WARN_AT
    region: str | None = None
    contract: str | None = None
    core: bool = True
    calendar: str = BRAND
    clause_text: str = ""
    replaces: str = ""
    span: timedelta = field(init=False, repr=False, compare=False)
    working: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.unit not in _SPANS or self.limit < 1:
            raise ValueError(f"{self.limit} {self.unit} is not a limit")
        object.__setattr__(self, "span", _SPANS[self.unit] * self.limit)
        object.__setattr__(self, "working", self.unit in (WORKING_HOUR, WORKING_DAY))

    @property
    def rank(self) -> Rank:
        """By whose word the line stands."""
        if self.contract is not None:
            return Rank.CONTRACT
        if self.tier is not None:
            return Rank.TIER
        return Rank.BRAND if self.region is None else Rank.REGION

    @property
    def governs(self) -> str:
        """The number of the clause that the line sets: its own, or the one it replaces."""
        return self.replaces or self.clause

    def due(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """When the limit that began at `start` (UTC) falls due, without pauses."""
        if not self.working:
            return start + self.span
        if self.unit == WORKING_DAY:
            return calendar.end_of_nth_workday(start, self.limit)
        return calendar.add(start, self.span)

    def credit(self, begin: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
        """What a pause is worth: working time only for a limit in working time."""
        return calendar.working_time(begin, end) if self.working else end - begin

    def postpone(self, due: datetime, credit: timedelta, calendar: WorkCalendar) -> datetime:
        """The due time after a credited pause."""
        return calendar.add(due, credit) if self.working else due + credit

    def matches(self, scope: Scope) -> bool:
        """Whether the line speaks of such a ticket."""
        return (
            (self.category is None or self.category == scope.category)
            and (self.channel is None or self.channel == scope.channel)
            and (self.tier is None or self.tier == scope.tier)
            and (self.region is None or self.region == scope.region)
            and (self.contract is None or self.contract == scope.contract)
        )

    def as_rule(self) -> str:
        """The line in one word for logs and machines, e.g. 'response:fault:R200'."""
        parts = (self.kind, self.category, self.channel, self.tier, self.region, self.contract, self.clause)
        return ":".join(filter(None, parts))
