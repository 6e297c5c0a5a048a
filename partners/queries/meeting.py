"""Meetings as calendar and lists show them (R041, R076, R225)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.choices import Standing
from partners.choices.meeting import MeetingKind, MeetingState, SlotState
from partners.models import Invitation, Meeting, MeetingCycle, Partner
from partners.rules import meeting as rules
from portal.accounts.actor import Actor
from portal.kernel import clock


@dataclass(frozen=True, slots=True)
class Box:
    """One meeting of the calendar, held, planned or owed; `who` is short enough for a month's column."""

    title: str
    who: str
    state: SlotState
    day: date
    meeting: Meeting | None = None


@dataclass(slots=True)
class Row:
    """One kind with twelve months of boxes."""

    kind: MeetingKind
    year: int
    months: list[list[Box]] = field(default_factory=lambda: [[] for _month in range(12)])

    @property
    def dated(self) -> list[tuple[date, list[Box]]]:
        """Each month, by its first day, with its boxes."""
        return list(zip(months_of(self.year), self.months, strict=True))


def months_of(year: int) -> list[date]:
    """The first days of the twelve months."""
    return [date(year, month, 1) for month in range(1, 13)]


def reaches(actor: Actor, meeting: Meeting) -> bool:
    """Whether all who take part are in the actor's regions, or the meeting is his to prepare (R076)."""
    if not actor.regions or meeting.owner_id == actor.user_id:
        return True
    return not meeting.partners.exclude(region__in=actor.regions).exists()


def meetings_of(actor: Actor) -> QuerySet[Meeting]:
    """The meetings that the actor sees."""
    return Meeting.objects.all().visible_to(actor).select_related("plan", "owner").prefetch_related("partners")


def year(actor: Actor, number: int) -> list[Row]:
    """The governance calendar of a year: what was held, is planned, is owed, is overdue."""
    today, rows = clock.today(), {str(kind): Row(kind, number) for kind in MeetingKind}
    first, last = date(number, 1, 1), date(number, 12, 31)
    found = list(meetings_of(actor).exclude(state=MeetingState.CANCELLED))
    taken = {(row.cycle_id, row.period) for row in found}
    boxes = [(row.kind, _box(row, today)) for row in found]
    cycles = MeetingCycle.objects.all().visible_to(actor).filter(active=True).select_related("partner")
    boxes += [
        (cycle.kind, Box(str(cycle), _short([cycle.partner]), rules.stands(None, slot.due_on, today), slot.due_on))
        for cycle in cycles
        for slot in rules.slots(cycle.kind, cycle.months, cycle.since, last)
        if (cycle.pk, str(slot.span)) not in taken
    ]
    for kind, box in sorted(boxes, key=lambda pair: pair[1].day):
        if first <= box.day <= last:
            rows[kind].months[box.day.month - 1].append(box)
    return list(rows.values())


def _box(row: Meeting, today: date) -> Box:
    day = clock.local(row.starts_at).date()
    # A meeting that nobody noted as held on its day is as late as one that was never planned.
    owed = min(row.due_on or day, day) if row.is_open else day
    return Box(row.title, _short(row.partners.all()), rules.stands(row.state, owed, today), day, row)


def _short(partners: Iterable[Partner | None]) -> str:
    """The partner of a joint meeting by his short name; of several that they are several."""
    named = [partner.short_name for partner in partners if partner]
    return (
        named[0]
        if len(named) == 1
        else str(_("All partners") if not named else _("%(n)d partners") % {"n": len(named)})
    )


def late(meeting: Meeting) -> bool:
    """Whether its day has passed and nobody noted it as held."""
    return meeting.is_open and clock.local(meeting.starts_at).date() < clock.today()


def all_partners() -> list[Partner]:
    """Who comes to a meeting of all: whoever is a partner now."""
    return list(Partner.objects.exclude(standing=Standing.TERMINATED).order_by("code"))


def invitation_of(meeting: Meeting, actor: Actor) -> Invitation | None:
    """The actor's own invitation."""
    return Invitation.objects.filter(meeting=meeting, user=actor.user_id).first()


def unanswered_count(actor: Actor) -> int:
    """How many invitations of the actor wait for an answer, or minutes for his reply."""
    rows = Invitation.objects.filter(
        user=actor.user_id, meeting__in=Meeting.objects.all().visible_to(actor).values("pk")
    )
    asked = rows.filter(answer="open", meeting__state=MeetingState.INVITED).count()
    unread = rows.filter(reply="open", meeting__state=MeetingState.RELEASED, meeting__replies_until__gte=clock.today())
    return asked + unread.count()


def overdue_meetings(actor: Actor) -> int:
    """How many meetings were owed by now and nobody noted as held."""
    today = clock.today()
    rows: Iterable[Meeting] = meetings_of(actor).filter(state__in=rules.OPEN, starts_at__lt=clock.now())
    return sum(clock.local(row.starts_at).date() < today for row in rows)
