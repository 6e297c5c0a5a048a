"""Who may be named responsible, and how the form says why not (R115, R205)."""

import pytest

from partners.models import Staff
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import Category, TicketState
from tickets.forms.accept import AcceptForm
from tickets.models import Ticket
from tickets.queries.staffing import staff_choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def form(stage, ticket, actor, **data):
    return AcceptForm({"version": ticket.version, **data}, actor=actor, ticket=ticket)


def test_a_technician_is_offered_himself_alone(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    mine = AcceptForm(actor=stage.technician, ticket=ticket)
    assert [choice.staff for choice in mine.candidates] == [stage.ann]
    assert mine["owner"].value() == stage.ann.pk
    assert not mine.obstacle
    other = form(stage, ticket, stage.technician, owner=stage.side.technicians[1].pk)
    assert not other.is_valid()


def test_a_dispatcher_chooses_among_the_outlet(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    offered = AcceptForm(actor=stage.dispatcher, ticket=ticket)
    assert {choice.staff.name for choice in offered.candidates if choice.verdict} == {"Ann", "Amy"}
    assert form(stage, ticket, stage.dispatcher, owner=stage.side.technicians[1].pk).is_valid()
    assert not form(stage, ticket, stage.dispatcher, owner=stage.other.technicians[0].pk).is_valid()


@pytest.mark.parametrize(("change", "word"), [({"on_duty": False}, "不在岗"), ({"active": False}, "网点")])
def test_the_reason_stands_at_the_field(stage, change, word):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    Staff.objects.filter(pk=stage.ann.pk).update(**change)
    refused = form(stage, ticket, stage.dispatcher, owner=stage.ann.pk)
    assert not refused.is_valid()
    assert word in str(refused.errors["owner"])


def test_without_certificate_nobody_takes_it(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    stage.ann.certificates.all().delete()
    assert "证书" in str(AcceptForm(actor=stage.technician, ticket=ticket).obstacle)


def test_nobody_handles_a_complaint_against_himself(stage):
    stage.category = Category.COMPLAINT
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    Ticket.objects.filter(pk=ticket.pk).update(complaint_about=stage.ann)
    ticket.refresh_from_db()
    assert AcceptForm(actor=stage.technician, ticket=ticket).obstacle


def test_load_and_certificate_are_shown_the_lightest_first(stage):
    for _ in range(2):
        stage.ticket_in(TicketState.ACCEPTED)
    choices = staff_choices(stage.ticket_in(TicketState.DISPATCHED))
    assert [(choice.staff.name, choice.load) for choice in choices if choice.verdict] == [("Amy", 0), ("Ann", 2)]
    assert all(choice.certified_until.year == 2039 for choice in choices if choice.verdict)


def test_the_number_of_queries_is_fixed(stage, django_assert_num_queries):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    for _ in range(3):
        make.StaffFactory(outlet=stage.side.outlet)
    with django_assert_num_queries(5):
        assert len(staff_choices(ticket)) == 7


def test_a_ticket_without_outlet_has_nobody(stage):
    assert staff_choices(stage.ticket_in(TicketState.REGISTERED)) == []
