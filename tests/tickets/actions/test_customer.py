"""Customers and contact persons that the desk adds while it takes a request (R185)."""

import pytest

from portal.kernel.errors import InvalidInput, Refused
from tickets.actions.customer import add_customer, contact_for
from tickets.models import Contact, Customer


def test_only_the_desk_adds(stage):
    for stranger in (stage.technician, stage.dispatcher):
        with pytest.raises(Refused):
            add_customer(stranger, name="新客户")
        with pytest.raises(Refused):
            contact_for(stranger, stage.served.customer, name="a", phone="1")
    assert (Customer.objects.count(), Contact.objects.count()) == (1, 1)


def test_a_customer_has_a_name(stage, english):
    with pytest.raises(InvalidInput, match="customer's name") as refused:
        add_customer(stage.desk, name="  ")
    assert refused.value.field == "customer_name"


def test_each_customer_gets_the_next_code_and_whoever_added_it_is_on_record(stage):
    first, second = add_customer(stage.desk, name="甲"), add_customer(stage.desk, name="乙")
    assert first.code < second.code
    assert first.history.get().history_user_id == stage.desk.user_id


def test_a_known_contact_is_not_doubled_and_a_namesake_with_another_number_is_new(stage):
    customer, known = stage.served.customer, stage.served.contact
    assert contact_for(stage.desk, customer, name=known.name, phone=known.phone) == known
    other = contact_for(stage.desk, customer, name=known.name, phone="13900000000", email="a@example.com")
    assert (other.pk != known.pk, other.primary) == (True, False)


def test_the_first_contact_of_a_customer_is_the_main_one(stage):
    assert contact_for(stage.desk, add_customer(stage.desk, name="甲"), name="李", phone="13900000000").primary
