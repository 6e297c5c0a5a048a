"""Draft a change of a calendar, take it back, and put it in force as a version that stays (workflow.md, rule 9)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.worktime import verbs
from portal.worktime.calendar import WorkCalendar
from portal.worktime.choices import DraftState
from portal.worktime.content import calendar_from, content_of, edition_of
from portal.worktime.library import INSTALLED
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan, CalendarVersion, HolidayEdition
from portal.worktime.queries import timelines, working_copy

#: May write calendars. What they draft a second of them puts in force.
KEEPERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})
#: As far as a change is compared with what was in force before.
LOOK_BACK, LOOK_AHEAD = timedelta(days=800), timedelta(days=1200)
FIRST_PLAN = {"since": date(2000, 1, 1), "reason": "默认工作时间 09:00–18:00", "source": "工作日历制度"}
Part = CalendarDay | CalendarPlan


def draft(actor: Actor, row: Part) -> Part:
    """Write a day or plan into the working copy; nothing moves until the calendar is published.

    Raises Refused, or InvalidInput for a day that has begun.
    """
    with transaction.atomic():
        calendar = locked(actor, str(row.calendar_id))
        _not_begun(calendar, row)
        row.state, row.reviewer = DraftState.DRAFT, ""
        row.author_id = actor.user_id
        _sign(actor, row, "draft")
        row.save()
        _tell(actor, calendar, verbs.DRAFTED.code, row, row.reason)
    return row


def take_out(actor: Actor, row: Part, reason: str) -> None:
    """Mark a row to be taken out with the next version; one that never was in force goes at once.

    Raises Refused, or InvalidInput without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why this entry is to be taken out."), field="reason")
    with transaction.atomic():
        calendar = locked(actor, str(row.calendar_id))
        _not_begun(calendar, row)
        if isinstance(row, CalendarPlan) and not calendar.plans.exclude(pk=row.pk).exists():
            raise Conflict(_("A calendar keeps one weekly plan at least: change this one instead."))
        _sign(actor, row, reason)
        _tell(actor, calendar, verbs.TAKEN_OUT.code, row, reason)
        if _in_version(calendar, row):
            row.state, row.author_id = DraftState.LEAVING, actor.user_id
            row.save()
        else:
            row.delete()


def publish(actor: Actor, calendar: Calendar) -> CalendarVersion:
    """Put everything that is drafted in force as one version, from now on.

    Refused for whoever drafted a change that moves due times: a second person reviews it. InvalidInput when a day
    that has begun would change: what was counted stays counted. Conflict when nothing is drafted.
    """
    with transaction.atomic():
        row = locked(actor, calendar.code)
        before, after = _in_force(row), working_copy(row)
        if before is not None and before.version == after.version:
            _settle_rows(actor, row)
            raise Conflict(_("Nothing is drafted in this calendar."))
        changed = changed_days(before, after, drafted_days(row)) if before else []
        _check(actor, row, changed)
        version = _store(actor, row, after, changed)
        _settle_rows(actor, row)
        row.edition, row.version, row.changed_at = version.number, version.version, version.since
        _sign(actor, row, "publish")
        row.save()
        facts = {"edition": version.number, "version": version.version, "changes": _shown(changed)}
        record(row, verbs.PUBLISHED.code, actor, facts=facts)
    return version


def discard(actor: Actor, calendar: Calendar, reason: str) -> None:
    """Bring the working copy back to what is in force. Raises Refused, or InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput(_("Say why the draft is discarded."), field="reason")
    with transaction.atomic():
        row = locked(actor, calendar.code)
        last = row.versions.first()
        content: dict[str, Any] = last.content if last else {"days": [], "plans": []}
        days = {each["day"]: each for each in content["days"]}
        for pending in CalendarDay.objects.filter(calendar=row.code).pending():
            _restore(pending, days.get(pending.day.isoformat()))
        plans = {each["since"]: each for each in content["plans"]}
        for plan in CalendarPlan.objects.filter(calendar=row.code).pending():
            _restore(plan, plans.get(plan.since.isoformat()))
        record(row, verbs.DISCARDED.code, actor, facts={"reason": reason})


def keep_in_force() -> None:
    """After a migration: the brand's calendar is there, and a new edition of the holidays makes new versions."""
    HolidayEdition.objects.get_or_create(version=INSTALLED.version, defaults={"content": edition_of(INSTALLED)})
    Calendar.objects.get_or_create(code=BRAND, defaults={"name": "品牌工作日历"})
    system = Actor.system("holidays")
    for calendar in Calendar.objects.all():
        before = _in_force(calendar)
        # Rows in force under a calendar without version were written before there were versions.
        born = before is None and (calendar.code == BRAND or calendar.days.filter(state=DraftState.IN_FORCE).exists())
        if born and not calendar.plans.exists():
            CalendarPlan.objects.create(calendar=calendar, state=DraftState.IN_FORCE, **FIRST_PLAN)
        if born or (before is not None and before.library.version != INSTALLED.version):
            _publish_edition(system, calendar)


def _publish_edition(actor: Actor, calendar: Calendar) -> None:
    """The first version of the brand's calendar, or the days in force with other holidays; drafts stay drafts."""
    with transaction.atomic():
        row = locked(actor, calendar.code)
        before = _in_force(row)
        after = calendar_from(row.code, content_of(before), INSTALLED) if before else working_copy(row)
        changed = changed_days(before, after, []) if before else []
        version = _store(actor, row, after, changed)
        if row.edition == 0:
            _settle_rows(actor, row)
        row.edition, row.version, row.changed_at = version.number, version.version, version.since
        row.save()


def locked(actor: Actor, code: str) -> Calendar:
    """The calendar under a lock for the rest of the transaction. Raises Refused."""
    if actor.role not in KEEPERS:
        raise Refused(_("Only brand managers keep calendars."))
    row: Calendar = Calendar.objects.select_for_update().get(code=code)
    return row


def changed_days(before: WorkCalendar, after: WorkCalendar, also: Iterable[date]) -> list[date]:
    """The days whose working time is another one: around today, and those named."""
    today = clock.today()
    first, last = today - LOOK_BACK, today + LOOK_AHEAD
    span = [first + timedelta(days=n) for n in range((last - first).days)]
    days = {*span, *also}
    return sorted(day for day in days if before.day_kind(day).windows != after.day_kind(day).windows)


def drafted_days(calendar: Calendar) -> list[date]:
    """The days of which a row waits to come into force."""
    return list(CalendarDay.objects.filter(calendar=calendar.code).pending().values_list("day", flat=True))


def pending(calendar: Calendar) -> list[Part]:
    """Every row that waits to come into force or to be taken out."""
    days = CalendarDay.objects.filter(calendar=calendar.code).pending().select_related("author")
    return [*CalendarPlan.objects.filter(calendar=calendar.code).pending().select_related("author"), *days]


def _not_begun(calendar: Calendar, row: Part) -> None:
    """Raises InvalidInput: what was counted by a calendar in force stays counted."""
    field = "day" if isinstance(row, CalendarDay) else "since"
    if calendar.in_force and getattr(row, field) <= clock.today():
        raise InvalidInput(_begun([getattr(row, field)]), field=field)


def _begun(days: list[date]) -> str:
    return _(
        "%(days)s: a day that has begun is not rewritten. Let a change begin tomorrow; work that cannot go on today is "
        "suspended with its reason."
    ) % {"days": _shown(days)}


def _check(actor: Actor, calendar: Calendar, changed: list[date]) -> None:
    begun = [day for day in changed if day <= clock.today()]
    if begun:
        raise InvalidInput(_begun(begun))
    authors = {row.author_id for row in pending(calendar)}
    if changed and not actor.is_system and actor.user_id in authors:
        raise Refused(_("You drafted this change yourself, and it moves due times: a second person must review it."))


def _store(actor: Actor, calendar: Calendar, after: WorkCalendar, changed: list[date]) -> CalendarVersion:
    authors = sorted({str(row.author) for row in pending(calendar) if row.author_id})
    version: CalendarVersion = CalendarVersion.objects.create(
        calendar=calendar,
        number=calendar.edition + 1,
        version=after.version,
        content=content_of(after),
        since=clock.now(),
        author=", ".join(authors)[:200],
        reviewer=actor.label[:120],
        reviewed_by_id=actor.user_id,
        changes=[day.isoformat() for day in changed],
        moves_dues=bool(changed),
    )
    return version


def _settle_rows(actor: Actor, calendar: Calendar) -> None:
    for row in pending(calendar):
        _sign(actor, row, "publish")
        if row.state == DraftState.LEAVING:
            row.delete()
        else:
            row.state, row.reviewer = DraftState.IN_FORCE, actor.label[:120]
            row.save()


def _restore(row: Part, said: dict[str, Any] | None) -> None:
    if said is None:
        row.delete()
        return
    row.windows, row.state = said["windows"], DraftState.IN_FORCE
    if isinstance(row, CalendarDay):
        row.kind, row.reason, row.source = said["kind"], said["reason"], said["source"]
    else:
        row.weekly, row.with_holidays = said["weekly"], said["holidays"]
    row.save()


def _in_force(calendar: Calendar) -> WorkCalendar | None:
    timeline = timelines().get(calendar.code)
    return timeline.now if timeline else None


def _in_version(calendar: Calendar, row: Part) -> bool:
    before = _in_force(calendar)
    if before is None:
        return False
    if isinstance(row, CalendarDay):
        return any(kept.day == row.day for kept in before.overrides)
    return row.state != DraftState.DRAFT or any(plan.since == row.since for plan in before.plans)


def _tell(actor: Actor, calendar: Calendar, verb: str, row: Part, reason: str) -> None:
    facts = {"what": str(row), "reason": reason, "source": row.source}
    if isinstance(row, CalendarDay):
        facts |= {"day": row.day, "kind": row.kind, "windows": row.windows}
    else:
        facts |= {"since": row.since, "weekly": row.weekly, "windows": row.windows}
    record(calendar, verb, actor, facts=facts)


def _sign(actor: Actor, row: Any, why: str) -> None:
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row._change_reason = why[:100]


def _shown(days: list[date]) -> str:
    """'2027-01-01, 2027-01-02 … (12)'."""
    named = ", ".join(day.isoformat() for day in days[:6])
    return f"{named} … ({len(days)})" if len(days) > 6 else named or "—"
