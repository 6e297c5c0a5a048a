"""The calendars of a ticket out of the database (workflow.md, rule 2)."""

from datetime import date

import pytest

from tests.factories.calendar import make_calendar, override
from tickets.models import Ticket
from tickets.queries.calendar import Book, calendars_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(side_a, served):
    return Ticket(partner=side_a.partner, outlet=side_a.outlet, customer=served.customer)


def codes(calendars):
    return [calendars.of(whose).code for whose in ("brand", "partner", "outlet", "customer")]


def test_with_the_calendar_of_the_brand_alone_nobody_is_asked(ticket, django_assert_num_queries):
    calendars_of(ticket)
    with django_assert_num_queries(1):
        assert codes(calendars_of(ticket)) == ["brand"] * 4


def test_partner_outlet_and_customer_may_name_their_own(ticket):
    ticket.partner.calendar = make_calendar("partner-a")
    assert codes(calendars_of(ticket)) == ["brand", "partner-a", "partner-a", "brand"]
    ticket.outlet.calendar = make_calendar("outlet-a")
    ticket.customer.calendar = make_calendar("customer-a")
    assert codes(calendars_of(ticket)) == ["brand", "partner-a", "outlet-a", "customer-a"]


def test_rule_2_another_partners_calendar_never_moves_mine(ticket, side_b):
    side_b.partner.calendar = make_calendar("partner-b")
    side_b.partner.save()
    before = calendars_of(ticket).of("partner")
    override(date(2035, 3, 7), code="partner-b")
    assert calendars_of(ticket).of("partner") == before
    assert before.is_workday(date(2035, 3, 7))


def test_in_bulk_a_book_is_read_once(ticket, side_b, django_assert_num_queries):
    side_b.partner.calendar = make_calendar("partner-b")
    side_b.partner.save()
    book = Book()
    keys = (side_b.partner.pk, side_b.outlet.pk, None)
    with django_assert_num_queries(3):
        first = book.of_keys(*keys)
    with django_assert_num_queries(0):
        assert book.of_keys(*keys) is first
        assert book.of_keys(ticket.partner_id, ticket.outlet_id, ticket.customer_id).of("partner").code == "brand"
        calendars_of(ticket, book)
    assert codes(first) == ["brand", "partner-b", "partner-b", "brand"]


def test_a_ticket_without_partner_runs_by_the_brand(served):
    make_calendar("other")
    assert codes(calendars_of(Ticket())) == ["brand"] * 4
