"""A ticket that changes hands, or comes back, begins anew where it must (R137, R208; 首问负责制)."""

from decimal import Decimal

from portal.journal.log import entries_for
from portal.kernel import clock
from tickets.actions import completion, diagnosis, dispatch, progress
from tickets.choices import Category, ServiceMode, TicketState

PLAN = {"solution": "更换保险丝", "duration_hours": Decimal(2)}


def test_an_answer_that_the_customer_rejects_can_be_given_to_a_partner(stage):
    stage.category = Category.CONSULTATION
    ticket = completion.answer(stage.desk, stage.ticket_in(TicketState.REGISTERED), answer="请重启")
    ticket = stage.reject(ticket)
    ticket = dispatch.transfer(stage.desk, ticket, stage.side.outlet, "需要上门")
    assert entries_for(ticket).last().facts["from_outlet"] == ""
    assert stage.accept(ticket).first_partner == stage.side.partner


def test_who_declined_has_not_received_it(stage):
    ticket = dispatch.decline(stage.dispatcher, stage.ticket_in(TicketState.DISPATCHED), "无备件")
    assert ticket.first_partner is None
    assert stage.accept(stage.dispatch(ticket)).first_partner == stage.side.partner


def on_site(stage, ticket):
    """From accepted to in progress, at the customer's place."""
    ticket = stage.diagnose(ticket, mode=ServiceMode.ON_SITE)
    return diagnosis.start(stage.technician, ticket, appointment_at=clock.now(), **PLAN)


def test_a_second_visit_can_be_logged(stage):
    ticket = progress.arrive(stage.technician, on_site(stage, stage.ticket_in(TicketState.ACCEPTED)))
    first = ticket.arrived_at
    ticket = stage.reject(stage.complete(ticket))
    assert ticket.arrived_at is None
    ticket = progress.arrive(stage.technician, on_site(stage, ticket))
    assert ticket.arrived_at > first
    assert ticket.fact.visits == 2


def test_handed_over_while_the_customer_was_to_sign_it_is_not_done(stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    ticket = dispatch.transfer(stage.desk, ticket, stage.side.outlet, "人员调岗")
    assert (ticket.completed_at, ticket.suspend_reason) == (None, "")
    assert ticket.clocks.leading().get(kind="resolution").stopped_at is None
