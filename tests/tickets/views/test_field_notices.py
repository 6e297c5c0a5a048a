"""The in-app inbox, and the page about me."""

import pytest

from portal.notify.models import Notice
from tests import factories as make
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import browser
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def test_notices_lead_to_their_ticket_and_can_be_read(stage):
    ticket, person = stage.ticket_in(TicketState.DISPATCHED), browser(stage.ann.user)
    answer = person.get("/field/notices/")
    page = answer.content.decode()
    assert answer.context["unread"] == 1
    assert f"/field/{ticket.number}/" in page
    assert Notice.objects.get(user=stage.ann.user).read_at is None
    person.post("/field/notices/", {"notice": Notice.objects.get(user=stage.ann.user).pk})
    assert person.get("/field/notices/").context["unread"] == 0


def test_all_notices_are_read_at_once_and_only_mine(stage):
    for _ in range(2):
        stage.ticket_in(TicketState.DISPATCHED)
    browser(stage.ann.user).post("/field/notices/")
    assert not Notice.objects.filter(user=stage.ann.user, read_at=None).exists()
    assert Notice.objects.filter(user=stage.side.dispatcher, read_at=None).count() == 2


def test_the_notice_of_another_stays_unread(stage):
    stage.ticket_in(TicketState.DISPATCHED)
    foreign = Notice.objects.get(user=stage.side.dispatcher)
    browser(stage.ann.user).post("/field/notices/", {"notice": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_a14_what_is_no_longer_mine_is_not_told_again(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    stage.accept(ticket)
    page = browser(stage.side.technicians[1].user).get("/field/notices/").content.decode()
    assert ticket.title not in page
    assert "该工单已不在您名下" in page


def test_the_bar_counts_what_waits(stage):
    stage.ticket_in(TicketState.DISPATCHED)
    items = browser(stage.ann.user).get("/field/me/").context["nav_items"]
    assert [item.count for item in items] == [1, 0, 1, 0]


def test_me_shows_outlet_and_certificates(stage):
    make.CertificateFactory(staff=stage.ann, product_line=make.ProductLineFactory(name="储能柜"), number="CERT-OLD")
    page = browser(stage.ann.user).get("/field/me/").content.decode()
    for words in (stage.ann.name, stage.side.outlet.name, "CERT-Ann", "储能柜", "退出"):
        assert words in page


def test_me_without_a_staff_row(stage):
    lonely = make.member("dispatcher", stage.side.organisation)
    assert browser(lonely).get("/field/me/").status_code == 200
