"""C01: many take the same tickets at once, each is taken once; and without the lock the same test finds doubles."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from portal.journal.log import subject_of
from portal.journal.models import JournalEntry
from portal.journal.verify import verify
from portal.kernel.errors import Conflict
from portal.workflow import corridor
from tests.tickets.stages import Stage
from tickets.actions import dispatch
from tickets.choices import TicketState
from tickets.models import Ticket

TICKETS, WORKERS = 8, 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race():
    """Everybody accepts every ticket, all from copies read before; answers how each try ended."""
    stage = Stage()
    tickets = [stage.ticket_in(TicketState.DISPATCHED) for _ in range(TICKETS)]
    start = Barrier(WORKERS)

    def take(number):
        mine = [Ticket.objects.get(pk=ticket.pk) for ticket in tickets]
        start.wait(30)
        try:
            return [attempt(stage, ticket) for ticket in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return Counter(end for ends in pool.map(take, range(WORKERS)) for end in ends)


def attempt(stage, ticket):
    try:
        dispatch.accept(stage.technician, ticket, stage.ann)
    except Conflict:
        return "late"
    except DatabaseError:
        return "collided"
    return "taken"


def doubles():
    taken = Counter(JournalEntry.objects.filter(verb="accept").values_list("subject", flat=True))
    return sum(count - 1 for count in taken.values())


def test_c01_each_ticket_is_taken_once(request):
    ends = request.getfixturevalue("race")
    assert ends == {"taken": TICKETS, "late": TICKETS * (WORKERS - 1)}
    assert doubles() == 0
    subjects = {subject_of(ticket) for ticket in Ticket.objects.filter(state=TicketState.ACCEPTED)}
    assert subjects == set(JournalEntry.objects.filter(verb="accept").values_list("subject", flat=True))
    assert verify().intact


def test_c01_negative_control_without_the_lock_there_are_doubles(request, monkeypatch):
    monkeypatch.setattr(corridor, "lock_row", lambda row: row)
    ends = request.getfixturevalue("race")
    assert ends["taken"] > TICKETS
    assert doubles() > 0, "if this finds none, the test above proves nothing"
