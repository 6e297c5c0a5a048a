"""Note with each settled ticket when its clocks must be looked at next: one statement a change."""

from collections.abc import Sequence
from datetime import datetime

from tickets.models import Ticket, TicketWatch
from tickets.rules.sla_clock import ClockResult
from tickets.rules.warning import first_look


def watch(ticket: Ticket, results: Sequence[ClockResult], now: datetime) -> None:
    """Keep the next look up to date; a ticket that asks for nothing any more is not looked at."""
    next_at = first_look(results, now)
    if not TicketWatch.objects.filter(pk=ticket.pk).update(next_at=next_at) and next_at is not None:
        TicketWatch.objects.create(ticket=ticket, next_at=next_at, watched_from=now)
