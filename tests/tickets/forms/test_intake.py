"""A new customer is put on file with the step that needs him, or not at all."""

import uuid

import pytest

from portal.kernel.errors import Conflict
from tests.tickets.stages import Stage
from tickets.forms.intake import ReceiveForm, RegisterForm
from tickets.models import Contact, Customer, Ticket

pytestmark = pytest.mark.django_db
NEW = {
    "new_customer": "on",
    "customer_name": "新客户有限公司",
    "contact_name": "孙女士",
    "contact_phone": "13900001234",
}


@pytest.fixture
def stage():
    return Stage()


def intake_of(stage, ticket, **values):
    said = {name: value for name, value in stage.intake().items() if isinstance(value, str)}
    form = RegisterForm({**said, "version": ticket.version, **values}, actor=stage.desk, ticket=ticket)
    assert form.is_valid(), form.errors
    return form


def test_c02_the_same_request_twice_makes_one_customer(stage):
    data = {**NEW, "channel": "phone", "title": "充电桩无法启动", "key": str(uuid.uuid4())}
    for _time in range(2):
        form = ReceiveForm(data, actor=stage.desk)
        assert form.is_valid(), form.errors
        form.save()
    ticket = Ticket.objects.get()
    assert (ticket.customer.name, ticket.contact.phone) == ("新客户有限公司", "13900001234")
    assert Customer.objects.filter(name="新客户有限公司").count() == 1


def test_c02_the_same_registration_twice_makes_one_customer(stage):
    ticket, key = stage.receive(), str(uuid.uuid4())
    first, again = intake_of(stage, ticket, **NEW, key=key), intake_of(stage, ticket, **NEW, key=key)
    assert first.save().customer.name == "新客户有限公司"
    again.save()
    assert Customer.objects.filter(name="新客户有限公司").count() == 1


def test_who_comes_too_late_leaves_no_customer(stage):
    ticket = stage.receive()
    form, people = intake_of(stage, ticket, **NEW), Contact.objects.count()
    stage.register(ticket)
    with pytest.raises(Conflict):
        form.save()
    assert not Customer.objects.filter(name="新客户有限公司").exists()
    assert Contact.objects.count() == people
