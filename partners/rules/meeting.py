"""The governance calendar: which meetings are owed, when each is planned, how it stands (R041, R076, R225)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.choices.meeting import Cadence, MeetingKind, MeetingState, SlotState
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Keeps the calendar, prepares and holds meetings.
KEEPERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})
#: A quality review every half year (R225), a summit every year (R041); joint meetings as the two sides choose (R076).
CADENCES: Mapping[str, frozenset[int]] = {
    MeetingKind.JOINT: frozenset(Cadence.values),
    MeetingKind.QUALITY: frozenset({Cadence.HALF_YEARLY}),
    MeetingKind.SUMMIT: frozenset({Cadence.YEARLY}),
}
#: Days after the end of a period by which its meeting is owed: a review needs the figures of the whole half first.
GRACE: Mapping[str, int] = {MeetingKind.JOINT: 0, MeetingKind.QUALITY: 31, MeetingKind.SUMMIT: 0}
#: A meeting is put into the calendar so long before its last day, and planned so long before it.
LEAD, MARGIN = timedelta(days=45), timedelta(days=10)
#: Working days to say something to the minutes, and before the meeting by which the papers are ready.
REPLY_DAYS, PREPARE_DAYS = 5, 5
#: An invitation without an answer is reminded so long before the meeting.
REMIND_BEFORE = timedelta(days=3)
OPEN = frozenset({MeetingState.PLANNED, MeetingState.INVITED})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One period of a cycle: so many months of a year; both days included."""

    first: date
    months: int

    @classmethod
    def of(cls, day: date, months: int) -> "Span":
        """The period in which a day lies; periods divide the calendar year evenly."""
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> "Span":
        index = self.first.year * 12 + self.first.month - 1 + self.months
        return Span(date(index // 12, index % 12 + 1, 1), self.months)

    def previous(self) -> "Span":
        index = self.first.year * 12 + self.first.month - 1 - self.months
        return Span(date(index // 12, index % 12 + 1, 1), self.months)

    @property
    def words(self) -> str:
        """'first half of 2026', as a title says it."""
        number = (self.first.month - 1) // self.months + 1
        named = {"year": self.first.year, "number": number, "first": self.first.month, "last": self.last.month}
        if self.months == 12:
            return _("%(year)d") % named
        if self.months == 6:
            return (_("first half of %(year)d") if number == 1 else _("second half of %(year)d")) % named
        if self.months == 3:
            return _("quarter %(number)d of %(year)d") % named
        return (_("%(year)d-%(first)d") if self.months == 1 else _("%(year)d-%(first)d to %(last)d")) % named

    def __str__(self) -> str:
        """'2026H1', '2026Q3', '2026M11', '2026'."""
        number = (self.first.month - 1) // self.months + 1
        mark = {12: "", 6: f"H{number}", 3: f"Q{number}", 2: f"B{number}"}.get(self.months, f"M{number:02d}")
        return f"{self.first.year}{mark}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting that a cycle owes: of which period, and held by when at the latest."""

    span: Span
    due_on: date


def spans(months: int, since: date, until: date) -> Iterator[Span]:
    """The periods from the one in which `since` lies to the one in which `until` lies (R076)."""
    span = Span.of(since, months)
    while span.first <= until:
        yield span
        span = span.next()


def slots(kind: str, months: int, since: date, until: date) -> list[Slot]:
    """The meetings that a cycle owes whose last day lies between `since` and `until`, in order (R041, R076, R225).

    The period in which the cycle begins counts.
    """
    grace = timedelta(days=GRACE[kind])
    owed = (Slot(span, span.last + grace) for span in spans(months, since, until))
    return [slot for slot in owed if slot.due_on <= until]


def to_create(kind: str, months: int, since: date, today: date) -> list[Slot]:
    """What must stand in the calendar today: each slot whose lead has begun and, of those that are late, the last.

    A year in which nothing ran is not made up meeting by meeting: only the latest one still makes sense (R076).
    """
    begun = slots(kind, months, since, today + LEAD)
    late = [slot for slot in begun if slot.due_on < today]
    return late[-1:] + [slot for slot in begun if slot.due_on >= today]


def planned_day(due_on: date, today: date, is_workday: Callable[[date], bool]) -> date:
    """The day proposed for a meeting: the last working day a margin before its last day, never in the past (R076)."""
    day = max(due_on - MARGIN, today + timedelta(days=1))
    step = timedelta(days=1 if day > due_on - MARGIN else -1)
    while not is_workday(day):
        day += step
        if day <= today:
            step, day = timedelta(days=1), today + timedelta(days=1)
    return day


def workdays_before(day: date, n: int, is_workday: Callable[[date], bool]) -> date:
    """The n-th working day before a day (R076)."""
    while n:
        day -= timedelta(days=1)
        n -= is_workday(day)
    return day


def workdays_after(day: date, n: int, is_workday: Callable[[date], bool]) -> date:
    """The n-th working day after a day (R076)."""
    while n:
        day += timedelta(days=1)
        n -= is_workday(day)
    return day


def stands(state: str | None, due_on: date, today: date) -> SlotState:
    """How a box of the calendar is coloured; no meeting or a cancelled one is `None` (R076, R225)."""
    if state in (MeetingState.HELD, MeetingState.RELEASED):
        return SlotState.HELD
    if today > due_on:
        return SlotState.OVERDUE
    return SlotState.PLANNED if state in OPEN else SlotState.COMING


def title(kind: str, span: Span, partner: str) -> str:
    """What a meeting of a cycle is called (R076)."""
    named = {"kind": MeetingKind(kind).label, "span": span.words, "partner": partner}
    return _("%(kind)s, %(span)s · %(partner)s") % named if partner else _("%(kind)s, %(span)s") % named


def covered(kind: str, months: int, day: date) -> tuple[date, date]:
    """The days that the figures of a meeting on a day are about (R225).

    A quality review looks at the half year that ended last; the others at the days since their period began.
    """
    span = Span.of(day, months)
    if kind == MeetingKind.QUALITY:
        span = span.previous()
    return span.first, min(span.last, day) if kind != MeetingKind.QUALITY else span.last


def before(first: date, last: date) -> tuple[date, date]:
    """The days of the same length right before, to compare with; whole months are compared with whole months (R225)."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        index = first.year * 12 + first.month - 1 - months
        return date(index // 12, index % 12 + 1, 1), first - timedelta(days=1)
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def fits_kind(kind: str, months: int) -> Verdict:
    """Whether a meeting of this kind may be held so seldom or often (R041, R225)."""
    if months in CADENCES[kind]:
        return ALLOWED
    if kind == MeetingKind.QUALITY:
        return Denied(_("A service quality review is held every half year."))
    return Denied(_("The partner summit is held every year."))


def keeps_meetings(role: Role | None) -> Verdict:
    """Whether the role keeps the calendar, prepares and holds meetings (R076)."""
    return ALLOWED if role in KEEPERS else Denied(_("Only brand managers prepare and hold meetings."))


def in_state(state: str, *wanted: str) -> Verdict:
    """Whether a meeting is in one of the states that a step asks for (R076)."""
    if state in wanted:
        return ALLOWED
    return Denied(_("The meeting is “%(state)s” now.") % {"state": MeetingState(state).label}, wrong_state=True)


def reply_open(state: str, replies_until: date | None, today: date) -> Verdict:
    """Whether the minutes can still be acknowledged or corrected; the last day counts (R076)."""
    if state != MeetingState.RELEASED or replies_until is None:
        return Denied(_("There are no minutes to answer yet."), wrong_state=True)
    if today > replies_until:
        return Denied(_("Corrections were taken until %(day)s.") % {"day": replies_until}, wrong_state=True)
    return ALLOWED
