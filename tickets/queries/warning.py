"""The ladder in force, what was warned, and what broke today."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from portal.accounts.actor import Actor
from portal.kernel import clock
from tickets.choices import ClockState
from tickets.models import ClockWarning, LadderRung, SlaClock, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.rules.warning import Ladder


def ladder_in_force() -> Ladder:
    """The rungs that are in use."""
    return Ladder(tuple(row.as_rung() for row in LadderRung.objects.filter(active=True)))


def warnings_of(ticket: Ticket) -> list[ClockWarning]:
    """What was told of the ticket's clocks, the newest first."""
    return list(ClockWarning.objects.filter(ticket=ticket))


def broken_today(tickets: TicketQuerySet, now: datetime) -> TicketQuerySet:
    """Tickets of which a limit passed since midnight in Shanghai without what it asked for."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    late = Q(stopped_at__isnull=True) | Q(stopped_at__gt=F("due_at"))
    passed = SlaClock.objects.leading().filter(late, due_at__gte=midnight, due_at__lt=now)
    passed = passed.exclude(state__in=[ClockState.VOID, ClockState.PAUSED])
    return tickets.filter(pk__in=passed.values("ticket"))


def broken_today_count(actor: Actor) -> int:
    """How many there are in the actor's sight."""
    return broken_today(Ticket.objects.visible_to(actor), clock.now()).count()


def latest(actor: Actor, most: int = 8) -> list[ClockWarning]:
    """The breaches of the last day with whom they were told, the newest first."""
    since = clock.now() - timedelta(days=1)
    rows = ClockWarning.objects.visible_to(actor).filter(percent__isnull=True, told_at__gte=since)
    return list(rows.select_related("ticket")[:most])
