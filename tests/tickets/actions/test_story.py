"""The emergency story through the actions alone: rejected once, re-planned, signed, rated low, called back, closed."""

from datetime import timedelta

import pytest
from django.utils import translation

from portal.journal.log import entries_for
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import Conflict
from tests.tickets.stages import Stage
from tickets.actions import closure, feedback
from tickets.choices import Category, ClockKind, ClockState, TicketState
from tickets.models import TicketFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def test_every_state_is_reached_through_the_actions(stage):
    for state in TicketState.values:
        assert stage.ticket_in(state).state == state


def test_the_emergency_story_from_request_to_archive(stage):
    stage.category = Category.EMERGENCY
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    for measures in ("已拆检", "等待配件"):
        ticket = stage.progress(ticket, measures=measures)
    ticket = stage.reject(stage.complete(ticket))
    assert ticket.rejections == 1
    with clock.travel(clock.now() + timedelta(days=1)):
        ticket = stage.complete(stage.start(stage.diagnose(ticket)))
        ticket = stage.rate(stage.confirm(ticket), 2)
        with pytest.raises(Conflict, match=r"回访|call-back"):
            closure.close(stage.desk, ticket)
        ticket = feedback.call_back(stage.desk, ticket, cause="首次维修不彻底", measures="复检流程", result="客户接受")
        ticket = closure.close(stage.desk, ticket)
    assert ticket.state == TicketState.CLOSED
    assert ticket.retention_until.year >= ticket.closed_at.year + 5
    states = {clock_.kind: clock_.state for clock_ in ticket.clocks.all()}
    assert states[ClockKind.ACCEPTANCE] == ClockState.MET
    assert states[ClockKind.REASSESSMENT] == ClockState.MET
    assert states[ClockKind.RESOLUTION] == ClockState.BREACHED
    assert states[ClockKind.LOW_SCORE_CALLBACK] == ClockState.MET
    assert verify(f"ticket:{ticket.pk}").intact
    fact = TicketFact.objects.get(ticket=ticket)
    assert (fact.resolved, fact.rejections, fact.resolution_met, fact.response_met) == (True, 1, False, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_journal_reads_as_a_story(stage, language):
    ticket = stage.ticket_in(TicketState.CLOSED)
    with translation.override(language):
        story = [entry.sentence() for entry in entries_for(ticket)]
    assert len(story) == 10
    assert all("%(" not in sentence and "None" not in sentence for sentence in story)
    assert ("一般故障" in story[1]) == (language == "zh-hans")
