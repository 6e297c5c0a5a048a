"""Read and write the signs of life; also the lock by which of two schedules one leads."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from portal.kernel import clock
from portal.models import Heartbeat

#: A leader that was not seen for so long has gone, and another may take over.
LEASE = timedelta(seconds=60)


def beat(name: str, holder: str = "") -> None:
    """Note that the program is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": clock.now(), "holder": holder})


def age(name: str) -> timedelta | None:
    """How long ago the program was seen; None if never."""
    seen = last(name)
    return clock.now() - seen if seen else None


def last(name: str) -> datetime | None:
    """When the program was seen last."""
    return Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()


def lead(name: str, holder: str) -> bool:
    """Take or keep the lead: one conditional UPDATE, so that of two holders one has it.

    A sign of life from the future is none: the clock was put back since, and nobody may wait for it to come (N07).
    """
    now = clock.now()
    row = Heartbeat.objects.filter(name=name)
    mine = row.filter(holder=holder) | row.filter(beat_at__lt=now - LEASE) | row.filter(beat_at__gt=now + LEASE)
    if mine.update(holder=holder, beat_at=now):
        return True
    if row.exists():
        return False
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=name, holder=holder, beat_at=now)
    except IntegrityError:
        return False
    return True


def resign(name: str, holder: str) -> None:
    """Give the lead up at once, so that a successor need not wait for the lease."""
    Heartbeat.objects.filter(name=name, holder=holder).update(holder="")


def once(name: str, before: datetime) -> bool:
    """True for exactly one caller if the job `name` has not run since `before`; it counts as run then.

    A run in the future belongs to a clock that was put back since: it does not hold the job up (N07).
    """
    now = clock.now()
    row = Heartbeat.objects.filter(name=name)
    due = row.filter(beat_at__lt=before) | row.filter(beat_at__gt=now + LEASE)
    if due.update(beat_at=now):
        return True
    if row.exists():
        return False
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=name, beat_at=now)
    except IntegrityError:
        return False
    return True
