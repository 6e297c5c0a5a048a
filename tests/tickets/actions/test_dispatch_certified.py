"""No certificate, no dispatch, also on the day after its end; the refusal names what is missing (R115, R175)."""

from datetime import timedelta

import pytest

from partners.actions import certificate
from partners.models import Certificate, Staff
from portal.kernel import clock
from portal.kernel.errors import Refused
from tests.factories import training as make
from tickets.actions import dispatch
from tickets.choices import Department, TicketState
from tickets.queries.outlet_choice import outlet_choices

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def ends(stage):
    """The certificates of partner A end on that day."""

    def end(day):
        Certificate.objects.filter(staff__outlet=stage.side.outlet).update(valid_until=day)
        return day

    return end


def test_r115_the_last_day_counts_and_the_day_after_does_not(stage, ends):
    last, ticket = ends(clock.today()), stage.ticket_in(TicketState.DISPATCHED)
    midnight = clock.local(clock.now()).replace(hour=23, minute=59, second=59)
    with clock.travel(midnight):
        taken = stage.ticket_in(TicketState.ACCEPTED)
    with clock.travel(midnight + timedelta(seconds=1)):
        with pytest.raises(Refused, match=f"expired on {last}"):
            dispatch.accept(stage.dispatcher, ticket, stage.ann)
        with pytest.raises(Refused, match=r"Ann: .*expired on"):
            stage.dispatch(stage.ticket_in(TicketState.REGISTERED))
        with pytest.raises(Refused, match="Nobody on duty"):
            dispatch.transfer(stage.dispatcher, taken, stage.side.outlet, "again")


def test_r115_only_certified_people_on_duty_count(stage, ends):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    (choice,) = outlet_choices(ticket)
    assert (choice.ready, bool(choice.verdict)) == (2, True)
    Staff.objects.filter(pk=stage.ann.pk).update(on_duty=False)
    (choice,) = outlet_choices(ticket)
    assert choice.ready == 1
    certificate.revoke(stage.manager, stage.side.technicians[1].certificates.get(), "false record")
    (choice,) = outlet_choices(ticket)
    assert (choice.ready, bool(choice.verdict)) == (0, False)
    with pytest.raises(Refused, match=r"Amy: .*was revoked"):
        dispatch.dispatch(stage.desk, ticket, stage.side.outlet, Department.REPAIR)


def test_r175_a_missing_induction_bars_everybody_of_the_post(stage):
    make.RequirementFactory(kind="course", course=make.CourseFactory(), name="Induction", bars_work=True)
    with pytest.raises(Refused, match="“Induction” is missing"):
        stage.dispatch(stage.ticket_in(TicketState.REGISTERED))


def test_a_line_that_asks_for_no_certificate_is_open_to_everybody_on_duty(stage, ends):
    ends(clock.today() - timedelta(days=1))
    stage.line.needs_certificate = False
    stage.line.save()
    assert stage.ticket_in(TicketState.ACCEPTED).owner == stage.ann
