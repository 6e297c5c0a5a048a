"""The governance calendar at work: what is owed is planned, with the tasks that prepare it (R041, R076, R225)."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import cooperation_task, meeting
from partners.choices.meeting import MeetingKind, MeetingState
from partners.models import Meeting, MeetingCycle, Partner
from partners.notices import meeting as notices
from partners.queries.meeting import all_partners
from partners.queries.people import department, managers_of
from partners.rules import meeting as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import PortalError
from portal.workflow.corridor import lock_row
from portal.worktime.queries import brand_calendar

logger = logging.getLogger(__name__)
BEGINS = time(9, 30)


def create_due(today: date) -> int:
    """Put into the calendar what is owed and not there; answers how many. Running twice does no harm."""
    rows = MeetingCycle.objects.filter(active=True).order_by("pk")
    return sum(_tried(pk, today) for pk in list(rows.values_list("pk", flat=True)))


def _tried(pk: int, today: date) -> int:
    """One cycle that cannot be planned stops no other; what was wrong stands in the worker's log."""
    try:
        return _create(pk, today)
    except PortalError as error:
        logger.exception("meeting cycle %s could not be planned: %s", pk, error.message)
        return 0


def _create(pk: int, today: date) -> int:
    with transaction.atomic():
        cycle: MeetingCycle = lock_row(MeetingCycle(pk=pk))
        live = cycle.meetings.exclude(state=MeetingState.CANCELLED)
        taken = set(live.values_list("period", flat=True))
        owed = rules.to_create(cycle.kind, cycle.months, cycle.since, today)
        missing = [slot for slot in owed if str(slot.span) not in taken]
        for slot in missing:
            _plan(cycle, slot, today)
    return len(missing)


def _plan(cycle: MeetingCycle, slot: rules.Slot, today: date) -> Meeting:
    """One meeting of a cycle with its tasks."""
    is_workday = brand_calendar().is_workday
    partners = [cycle.partner] if cycle.partner else all_partners()
    day = _free_day(rules.planned_day(slot.due_on, today, is_workday), today, partners, is_workday)
    row = Meeting(
        kind=cycle.kind,
        title=rules.title(cycle.kind, slot.span, cycle.partner.short_name if cycle.partner else ""),
        plan=cycle.plan,
        cycle=cycle,
        period=str(slot.span),
        period_first=slot.span.first,
        period_last=slot.span.last,
        due_on=slot.due_on,
        starts_at=datetime.combine(day, BEGINS, clock.LOCAL),
        place=cycle.place,
        owner=_preparer(cycle),
    )
    meeting.plan(Actor.system(), row, partners)
    prepare_tasks(row, today, is_workday)
    notices.tell_owner(row, "meeting.planned")
    return row


def _preparer(cycle: MeetingCycle) -> User:
    """Who the cycle names; a brand manager of the region where that one left."""
    managers = department([Role.BRAND_MANAGER], cycle.partner.region if cycle.partner else "")
    return cycle.owner if cycle.owner in managers or not managers else managers[0]


def _free_day(day: date, today: date, partners: list[Partner], is_workday: Callable[[date], bool]) -> date:
    """The last working day until `day` on which none of them has a meeting; that day itself if there is none ahead."""
    rows = Meeting.objects.filter(partners__in=partners, state__in=rules.OPEN)
    taken = {clock.local(moment).date() for moment in rows.values_list("starts_at", flat=True)}
    free = day
    while free > today and (free in taken or not is_workday(free)):
        free -= timedelta(days=1)
    return free if free > today else day


def prepare_tasks(row: Meeting, today: date, is_workday: Callable[[date], bool]) -> None:
    """Who prepares it fills the agenda and invites; a single partner reports on its side (R076)."""
    day = clock.local(row.starts_at).date()
    ready = max(rules.workdays_before(day, rules.PREPARE_DAYS, is_workday), today)
    _task(row, _("Fill the agenda and invite: %s"), row.owner, ready)
    partners = list(row.partners.all()[:2])
    if row.kind == MeetingKind.JOINT and len(partners) == 1:
        for user in managers_of(partners[0])[:1]:
            _task(row, _("Report on progress and problems for: %s"), user, ready)


def _task(row: Meeting, words: str, owner: User, due_on: date) -> None:
    cooperation_task.give(Actor.system(), words % row.title, owner, due_on, meeting=row, plan=row.plan)
