"""Requests for parts on a telephone (A01, B13, C02, R090)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partners.actions.ledger import place_of
from partners.choices.stock import PlaceKind
from partners.models import Stock
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories.stock import bag, stocked, store
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import browser
from tickets.actions import part_request
from tickets.choices import TicketState
from tickets.choices.part_request import RequestState
from tickets.models import PartRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


@pytest.fixture
def part(stage):
    return Stock.objects.get(part__number="FU-30").part


@pytest.fixture
def sent(stage, ticket, part):
    """On its way, promised for today."""
    tom = actor(make.member(Role.TECHNICAL, stage.brand, username="tom", name="Tom"))
    row = part_request.request(stage.technician, part, 2, ticket=ticket, outlet=stage.side.outlet)
    row = part_request.promise(tom, row, clock.today())
    stocked(place_of(PlaceKind.WAREHOUSE), 5, part)
    return part_request.ship(tom, row)


def test_asked_for_on_the_page_of_the_ticket(stage, ticket):
    person = browser(stage.ann.user)
    assert f"?ticket={ticket.number}" in person.get(f"/field/{ticket.number}/").content.decode()
    address = f"{reverse('field:part_new')}?ticket={ticket.number}"
    form = person.get(address).context["form"]
    assert "outlet" not in form.fields
    data = {"number": "fu-30", "quantity": "2", "note": "备用", "key": str(form["key"].value())}
    assert person.post(address, data).status_code == 302
    assert person.post(address, data).status_code == 302  # pressed twice
    row = PartRequest.objects.get()
    assert (row.ticket, row.outlet, row.quantity, row.state) == (ticket, stage.side.outlet, 2, RequestState.REQUESTED)
    assert row.number in person.get(f"/field/{ticket.number}/").content.decode()


def test_what_is_wrong_is_told_and_what_was_typed_stays(stage, ticket):
    address = f"{reverse('field:part_new')}?ticket={ticket.number}"
    answer = browser(stage.ann.user).post(address, {"number": "NO-1", "quantity": "0", "note": "等件说明文字"})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"number", "quantity"}
    assert "等件说明文字" in answer.content.decode()


def test_the_outlet_asks_for_its_store(stage, part):
    address = reverse("field:part_new")
    person = browser(stage.side.dispatcher)
    filled = person.get(address, {"part": "FU-30", "quantity": "7"}).context["form"]
    assert (filled["number"].value(), filled["quantity"].value()) == ("FU-30", 7)
    data = {"number": "FU-30", "quantity": "7", "outlet": stage.side.outlet.pk}
    assert person.post(address, data).status_code == 302
    assert PartRequest.objects.get().ticket is None
    refused = browser(stage.ann.user).post(address, data)
    assert refused.status_code == 403


def test_received_into_the_bag(stage, sent, part):
    person = browser(stage.ann.user)
    assert "确认到货" in person.get(reverse("field:part", args=[sent.number])).content.decode()
    address = reverse("field:part_deed", args=[sent.number, "receive"])
    assert person.post(address, {"into_bag": "on"}).status_code == 302
    assert Stock.objects.get(place=bag(stage.ann), part=part).quantity == 2
    assert person.post(address, {"into_bag": "on"}).status_code == 302  # too late: told, nothing moves
    assert Stock.objects.get(place=bag(stage.ann), part=part).quantity == 2


def test_handed_out_of_the_store_and_withdrawn(stage, ticket, part):
    outlet, dispatcher = stage.side.outlet, browser(stage.side.dispatcher)
    row = part_request.request(stage.technician, part, 3, ticket=ticket, outlet=outlet)
    address = reverse("field:part_deed", args=[row.number, "hand_out"])
    assert browser(stage.ann.user).get(address).status_code == 302
    assert dispatcher.post(address, {"target": stage.ann.pk}).status_code == 302
    assert Stock.objects.get(place=store(outlet), part=part).quantity == 97
    row = part_request.request(stage.technician, part, 1, ticket=ticket, outlet=outlet)
    address = reverse("field:part_deed", args=[row.number, "cancel"])
    assert dispatcher.post(address, {"reason": ""}).status_code == 400
    assert dispatcher.post(address, {"reason": "客户改期"}).status_code == 302
    row.refresh_from_db()
    assert row.state == RequestState.CANCELLED


def test_late_ones_have_a_tab_and_a_count(stage, sent):
    with clock.travel(clock.now() + timedelta(days=3)):
        person = browser(stage.ann.user)
        answer = person.get(reverse("field:parts"), {"tab": "late"})
        assert [row.number for row in answer.context["page"]] == [sent.number]
        assert "已逾期" in answer.content.decode()
        assert '<span class="nav-count">1</span>' in person.get(reverse("field_menu")).content.decode()
    assert not browser(stage.ann.user).get(reverse("field:parts"), {"tab": "late"}).context["page"].object_list


@pytest.mark.parametrize(("words", "found"), [("FU-30", 1), ("保险丝", 1), ("BJ2", 1), ("MCU", 0)])
def test_found_by_request_part_or_ticket(stage, sent, words, found):
    answer = browser(stage.ann.user).get(reverse("field:parts"), {"q": words})
    assert len(answer.context["page"]) == found


def test_a01_a_strangers_request_is_absent(stage, sent):
    for user in (stage.other.manager, stage.other.technicians[0].user, stage.side.technicians[1].user):
        person = browser(user)
        assert person.get(reverse("field:part", args=[sent.number])).status_code == 404
        assert person.post(reverse("field:part_deed", args=[sent.number, "receive"])).status_code == 404
        assert not person.get(reverse("field:parts")).context["page"].object_list
    assert browser(stage.ann.user).get(reverse("field:part_deed", args=[sent.number, "promise"])).status_code == 404
