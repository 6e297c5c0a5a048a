"""The desk's list: queues, filters, search, masks, a fixed number of queries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.models import JournalEntry
from portal.kernel import clock
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db
LIST = "admin:tickets_ticket_changelist"


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def desk(stage: Stage, client: Client) -> Client:
    client.force_login(User.objects.get(username="dora"))
    return client


def shown(client: Client, query: str = "") -> str:
    response = client.get(reverse(LIST) + query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(client: Client, query: str = "") -> set[str]:
    response = client.get(reverse(LIST) + query)
    return {ticket.number for ticket in response.context["cl"].result_list}


def test_queues_count_open_tickets(stage, desk):
    stage.ticket_in(TicketState.RECEIVED)
    stage.ticket_in(TicketState.REGISTERED)
    stage.ticket_in(TicketState.CANCELLED)
    counts = {queue.code: n for queue, n, _url in desk.get(reverse(LIST)).context["queues"]}
    assert (counts["open"], counts["received"], counts["registered"], counts["closed"]) == (2, 1, 1, None)


def test_a_queue_shows_its_states_and_open_is_the_default(stage, desk):
    fresh, gone = stage.ticket_in(TicketState.RECEIVED), stage.ticket_in(TicketState.CANCELLED)
    assert numbers(desk) == {fresh.number}
    assert numbers(desk, "?queue=cancelled") == {gone.number}
    assert numbers(desk, "?queue=all") == {fresh.number, gone.number}


def test_what_falls_due_first_comes_first(stage, desk):
    with clock.travel(clock.now() - timedelta(minutes=5)):
        early = stage.receive()
    late = stage.receive()
    found = [ticket.number for ticket in desk.get(reverse(LIST)).context["cl"].result_list]
    assert found == [early.number, late.number]


@pytest.mark.parametrize("what", ["number", "contact_phone", "contact_name", "serial_number", "customer_name"])
def test_search_by(what, stage, desk):
    wanted = stage.ticket_in(
        TicketState.CANCELLED, serial_number="SN-XYZ", contact_phone="13911112222", contact_name="欧阳明"
    )
    stage.receive(contact_phone="13800000000", customer_name="别家公司")
    assert numbers(desk, f"?q={getattr(wanted, what)[:8]}") == {wanted.number} or what == "number"
    assert wanted.number in numbers(desk, f"?q={getattr(wanted, what)}")


def test_only_who_handles_customers_finds_them_by_telephone(stage, client):
    stage.receive(contact_phone="13911112222")
    client.force_login(make.member(Role.MARKETING, stage.brand))
    assert numbers(client, "?q=13911112222") == set()


def test_overdue_and_due_today(stage, desk):
    with clock.travel(clock.now() - timedelta(days=40)):
        old = stage.receive()
    fresh = stage.receive()
    assert numbers(desk, "?due=overdue") == {old.number}
    assert fresh.number not in numbers(desk, "?due=overdue")


def test_beside_something_overdue_something_may_fall_due_today(stage, desk):
    received = clock.local(clock.now()).replace(hour=10, minute=0)
    with clock.travel(received):
        ticket = stage.receive()  # acknowledged within 15 minutes, answered within 24 hours, registered within a day
    with clock.travel(received + timedelta(hours=23)):
        assert numbers(desk, "?due=overdue") == numbers(desk, "?due=today") == {ticket.number}


def test_telephone_numbers_are_masked(stage, desk):
    stage.receive(contact_phone="13812345678")
    page = shown(desk)
    assert "138****5678" in page
    assert "13812345678" not in page


def test_a03_regions_of_the_membership_narrow_rows_and_counts(stage, client):
    hidden = stage.receive(region="江苏省", serial_number="SECRET-1")
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, regions=("上海市",)))
    for query in ("", "?region=江苏省", "?q=SECRET-1", "?queue=all&_facets=True"):
        response = client.get(reverse(LIST) + query)
        assert hidden.number not in response.content.decode()
        assert {n for queue, n, _url in response.context["queues"] if queue.live} == {0}


def test_the_number_of_queries_is_fixed(stage, desk, django_assert_max_num_queries):
    for _n in range(3):
        stage.ticket_in(TicketState.ACCEPTED)
    with django_assert_max_num_queries(10):
        shown(desk)
    for _n in range(4):
        stage.ticket_in(TicketState.DISPATCHED)
    with django_assert_max_num_queries(10):
        shown(desk, "?queue=open&due=overdue&category=fault")


def test_nothing_is_deleted_or_changed_from_the_list(stage, desk):
    ticket = stage.receive()
    desk.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [ticket.pk], "post": "yes"})
    ticket.refresh_from_db()
    assert ticket.version == 1


def test_an_export_names_the_queue_that_it_takes(stage, desk):
    opened, closed = stage.ticket_in(TicketState.ACCEPTED), stage.ticket_in(TicketState.CLOSED)
    address = reverse("admin:tickets_ticket_sheet_export")
    assert desk.get(address).context["filtered"] == "queue=open"
    answer = desk.post(address, {"kind": "csv", "purpose": "核对"})
    text = b"".join(answer.streaming_content).decode()
    assert opened.number in text
    assert closed.number not in text
    entry = JournalEntry.objects.filter(verb="sheet_exported").latest("pk")
    assert entry.facts["filter"] == "queue=open"
