"""The end of a ticket: closed with evidence and kept, or cancelled with a reason (R172, R218, R223)."""

import pytest

from portal.accounts.actor import Actor
from portal.journal.log import entries_for, subject_of
from portal.kernel.errors import Conflict, InvalidInput
from portal.links.models import SignedLink
from portal.links.tokens import issue
from portal.notify.models import Notice
from tests.tickets.actions.traces import traces
from tickets import notices
from tickets.actions import closure, feedback
from tickets.choices import CancelReason, ClockState, TicketState

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def resolved(stage):
    return stage.ticket_in(TicketState.RESOLVED)


def test_c19_nothing_is_closed_without_rating_or_attempt(stage, resolved):
    before = traces(resolved)
    with pytest.raises(Conflict, match="at least one follow-up attempt"):
        closure.close(stage.desk, resolved)
    assert traces(resolved) == before
    feedback.follow_up(stage.desk, resolved, reached=False, result="无人接听")
    assert closure.close(stage.desk, resolved).state == TicketState.CLOSED


def test_c19_an_attempt_does_not_excuse_a_low_score(stage, resolved):
    stage.rate(resolved, 2)
    feedback.follow_up(stage.desk, resolved, reached=True, result="已致歉")
    with pytest.raises(Conflict, match="log the call-back with cause and measures"):
        closure.close(stage.desk, resolved)


def test_c19_an_unconfirmed_ticket_is_not_closed(stage):
    with pytest.raises(Conflict):
        closure.close(stage.desk, stage.ticket_in(TicketState.PENDING_CONFIRMATION))


def test_the_system_closes_what_may_be_closed(stage, resolved):
    stage.rate(resolved)
    ticket = closure.close(Actor.system(), resolved)
    assert (ticket.retention_until.year - ticket.closed_at.year) in (5, 6)
    assert entries_for(ticket).last().actor_label == "system"


def test_r218_a_closed_ticket_does_not_change_any_more(stage, resolved):
    closed = stage.close(resolved)
    for attempt in (
        lambda: closure.cancel(stage.desk, closed, CancelReason.MISTAKE),
        lambda: stage.progress(closed),
        lambda: closure.close(stage.desk, closed),
    ):
        with pytest.raises(Conflict):
            attempt()


def test_m16_a_failure_at_the_end_leaves_the_ticket_open(stage, resolved, monkeypatch):
    def fails(*args, **kwargs):
        raise ZeroDivisionError

    stage.rate(resolved)
    before = traces(resolved)
    monkeypatch.setattr(notices, "tell_customer", fails)
    with pytest.raises(ZeroDivisionError):
        closure.close(stage.desk, resolved)
    assert traces(resolved) == before


@pytest.mark.parametrize("reason", [CancelReason.DUPLICATE, CancelReason.MISTAKE])
def test_a_customer_can_only_withdraw(stage, reason):
    ticket = stage.receive()
    with pytest.raises(InvalidInput, match="only withdraw"):
        closure.cancel(stage.customer_of(ticket), ticket, reason)


def test_a_customer_withdraws_before_work_begins(stage):
    at_work = stage.ticket_in(TicketState.IN_PROGRESS)
    with pytest.raises(Conflict):
        closure.cancel(stage.customer_of(at_work), at_work, CancelReason.WITHDRAWN)
    ticket = stage.receive()
    assert closure.cancel(stage.customer_of(ticket), ticket, CancelReason.WITHDRAWN).state == TicketState.CANCELLED


def test_a_duplicate_names_another_ticket(stage):
    ticket, other = stage.receive(), stage.receive()
    for wrong in (None, ticket):
        with pytest.raises(InvalidInput, match="Name the other ticket") as refused:
            closure.cancel(stage.desk, ticket, CancelReason.DUPLICATE, duplicate_of=wrong)
        assert refused.value.field == "duplicate_of"
    ticket = closure.cancel(stage.desk, ticket, CancelReason.DUPLICATE, duplicate_of=other)
    assert ticket.duplicate_of == other
    assert entries_for(ticket).last().facts["duplicate_of"] == other.number


def test_a_cancelled_ticket_owes_nothing_and_tells_whoever_worked_on_it(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    issue(subject_of(ticket), "rate", days=30)
    ticket = closure.cancel(stage.desk, ticket, CancelReason.WITHDRAWN, "客户自行解决")
    assert ticket.clocks.leading().get(kind="resolution").state == ClockState.VOID
    assert not ticket.clocks.filter(state=ClockState.RUNNING).exists()
    assert (ticket.next_due_at, ticket.next_due_kind) == (None, "")
    assert SignedLink.objects.get(purpose="rate").revoked_at
    assert Notice.objects.filter(type="ticket.cancelled", user=stage.ann.user).exists()
