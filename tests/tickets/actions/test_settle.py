"""Settling once at the end says the same as settling at every step (workflow.md, clocks, rule 1)."""

from datetime import UTC, datetime

import pytest

from portal.kernel import clock
from tests.tickets.stages import Stage
from tickets.actions.settle import settle_ticket, settled_later
from tickets.choices import TicketState
from tickets.models import SlaClock, Ticket, TicketFact

NOW = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)


def settled(ticket: Ticket) -> tuple[object, ...]:
    """Clocks, facts and next due time of the ticket, without primary keys."""
    clocks = list(SlaClock.objects.filter(ticket=ticket).order_by("kind", "cycle").values())
    facts = TicketFact.objects.filter(ticket=ticket).values().get()
    ticket.refresh_from_db()
    return [{k: v for k, v in row.items() if k != "id"} for row in clocks], facts, ticket.next_due_at


@pytest.mark.django_db
def test_later_is_the_same_as_at_once():
    with clock.travel(NOW):
        with settled_later():
            ticket = Stage().ticket_in(TicketState.REASSESSING)
            assert not SlaClock.objects.exists()
            assert not TicketFact.objects.exists()
        later = settled(ticket)
        settle_ticket(ticket, NOW)
        assert settled(ticket) == later
    assert later[2] is not None


@pytest.mark.django_db
def test_nothing_is_settled_when_the_story_fails():
    def fail() -> None:
        with settled_later():
            Stage().receive()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not TicketFact.objects.exists()
