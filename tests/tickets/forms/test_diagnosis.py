"""Diagnosis and plan: what is asked follows from warranty and way of service (R025, R026, R189)."""

from datetime import timedelta

import pytest

from portal.kernel import clock
from tests.tickets.stages import Stage
from tickets.choices import ServiceMode, TicketState, WarrantyStatus
from tickets.forms.diagnosis import DiagnoseForm, StartForm
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def changed(ticket, **values):
    Ticket.objects.filter(pk=ticket.pk).update(**values)
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize(("days", "expected"), [(0, "in"), (30, "in"), (-1, "out")])
def test_the_date_of_warranty_proposes_the_answer(stage, days, expected):
    day = clock.today() + timedelta(days=days)
    ticket = changed(stage.ticket_in(TicketState.ACCEPTED), warranty_until=day)
    assert DiagnoseForm(actor=stage.technician, ticket=ticket)["warranty"].value() == expected


def test_without_a_date_warranty_is_not_known(stage):
    ticket = changed(stage.ticket_in(TicketState.ACCEPTED), warranty_until=None)
    assert DiagnoseForm(actor=stage.technician, ticket=ticket)["warranty"].value() == "unknown"


@pytest.mark.parametrize(
    ("mode", "warranty", "asked", "owed"),
    [
        (ServiceMode.REMOTE, WarrantyStatus.IN, set(), set()),
        (ServiceMode.ON_SITE, WarrantyStatus.IN, {"appointment_at"}, {"appointment_at"}),
        (ServiceMode.REMOTE, WarrantyStatus.OUT, {"price"}, {"price"}),
        (ServiceMode.REMOTE, WarrantyStatus.UNKNOWN, {"price"}, set()),
        (ServiceMode.ON_SITE, WarrantyStatus.OUT, {"appointment_at", "price"}, {"appointment_at", "price"}),
    ],
)
def test_the_plan_asks_for_what_is_owed(stage, mode, warranty, asked, owed):
    ticket = changed(stage.ticket_in(TicketState.DIAGNOSED), mode=mode, warranty=warranty)
    form = StartForm({"solution": "x", "duration_hours": "1"}, actor=stage.technician, ticket=ticket)
    assert set(form.fields) & {"appointment_at", "price"} == asked
    form.is_valid()
    assert set(form.errors) == owed


@pytest.mark.parametrize("hours", ["0", "-1", "x", "2001", ""])
def test_a_duration_is_some_hours(stage, hours):
    ticket = stage.ticket_in(TicketState.DIAGNOSED)
    form = StartForm({"solution": "x", "duration_hours": hours}, actor=stage.technician, ticket=ticket)
    assert "duration_hours" in form.errors


def test_a_moment_is_read_on_the_wall_clock_of_shanghai(stage):
    ticket = changed(stage.ticket_in(TicketState.DIAGNOSED), mode=ServiceMode.ON_SITE, warranty="in")
    data = {"solution": "x", "duration_hours": "1", "appointment_at": "2126-03-02T09:30"}
    form = StartForm(data, actor=stage.technician, ticket=ticket)
    assert form.is_valid()
    assert form.cleaned_data["appointment_at"].isoformat() == "2126-03-02T09:30:00+08:00"


def test_an_appointment_is_one_to_come_until_the_technician_is_there(stage):
    ticket = changed(stage.ticket_in(TicketState.DIAGNOSED), mode=ServiceMode.ON_SITE, warranty="in")
    data = {"solution": "x", "duration_hours": "1", "appointment_at": "2020-01-01T09:00"}
    assert "appointment_at" in StartForm(data, actor=stage.technician, ticket=ticket).errors
    just_now = clock.local(clock.now() - timedelta(minutes=10))
    data["appointment_at"] = just_now.strftime("%Y-%m-%dT%H:%M")
    assert "appointment_at" not in StartForm(data, actor=stage.technician, ticket=ticket).errors
