"""附件4 and the calls that follow (R028, R172, R220–R224)."""

import pytest

from kpi.queries.rating import ratings_of
from kpi.queries.scope import BRAND
from kpi.rules.period import of_quarter
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.quarter import Quarter
from portal.notify.models import Notice
from tests.tickets.actions.traces import traces
from tickets.actions import feedback
from tickets.choices import ClockState, TicketState
from tickets.models import FollowUp, SatisfactionFeedback

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def resolved(stage):
    return stage.ticket_in(TicketState.RESOLVED)


def test_c15_one_rating_a_ticket(stage, resolved):
    stage.rate(resolved, 5)
    with pytest.raises(Conflict, match="rated already"):
        stage.rate(resolved, 1)
    assert SatisfactionFeedback.objects.get().overall == 5


def test_c15_also_after_an_anonymous_one(stage, resolved):
    stage.rate(resolved, 1, anonymous=True)
    with pytest.raises(Conflict, match="rated already"):
        stage.rate(resolved, 5)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_r222_scores_are_one_to_five(stage, resolved, score):
    before = traces(resolved)
    with pytest.raises(InvalidInput, match="1, 2, 3, 4 or 5"):
        stage.rate(resolved, attitude=score)
    assert traces(resolved) == before


def test_the_rating_belongs_to_the_customers_link(stage, resolved):
    for actor in (stage.technician, stage.desk, stage.customer_of(stage.receive())):
        with pytest.raises(Refused):
            feedback.rate(actor, resolved, timeliness=5, competence=5, attitude=5, overall=5)


def test_r223_any_low_score_calls_the_desk(stage, resolved):
    ticket = stage.rate(resolved, attitude=2)
    assert ticket.clocks.leading().get(kind="low_score_callback").state == ClockState.RUNNING
    assert Notice.objects.filter(type="ticket.low_score").exists()
    ticket = feedback.call_back(stage.desk, ticket, cause="等待过久", measures="增派人手", result="接受")
    assert ticket.clocks.leading().get(kind="low_score_callback").state == ClockState.MET
    assert FollowUp.objects.get().low_score


def test_three_of_five_is_not_low(stage, resolved):
    assert not stage.rate(resolved, 3).clocks.filter(kind="low_score_callback").exists()


def test_r028_an_anonymous_answer_leads_to_nobody(stage, resolved):
    ticket = stage.rate(resolved, 1, anonymous=True, suggestions="态度差")
    answer = SatisfactionFeedback.objects.get()
    assert (answer.ticket, answer.rated_by, answer.rated_on.day, answer.partner) == (None, "", 1, stage.side.partner)
    assert answer.history.count() == 0
    entry = entries_for(ticket).last()
    assert entry.facts == {"anonymous": True}
    assert ticket.contact_name not in entry.sentence()
    assert not Notice.objects.filter(type="ticket.low_score").exists()


@pytest.mark.parametrize("empty", ["cause", "measures", "result"])
def test_r224_a_call_back_has_cause_measures_and_result(stage, resolved, empty):
    said = {"cause": "a", "measures": "b", "result": "c", empty: " "}
    with pytest.raises(InvalidInput, match="cause, measures and result") as refused:
        feedback.call_back(stage.desk, resolved, **said)
    assert refused.value.field == empty


def test_r172_an_attempt_counts_although_nobody_answered(stage, resolved):
    ticket = feedback.follow_up(stage.desk, resolved, reached=False, result="无人接听")
    assert ticket.clocks.leading().get(kind="follow_up").state == ClockState.MET
    assert (FollowUp.objects.get().reached, ticket.state) == (False, TicketState.RESOLVED)


@pytest.mark.parametrize("anonymous", [False, True])
def test_rule_11_a_technicians_own_number_never_counts(stage, resolved, anonymous):
    technician = stage.ann
    technician.phone = "139-0000-7777"
    technician.save()
    resolved.contact_phone = "+86 13900007777"
    resolved.save()
    stage.rate(resolved, 5, anonymous=anonymous)
    assert SatisfactionFeedback.objects.get().counted is False
    period = of_quarter(Quarter.of(clock.now()))
    assert ratings_of(BRAND, period, Actor.system()).n == 0


def test_rule_11_a_customers_number_counts(stage, resolved):
    stage.rate(resolved, 5)
    assert SatisfactionFeedback.objects.get().counted is True
