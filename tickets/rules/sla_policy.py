"""Service-level policy: which limit holds for which ticket. Pure data; an editor of rows builds the same objects."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
#: Reasons of a pause for which the customer or chance answers, not the partner (workflow.md, rule 5).
PAUSING = frozenset({"customer", "parts", "third_party", "force_majeure"})


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One limit of one clause. Category, channel and tier of None mean every one.

    'minute', 'hour' and 'day' (24 h) run round the clock; 'working_hour' and 'working_day' by the calendar.
    """

    kind: str
    category: str | None
    channel: str | None
    tier: str | None
    limit: int
    unit: str
    clause: str
    warn_at: tuple[int, ...] = WARN_AT
    span: timedelta = field(init=False, repr=False, compare=False)
    working: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.unit not in _SPANS or self.limit < 1:
            raise ValueError(f"{self.limit} {self.unit} is not a limit")
        object.__setattr__(self, "span", _SPANS[self.unit] * self.limit)
        object.__setattr__(self, "working", self.unit in (WORKING_HOUR, WORKING_DAY))

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

    def matches(self, category: str | None, channel: str | None, tier: str | None) -> bool:
        """Whether the line speaks of such a ticket."""
        wanted = ((self.category, category), (self.channel, channel), (self.tier, tier))
        return all(mine is None or mine == given for mine, given in wanted)

    def as_rule(self) -> str:
        """The line in one word for logs and machines, e.g. 'response:fault:R200'."""
        return ":".join(filter(None, (self.kind, self.category, self.channel, self.tier, self.clause)))


_Key = tuple[str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the policy; a ticket keeps the one that it started under."""

    version: str
    lines: tuple[PolicyLine, ...]
    pausing: frozenset[str] = PAUSING
    _found: dict[_Key, tuple[PolicyLine, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def lines_for(
        self, kind: str, category: str | None, channel: str | None, tier: str | None
    ) -> tuple[PolicyLine, ...]:
        """All lines that hold for such a ticket: the strictest gives the due time, each keeps its own result.

        A line that names the channel replaces those that name none: every channel has its own limit (R163, R164).
        """
        key = (kind, category, channel, tier)
        found = self._found.get(key)
        if found is None:
            lines = [line for line in self.lines if line.kind == kind and line.matches(category, channel, tier)]
            own = [line for line in lines if line.channel is not None]
            found = self._found[key] = tuple(own or lines)
        return found


def _line(kind: str, limit: int, unit: str, clause: str, category: str | None = None, **scope: str) -> PolicyLine:
    return PolicyLine(kind, category, scope.get("channel"), scope.get("tier"), limit, unit, clause)


#: The default limits of spec/workflow.md. R010 is a ceiling: it stands beside the limit of the category.
DEFAULT_POLICY = Policy(
    "default-1",
    (
        _line("acknowledgement", 15, MINUTE, "R131"),
        _line("acknowledgement", 1, MINUTE, "R127", channel="chat"),
        _line("registration", 1, WORKING_DAY, "R194"),
        _line("emergency_call", 30, MINUTE, "R197", "emergency"),
        _line("response", 30, MINUTE, "R199", "emergency"),
        _line("response", 2, HOUR, "R200", "fault"),
        _line("response", 4, HOUR, "R201", "consultation"),
        _line("response", 1, WORKING_DAY, "R202", "complaint"),
        _line("response", 24, HOUR, "R010", tier="basic"),
        _line("complaint_response", 24, HOUR, "R192", "complaint"),
        _line("complaint_feedback", 48, HOUR, "R139", "complaint"),
        _line("acceptance", 1, HOUR, "R204"),
        _line("arrival", 24, HOUR, "R208", "emergency"),
        _line("arrival", 48, HOUR, "R208", "fault"),
        _line("resolution", 24, HOUR, "R199", "emergency"),
        _line("resolution", 72, HOUR, "R200", "fault"),
        _line("resolution", 48, HOUR, "R201", "consultation"),
        _line("resolution", 5, WORKING_DAY, "R202", "complaint"),
        _line("escalation", 2, WORKING_DAY, "R210"),
        _line("reassessment", 3, WORKING_DAY, "R217"),
        _line("follow_up", 3, DAY, "R172"),
        _line("low_score_callback", 1, WORKING_DAY, "R223"),
        _line("delivery_follow_up", 7, DAY, "R128"),
        _line("arbitration", 48, HOUR, "R050"),
    ),
)
