"""Channels that do not work: everything waits while one probe at a time goes out; administrators hear of it (K09)."""

from datetime import datetime, timedelta
from random import uniform

from django.db import transaction
from django.db.models import F, Q

from portal.kernel import clock
from portal.notify.models import ChannelHealth
from portal.notify.outcome import Kind, Outcome

#: Pauses of a failing channel; a day without mail server costs a probe each quarter of an hour.
PAUSES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 900))
#: A probe that was not closed within this time belonged to a worker that died.
PROBE = timedelta(seconds=90)
JITTER = 0.2


def jittered(pause: timedelta) -> timedelta:
    """Longer by up to a fifth, so that not everything comes back at the same moment."""
    return pause * uniform(1, 1 + JITTER)  # noqa: S311


def may_go(channel: str) -> datetime | None:
    """None if a message may go out now; else when the next one may. While a channel fails, one caller is its probe."""
    now = clock.now()
    health = ChannelHealth.objects.filter(name=channel, failing_since__isnull=False).first()
    if health is None:
        return None
    if health.paused_until and health.paused_until > now:
        return health.paused_until
    free = Q(paused_until=None) | Q(paused_until__lte=now)
    probe = ChannelHealth.objects.filter(free, name=channel, failing_since__isnull=False)
    return None if probe.update(paused_until=now + PROBE) else now + PROBE


def note(channel: str, outcome: Outcome) -> datetime | None:
    """Keep what a try says of its channel; answers until when the channel rests now, if it does."""
    if outcome.kind in (Kind.SENT, Kind.REFUSED):
        works = ChannelHealth.objects.filter(name=channel, failing_since__isnull=False)
        works.update(failing_since=None, paused_until=None, failures=0, error="")
        return None
    now = clock.now()
    with transaction.atomic():
        ChannelHealth.objects.get_or_create(name=channel)
        row = ChannelHealth.objects.select_for_update().get(name=channel)
        pause = PAUSES[min(row.failures, len(PAUSES) - 1)]
        until = now + jittered(max(pause, outcome.wait or timedelta()))
        ChannelHealth.objects.filter(pk=row.pk).update(
            failing_since=row.failing_since or now,
            paused_until=until,
            failures=F("failures") + 1,
            error=outcome.words[:300],
        )
    return until


def failing() -> list[ChannelHealth]:
    """The channels that do not work now, the longest first."""
    return list(ChannelHealth.objects.filter(failing_since__isnull=False).order_by("failing_since"))
