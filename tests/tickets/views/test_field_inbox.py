"""The inbox: order, tabs, search, filters, a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.kernel import clock
from portal.kernel.clock import travel
from tests import factories as make
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import browser
from tickets.choices import TicketState
from tickets.models import Ticket
from tickets.views.field.inbox import filter_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture
def stage():
    return Stage()


def numbers(answer):
    return [ticket.number for ticket in answer.context["page"]]


def test_what_falls_due_first_stands_on_top(stage):
    late, early = [], clock.now() - timedelta(hours=5)
    for hours in (0, 3, 1):
        with travel(early + timedelta(hours=hours)):
            late.append(stage.ticket_in(TicketState.DISPATCHED))
    assert numbers(browser(stage.ann.user).get("/field/")) == [late[0].number, late[2].number, late[1].number]


def test_a_card_says_what_is_due_who_and_where(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    page = browser(stage.ann.user).get("/field/").content.decode()
    for words in (ticket.number, ticket.title, ticket.customer_name, ticket.address, "data-due=", "接收工单", "已派单"):
        assert words in page


@pytest.mark.parametrize(
    ("state", "tab"),
    [
        (TicketState.DISPATCHED, "new"),
        (TicketState.ACCEPTED, "open"),
        (TicketState.SUSPENDED, "waiting"),  # for the customer's answer
        (TicketState.REASSESSING, "open"),
        (TicketState.PENDING_CONFIRMATION, "waiting"),
        (TicketState.RESOLVED, "done"),
        (TicketState.CLOSED, "done"),
    ],
)
def test_each_ticket_stands_in_one_tab(stage, state, tab):
    ticket, person = stage.ticket_in(state), browser(stage.ann.user)
    for name in ("new", "open", "waiting", "done"):
        assert numbers(person.get(f"/field/?tab={name}")) == ([ticket.number] if name == tab else [])
    assert numbers(person.get("/field/search/")) == [ticket.number]


def test_without_a_choice_the_tab_that_holds_something_opens(stage):
    person = browser(stage.ann.user)
    assert person.get("/field/").context["tab"] == "new"
    stage.ticket_in(TicketState.ACCEPTED)
    assert person.get("/field/").context["tab"] == "open"
    stage.ticket_in(TicketState.DISPATCHED)
    assert person.get("/field/").context["tab"] == "new"


def test_r01_a_masked_telephone_number_cannot_be_guessed_by_searching(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    query = {"q": ticket.contact_phone[3:8]}
    assert numbers(browser(stage.ann.user).get("/field/search/", query)) == []
    assert numbers(browser(stage.side.dispatcher).get("/field/search/", query)) == [ticket.number]
    stage.accept(ticket)
    assert numbers(browser(stage.ann.user).get("/field/search/", query)) == [ticket.number]


def test_search_finds_number_serial_customer_and_telephone(stage):
    ticket, person = stage.ticket_in(TicketState.ACCEPTED), browser(stage.ann.user)
    for words in (
        ticket.number[-6:],
        ticket.serial_number,
        "客户1",
        ticket.contact_phone[-5:],
        f"客户1 {ticket.number}",
    ):
        assert numbers(person.get("/field/search/", {"q": words})) == [ticket.number], words
    assert numbers(person.get("/field/search/", {"q": "nothing like it"})) == []
    assert "没有找到工单" in person.get("/field/search/", {"q": "nothing like it"}).content.decode()


def test_dispatchers_filter_by_outlet_and_person(stage):
    other = make.OutletFactory(partner=stage.side.partner, code="W-A2", name="徐汇网点", lines=[stage.line])
    mine, new = stage.ticket_in(TicketState.ACCEPTED), stage.ticket_in(TicketState.DISPATCHED)
    person = browser(stage.side.dispatcher)
    assert set(numbers(person.get("/field/search/"))) == {mine.number, new.number}
    assert numbers(person.get(f"/field/search/?owner={stage.ann.pk}")) == [mine.number]
    assert numbers(person.get(f"/field/search/?outlet={other.pk}")) == []
    assert len(numbers(person.get(f"/field/search/?outlet={stage.side.outlet.pk}"))) == 2


def test_technicians_get_no_filters_and_only_their_own_work(stage):
    stage.ticket_in(TicketState.ACCEPTED)
    new = stage.ticket_in(TicketState.DISPATCHED)
    answer = browser(stage.side.technicians[1].user).get("/field/search/")
    assert numbers(answer) == [new.number]
    assert not answer.context["outlets"]
    assert not answer.context["people"]


def test_an_empty_inbox_says_so(stage):
    page = browser(stage.ann.user).get("/field/").content.decode()
    assert "没有待接工单" in page


@pytest.mark.parametrize(
    "query", ["outlet=x&owner=-1", "page=999", "outlet=99999999999999999999", "tab=x&q=%00", "q=" + "x" * 500]
)
def test_nonsense_in_the_address_is_no_error(stage, query):
    assert browser(stage.side.dispatcher).get(f"/field/?{query}").status_code == 200


def test_search_words_are_cut():
    class Query(dict):
        pass

    assert len(filter_of(Query(q="x" * 500)).text) == 80


@pytest.mark.parametrize("who", ["technician", "dispatcher"])
def test_the_number_of_queries_is_fixed(stage, who, monkeypatch):
    user = stage.ann.user if who == "technician" else stage.side.dispatcher
    person = browser(user)
    counts = []
    for wanted in (1, 6):
        while Ticket.objects.count() < wanted:
            stage.ticket_in(TicketState.DISPATCHED)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = person.get("/field/")
        assert len(numbers(answer)) == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_pages_turn(stage, monkeypatch):
    monkeypatch.setattr("tickets.views.field.inbox.A_PAGE", 2)
    for _ in range(3):
        stage.ticket_in(TicketState.DISPATCHED)
    person = browser(stage.ann.user)
    first, second = numbers(person.get("/field/")), numbers(person.get("/field/?page=2"))
    assert (len(first), len(second)) == (2, 1)
    assert not set(first) & set(second)
