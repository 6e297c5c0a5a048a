"""A diagnostic tool opened from a ticket stands in both logs, once; refusals in words (R020)."""

import pytest
from django.utils import translation

from partners.choices.tool_grant import UseResult
from partners.models import ToolUse
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, Refused
from tests.cast import actor
from tests.factories.tool import granted
from tests.tickets.stages import Stage
from tickets.actions import tool_use
from tickets.choices import TicketState
from tickets.queries.tool_use import diagnostics_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    with translation.override("en"):
        yield Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


@pytest.fixture
def grant(stage):
    return granted(stage.side.partner)


def test_r020_both_logs_and_once(stage, ticket, grant):
    for _ in range(2):
        use = tool_use.open_tool(stage.technician, ticket, grant, "read_codes", "E21", key="k")
    assert ToolUse.objects.get() == use
    assert (use.ticket_number, use.serial_number, use.product_model) == (
        ticket.number,
        ticket.serial_number,
        ticket.product_model,
    )
    assert entries_for(ticket).filter(verb="diagnostic_opened").count() == 1
    tool_use.tell_result(stage.technician, ticket, use, UseResult.FOUND, "E21")
    assert entries_for(ticket).last().verb == "diagnostic_told"
    found = diagnostics_of(stage.technician, ticket)
    assert (len(found.usable), found.uses[0].told.result) == (1, UseResult.FOUND)


def test_who_may_not(stage, ticket, grant):
    amy = actor(stage.side.technicians[1].user)
    for person, words in (
        (stage.dispatcher, "those who repair"),
        (stage.desk, "those who repair"),
        (stage.stranger, "not yours to see"),
        (amy, "not yours to see"),
    ):
        with pytest.raises(Refused, match=words):
            tool_use.open_tool(person, ticket, grant, "read_codes", "x")
    assert not diagnostics_of(stage.dispatcher, ticket)
    with pytest.raises(Refused, match="no valid certificate"):  # a manager repairs only with a certificate of his own
        tool_use.open_tool(actor(stage.side.manager), ticket, grant, "read_codes", "x")


def test_not_before_it_is_taken_nor_after_it_is_solved(stage, grant):
    waiting = stage.ticket_in(TicketState.DISPATCHED)
    with pytest.raises(Refused, match="responsible person"):
        tool_use.open_tool(stage.technician, waiting, grant, "read_codes", "x")
    solved = stage.ticket_in(TicketState.RESOLVED)
    with pytest.raises(Conflict, match="being worked on"):
        tool_use.open_tool(stage.technician, solved, grant, "read_codes", "x")


def test_the_result_belongs_to_its_ticket(stage, ticket, grant):
    use = tool_use.open_tool(stage.technician, ticket, grant, "read_codes", "x")
    other = stage.ticket_in(TicketState.IN_PROGRESS)
    with pytest.raises(Refused, match="another ticket"):
        tool_use.tell_result(stage.technician, other, use, UseResult.DONE)
