"""Tools on the completion sheet: only those of the outlet that measure today, kept as they were (R179, R209)."""

import pytest
from django.utils import translation

from partners.actions.tool import set_state
from partners.choices.tool import ToolState
from partners.models import Tool
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel.errors import InvalidInput
from tests.factories.tool import ToolFactory, calibrated
from tests.tickets.stages import Stage
from tickets.choices import TicketState
from tickets.forms.completion import CompleteForm
from tickets.models import CompletionConfirmation, ToolUsage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    with translation.override("en"):
        yield Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


@pytest.fixture
def tool(stage) -> Tool:
    row = ToolFactory(outlet=stage.side.outlet)
    calibrated(row)
    return Tool.objects.get(pk=row.pk)


def test_r209_the_sheet_keeps_number_name_and_due_day(stage, ticket, tool):
    stage.complete(ticket, tools=[tool, tool])
    (row,) = ToolUsage.objects.all()
    assert (row.number, row.name, row.calibrated_until) == (tool.number, tool.type.name, tool.due_on)
    assert entries_for(ticket).get(verb="complete").facts["tools"] == [tool.number]
    assert ToolUsage.objects.all().visible_to(stage.technician).exists()
    assert not ToolUsage.objects.all().visible_to(stage.stranger).exists()


def test_a_sheet_without_tools_is_as_it_was(stage, ticket):
    stage.complete(ticket)
    assert not ToolUsage.objects.exists()
    assert "tools" not in entries_for(ticket).get(verb="complete").facts


def test_r179_what_may_not_measure_is_refused_and_nothing_is_completed(stage, ticket, tool):
    never = ToolFactory(outlet=stage.side.outlet)
    theirs = ToolFactory(outlet=stage.other.outlet)
    calibrated(theirs)
    for wrong, words in ((never, "Never calibrated"), (theirs, "another outlet")):
        with pytest.raises(InvalidInput, match=words) as caught:
            stage.complete(ticket, tools=[tool, wrong])
        assert caught.value.field == "tools"
    set_state(Actor.system(), tool, ToolState.OUT_OF_ORDER, "screen broken")
    with pytest.raises(InvalidInput, match="Out of order"):
        stage.complete(ticket, tools=[tool])
    assert not CompletionConfirmation.objects.exists()


def test_the_form_asks_only_where_there_is_something_to_choose(stage, ticket, tool):
    form = CompleteForm(actor=stage.technician, ticket=ticket)
    assert [choice[1] for choice in form.fields["tools"].choices] == [
        f"{tool.type.name} · {tool.number} · calibrated until {tool.due_on}"
    ]
    set_state(Actor.system(), tool, ToolState.RETIRED, "worn")
    assert "tools" not in CompleteForm(actor=stage.technician, ticket=ticket).fields
