"""Make the whole demonstration in one transaction, or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Outlet, Partner, Staff
from portal.accounts.models import Organisation
from portal.demo import accounts, customers, network, notices, stock, subjects, tools
from portal.demo.telling import Telling
from portal.journal.models import JournalEntry
from portal.journal.seals import seal
from portal.kernel import clock
from portal.kernel.errors import Conflict, Refused
from portal.kernel.quarter import Quarter
from portal.notify.models import Notice
from portal.notify.queue import as_delivered
from tickets.actions.settle import settled_later
from tickets.models import Customer, Ticket

SEED = 20260101
CUSTOMERS = 300
QUARTERS = 5
#: Notices younger than this still wait to be read.
UNREAD = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Made:
    """What there is now."""

    partners: int
    outlets: int
    staff: int
    customers: int
    tickets: int
    entries: int
    states: dict[str, int]


def make(count: int, told: Callable[[int], None] = lambda ended: None, seed: int = SEED) -> Made:
    """Masters and `count` tickets over five quarters that end now; the same seed at the same time makes the same.

    Raises Refused on a portal in production, Conflict when the database already holds a brand.
    """
    if not accounts.is_trial():
        raise Refused(_("The demonstration has known passwords: it is made only on a trial portal."))
    if Organisation.objects.exists():
        raise Conflict(_("This database is not empty: the demonstration is made only in an empty one."))
    now = clock.now().replace(microsecond=0)
    with transaction.atomic(), as_delivered():
        _make(Random(seed), count, now, told)
    return _counted()


def _make(random: Random, count: int, now: datetime, told: Callable[[int], None]) -> None:
    # Its days end at nine: made by night, the demonstration ends with the day before, or it would hold the future.
    first, today = first_moment(now), clock.local(now - timedelta(hours=9)).date()
    with clock.travel(first - timedelta(days=40)):
        net = network.build(random, today)
        stock.build(net, today)
        tools.build(net, today)
        # A small demonstration needs no more customers than it has tickets.
        served = customers.build(random, net, min(CUSTOMERS, count), today)
    with clock.travel(now):
        with settled_later():
            Telling(random, net, served, first, now, count).run(told)
        subjects.fill(random, net, today)
        notices.fill(random, net, today)  # last: the log of what all of them told
        Notice.objects.filter(created_at__gt=now - UNREAD, user__isnull=False).update(read_at=None)
        seal()


def first_moment(now: datetime) -> datetime:
    """The beginning of the first of the quarters that end now."""
    return Quarter.of(now).previous(QUARTERS - 1).start


def _counted() -> Made:
    states = Counter(Ticket.objects.values_list("state", flat=True))
    return Made(
        partners=Partner.objects.count(),
        outlets=Outlet.objects.count(),
        staff=Staff.objects.count(),
        customers=Customer.objects.count(),
        tickets=sum(states.values()),
        entries=JournalEntry.objects.count(),
        states=dict(states.most_common()),
    )
