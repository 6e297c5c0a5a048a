"""Whom a change of a ticket is told (R060, R121; A16)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.notify.models import Notice
from tests import factories as make
from tests.tickets.stages import Stage
from tickets import notices
from tickets.actions import closure, completion
from tickets.choices import CancelReason, TicketState

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def told(code: str) -> list[str]:
    """Who was told, the customer aside."""
    return sorted(Notice.objects.filter(type=code, user__isnull=False).values_list("user__username", flat=True))


def test_a16_who_once_led_elsewhere_is_not_told_as_a_leader(stage):
    elsewhere = make.OutletFactory(partner=stage.side.partner, code="W-A2")
    staff = make.StaffFactory(outlet=elsewhere)
    Membership.objects.create(
        user=staff.user, organisation=stage.other.organisation, role=Role.PARTNER_MANAGER, active=False
    )
    stage.ticket_in(TicketState.DISPATCHED)
    assert told("ticket.dispatched") == ["alan", "amy", "ann", "dick"]


def test_who_left_the_outlet_is_not_told(stage):
    stage.ann.active = False
    stage.ann.save()
    stage.ticket_in(TicketState.DISPATCHED)
    assert "ann" not in told("ticket.dispatched")


def test_who_might_have_taken_it_hears_that_it_is_withdrawn(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    closure.cancel(stage.customer_of(ticket), ticket, CancelReason.WITHDRAWN)
    assert told("ticket.cancelled") == ["alan", "amy", "ann", "dick"]


def test_a_reopened_ticket_is_not_called_rejected(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    completion.reopen(stage.customer_of(ticket), ticket, reason="又坏了")
    assert told("ticket.reopened") == ["ann", "dora"]
    assert told("ticket.rejected") == []


def test_the_desk_of_another_region_is_not_told(stage):
    make.member(Role.SERVICE_DESK, stage.brand, regions=("江苏省",), username="nanjing")
    make.member(Role.SERVICE_DESK, stage.brand, regions=("上海市",), username="shanghai")
    stage.receive()
    assert told("ticket.new") == ["dora", "shanghai"]


def test_finding_the_people_takes_the_same_queries_however_many_they_are(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            notices.tell_partner(ticket, "ticket.dispatched", due=ticket.received_at)
            notices.tell_desk(ticket, "ticket.new")
        looked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
        return sum("notify_noticetext" not in sql for sql in looked)

    before = asked()
    make.StaffFactory(outlet=stage.side.outlet)
    make.member(Role.SERVICE_DESK, stage.brand)
    assert asked() == before
