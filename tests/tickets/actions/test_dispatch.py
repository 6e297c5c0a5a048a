"""To whom a ticket is given, and what the partner makes of it (R203–R205, R210, R211)."""

import pytest

from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.tickets.actions.traces import traces
from tickets import notices
from tickets.actions import dispatch
from tickets.choices import Category, ClockState, Department, TicketState

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def waiting(stage):
    return stage.ticket_in(TicketState.DISPATCHED)


def test_r203_an_outlet_elsewhere_is_refused(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    before = traces(ticket)
    with pytest.raises(Refused, match="does not serve the area"):
        dispatch.dispatch(stage.desk, ticket, stage.other.outlet, Department.REPAIR)
    assert traces(ticket) == before


def test_r203_a_full_outlet_is_refused(stage, waiting):
    outlet = stage.side.outlet
    outlet.capacity = 1
    outlet.save()
    with pytest.raises(Refused, match="1 of 1 tickets are open"):
        dispatch.dispatch(stage.desk, stage.ticket_in(TicketState.REGISTERED), outlet, Department.REPAIR)


def test_r204_whoever_may_take_it_is_told_until_when(stage, waiting):
    told = Notice.objects.filter(type="ticket.dispatched").values_list("user__username", flat=True)
    assert sorted(told) == ["alan", "amy", "ann", "dick"]
    assert waiting.clocks.leading().get(kind="acceptance").state == ClockState.RUNNING


def test_declining_needs_a_reason_and_is_counted(stage, waiting):
    with pytest.raises(InvalidInput, match="Say why you decline"):
        dispatch.decline(stage.dispatcher, waiting, "")
    ticket = dispatch.decline(stage.dispatcher, waiting, "无备件")
    assert (ticket.state, ticket.partner, ticket.outlet, ticket.declines) == (TicketState.REGISTERED, None, None, 1)
    assert entries_for(ticket).last().facts["partner"] == "P-A"
    assert ticket.clocks.leading().get(kind="acceptance").state == ClockState.VOID


def test_r205_the_responsible_person_is_of_that_outlet(stage, waiting):
    with pytest.raises(Refused, match="belong to the outlet"):
        dispatch.accept(stage.technician, waiting, stage.other.technicians[0])


@pytest.mark.parametrize(("field", "reason"), [("on_duty", "not on duty"), ("active", "no longer works here")])
def test_r205_the_responsible_person_is_there(stage, waiting, field, reason):
    setattr(stage.ann, field, False)
    stage.ann.save()
    before = traces(waiting)
    with pytest.raises(Refused, match=reason):
        stage.accept(waiting)
    assert traces(waiting) == before


def test_r115_the_responsible_person_is_certified(stage, waiting):
    uncertified = make.StaffFactory(outlet=stage.side.outlet)
    with pytest.raises(Refused, match="no valid certificate"):
        dispatch.accept(stage.dispatcher, waiting, uncertified)


def test_nobody_handles_a_complaint_against_himself(stage):
    stage.category = Category.COMPLAINT
    ticket = stage.register(stage.receive(), complaint_about=stage.ann)
    ticket = stage.dispatch(ticket)
    with pytest.raises(Refused, match="complaint against himself"):
        stage.accept(ticket)
    assert dispatch.accept(stage.dispatcher, ticket, stage.side.technicians[1]).state == TicketState.ACCEPTED


def test_who_took_it_himself_is_not_told_so(stage, waiting):
    dispatch.accept(stage.dispatcher, waiting, stage.ann)
    assert Notice.objects.filter(type="ticket.assigned").count() == 1
    dispatch.accept(stage.technician, stage.ticket_in(TicketState.DISPATCHED), stage.ann)
    assert Notice.objects.filter(type="ticket.assigned").count() == 1


def test_c05_of_two_who_take_it_one_is_told_who_was_faster(stage, waiting):
    stage.accept(waiting)
    with pytest.raises(Conflict, match=r"Somebody was faster.*Ann"):
        dispatch.accept(stage.dispatcher, waiting, stage.side.technicians[1], version=waiting.version)
    waiting.refresh_from_db()
    assert waiting.owner == stage.ann


def test_c02_the_same_press_twice_is_one_acceptance(stage, waiting):
    for _time in range(2):
        dispatch.accept(stage.technician, waiting, stage.ann, key="press-1")
    assert [entry.verb for entry in entries_for(waiting)].count("accept") == 1
    assert Notice.objects.filter(type="ticket.accepted").count() == 1


def test_c07_when_the_customer_cannot_be_told_nothing_was_accepted(stage, waiting, monkeypatch):
    def fails(*args, **kwargs):
        raise ZeroDivisionError

    before = traces(waiting)
    monkeypatch.setattr(notices, "tell_owner", fails)
    with pytest.raises(ZeroDivisionError):
        stage.accept(waiting)
    assert traces(waiting) == before


def test_r137_the_first_receiver_stays_on_record_when_the_desk_hands_over(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    outlet = stage.other.outlet
    outlet.coverage = ["上海市"]
    outlet.save()
    with pytest.raises(InvalidInput, match="only to your own outlets") as refused:
        dispatch.transfer(stage.dispatcher, ticket, outlet, "更近")
    assert refused.value.field == "outlet"
    moved = dispatch.transfer(stage.desk, ticket, outlet, "更近")
    assert (moved.partner, moved.first_partner, moved.owner) == (stage.other.partner, stage.side.partner, None)
    assert moved.state == TicketState.DISPATCHED
    with pytest.raises(Refused, match="another partner"):
        stage.diagnose(moved)


def test_a_transfer_needs_room_too(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    with pytest.raises(Refused, match="does not serve"):
        dispatch.transfer(stage.desk, ticket, stage.other.outlet, "x")


@pytest.mark.parametrize("level", [0, 1])
def test_r210_escalation_goes_up(stage, level):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    with pytest.raises(InvalidInput, match=r"above the present one \(1\)"):
        dispatch.escalate(stage.technician, ticket, level, "王总监", "超出能力")
    raised = dispatch.escalate(stage.technician, ticket, 2, "王总监", "超出能力")
    assert (raised.support_level, raised.state) == (2, TicketState.ACCEPTED)


def test_r211_the_customer_and_the_desk_hear_of_an_escalation(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    dispatch.escalate(stage.technician, ticket, 2, "王总监", "超出能力")
    told = Notice.objects.filter(type__startswith="ticket.escalated").values_list("type", flat=True)
    assert sorted(told) == ["ticket.escalated", "ticket.escalated_desk"]
