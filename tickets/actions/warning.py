"""Tell who must hear of a clock that runs out, each level once and in order (workflow.md, Clocks; M12, N07)."""

import heapq
import logging
from datetime import datetime

from django.db import DatabaseError, transaction

from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.workflow.corridor import lock_row
from tickets.actions.settle import clocks_of, settle_ticket
from tickets.models import ClockWarning, Ticket, TicketWatch
from tickets.queries.duty import recipients
from tickets.queries.warning import ladder_in_force
from tickets.reports.warning import tell_of_clock
from tickets.rules.verbs.warning import BREACHED
from tickets.rules.warning import Ladder, Moment, moments, news

logger = logging.getLogger(__name__)
#: Tickets that one run looks at; what is left waits for the next minute.
BATCH = 500
SYSTEM = Actor.system("clocks")


def warn_due() -> int:
    """Tell everything that is due by now, over all tickets in the order of its moments; answers how many were told.

    One indexed look finds the tickets. Each moment has a transaction of its own under the ticket's lock: whoever comes
    second finds it done, and a run that is killed leaves nothing half told.
    """
    now, ladder, told = clock.now(), ladder_in_force(), 0
    waiting = list(
        TicketWatch.objects.filter(next_at__lte=now).order_by("next_at", "pk").values_list("next_at", "pk")[:BATCH]
    )
    while waiting:
        _at, pk = heapq.heappop(waiting)
        try:
            done, following = _one(pk, ladder, now)
        except DatabaseError:
            logger.exception("the warnings of ticket %s could not be told; the next run tries again", pk)
            continue
        told += done
        if following is not None and following <= now:
            heapq.heappush(waiting, (following, pk))
    return told


def _one(pk: int, ladder: Ladder, now: datetime) -> tuple[bool, datetime | None]:
    """The earliest moment of one ticket that nobody told yet; whether it was told, and when the next one comes."""
    with transaction.atomic():
        ticket = lock_row(Ticket(pk=pk))
        watch = TicketWatch.objects.filter(pk=pk, next_at__lte=now).first()
        if watch is None:
            return False, None
        known = {_key(row) for row in ClockWarning.objects.filter(ticket=ticket)}
        coming = news(moments(clocks_of(ticket, now), ladder), watch.watched_from)
        left = [moment for moment in coming if moment.key not in known]
        due = bool(left) and left[0].at <= now
        if due:
            _tell(ticket, left[0], now)
        following = next((moment.at for moment in (left[1:] if due else left)), None)
        TicketWatch.objects.filter(pk=pk).update(next_at=following)
    return due, following


def _tell(ticket: Ticket, moment: Moment, now: datetime) -> None:
    people = recipients(ticket, moment.audiences, now)
    row = ClockWarning.objects.create(
        ticket=ticket,
        kind=moment.kind,
        cycle=moment.cycle,
        step=moment.step,
        percent=moment.percent,
        minutes_after=moment.minutes_after,
        due_at=moment.due_at,
        reached_at=moment.at,
        told_at=now,
        people=[told.as_json() for told in people],
    )
    for told in people:
        tell_of_clock(ticket, row, told.user, told.instead_of)
    if moment.step == "breach":
        # The stored rows say 'breached' from now on; when it broke is its due time, however late this runs (rule 1).
        facts = {"clock": moment.kind, "cycle": moment.cycle, "due": moment.due_at, "told": row.names}
        record(ticket, BREACHED.code, SYSTEM, facts=facts, at=moment.due_at)
        settle_ticket(ticket, now)


def _key(row: ClockWarning) -> tuple[str, int, str, datetime | None]:
    return row.kind, row.cycle, row.step, row.due_at if row.percent is not None else None
