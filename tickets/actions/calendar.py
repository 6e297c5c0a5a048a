"""Put a calendar in force and compute the open tickets under it anew, in the background, with a count (rules 1, 9)."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import task

from partners.models import Outlet, Partner
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.workflow.corridor import lock_row
from portal.worktime import actions
from portal.worktime.models import Calendar, CalendarVersion
from tickets.actions.settle import settle_ticket
from tickets.models import CalendarChange, Customer, SlaClock, Ticket
from tickets.queries.calendar import tickets_under

logger = logging.getLogger(__name__)
BATCH = 200
#: Whose row names a calendar, and what a ticket calls him.
PARTIES: dict[type[Any], str] = {Partner: "partner", Outlet: "outlet", Customer: "customer"}


def publish(actor: Actor, calendar: Calendar) -> CalendarVersion:
    """What `worktime.actions.publish` does; a version that moves due times reaches the open tickets. Raises as that."""
    with transaction.atomic():
        version = actions.publish(actor, calendar)
        if version.moves_dues:
            version.to_settle = tickets_under(version.calendar_id).count()
            version.save(update_fields=["to_settle"])
            resettle.enqueue(version.pk)
    return version


@task()
def resettle(pk: int) -> int:
    """Compute the open tickets under a version anew; goes on where an earlier run stopped. Answers how many it did."""
    version, done = CalendarVersion.objects.get(pk=pk), 0
    while version.settled_at is None:
        waiting = tickets_under(version.calendar_id).filter(pk__gt=version.last_settled).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True)[:BATCH])
        done += sum(_one(version, key) for key in keys)
        if not keys:
            CalendarVersion.objects.filter(pk=pk, settled_at=None).update(settled_at=clock.now())
        version.refresh_from_db()
    return done


def follow_party(instance: Any, history_instance: Any, **kwargs: Any) -> None:
    """Somebody was given another calendar: what he has in hand follows it, whoever changed the row by whatever door.

    Hears of every new version of a row (`post_create_historical_record`), so that form, sheet and command count alike.
    """
    party = PARTIES.get(type(instance))
    if party is None or history_instance.history_type != "~":
        return
    before = history_instance.prev_record
    if before is not None and before.calendar_id != instance.calendar_id:
        change = CalendarChange.objects.create(party=party, party_pk=instance.pk, asked_at=clock.now())
        resettle_party.enqueue(change.pk)


@task()
def resettle_party(pk: int | str, party_pk: int | None = None) -> int:
    """Compute the open tickets of a partner, outlet or customer anew; goes on where an earlier run stopped.

    Answers how many it did. A task that was queued before an upgrade names the party and its key.
    """
    if party_pk is not None:
        pk = CalendarChange.objects.create(party=pk, party_pk=party_pk, asked_at=clock.now()).pk
    change, done = CalendarChange.objects.get(pk=pk), 0
    while change.settled_at is None:
        mine = Ticket.objects.all().open().filter(**{change.party: change.party_pk}, pk__gt=change.last_settled)
        keys = list(mine.order_by("pk").values_list("pk", flat=True)[:BATCH])
        done += sum(_follow(change, key) for key in keys)
        if not keys:
            CalendarChange.objects.filter(pk=pk, settled_at=None).update(settled_at=clock.now())
        change.refresh_from_db()
    return done


def resettle_unfinished() -> int:
    """What a dead worker left: tickets that do not follow their calendar yet; answers how many orders were taken up."""
    stale = CalendarVersion.objects.filter(moves_dues=True, settled_at=None)
    versions = list(stale.values_list("pk", flat=True))
    changes = list(CalendarChange.objects.all().unfinished().values_list("pk", flat=True))
    for key in versions:
        resettle.enqueue(key)
    for key in changes:
        resettle_party.enqueue(key)
    return len(versions) + len(changes)


def _follow(change: CalendarChange, key: int) -> bool:
    """One ticket under its lock; False where another worker was faster."""
    with transaction.atomic():
        ticket = lock_row(Ticket(pk=key))
        mine = CalendarChange.objects.filter(pk=change.pk, last_settled__lt=key)
        if not mine.update(last_settled=key, settled=F("settled") + 1):
            return False
        if ticket.is_open:
            settle_ticket(ticket, clock.now())
    return True


def _one(version: CalendarVersion, key: int) -> bool:
    """One ticket under its lock; False where another worker was faster."""
    with transaction.atomic():
        ticket = lock_row(Ticket(pk=key))
        mine = CalendarVersion.objects.filter(pk=version.pk, last_settled__lt=key)
        if not mine.update(last_settled=key, settled=F("settled") + 1):
            return False
        before = _dues(ticket)
        if ticket.is_open:
            settle_ticket(ticket, clock.now())
        if _dues(ticket) != before:
            CalendarVersion.objects.filter(pk=version.pk).update(moved=F("moved") + 1)
    return True


def _dues(ticket: Ticket) -> set[tuple[str, int, datetime]]:
    return set(SlaClock.objects.filter(ticket=ticket).values_list("kind", "cycle", "due_at"))
