import pytest

from tests.tickets.stages import Stage
from tickets.choices import TicketState


@pytest.fixture
def stage(db):
    return Stage()


@pytest.fixture
def ticket(stage):
    """A ticket that waits to be accepted."""
    return stage.ticket_in(TicketState.DISPATCHED)
