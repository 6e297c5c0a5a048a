"""Stock on a telephone: what is seen, what is moved, what stays a stranger's (A01, B13, C02, R180, R181)."""

import pytest
from django.urls import reverse

from partners.actions.ledger import place_of
from partners.choices.stock import PlaceKind
from partners.models import ReorderPoint, Stock, StockMove
from portal.accounts.actor import Actor
from tests.factories.stock import bag, stocked, store
from tests.tickets.views.field_page import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(outlet_a):
    return stocked(store(outlet_a), 5, number="FU-30", name="保险丝", fits="EV-001")


def page(place, part, way=""):
    names = {"": "stock_part"}
    arguments = [place.pk, part.pk, way] if way else [place.pk, part.pk]
    return reverse(f"house:{names.get(way, 'stock_move')}", args=arguments)


def held(place, part):
    row = Stock.objects.filter(place=place, part=part).first()
    return row.quantity if row else 0


def key_of(person, address):
    return str(person.get(address).context["form"]["key"].value())


def test_a_technician_sees_bag_and_store(ann, ann_staff, amy_staff, outlet_a, part):
    stocked(bag(ann_staff), 2, part)
    stocked(bag(amy_staff), 1, part)
    answer = browser(ann).get(reverse("house:stock"))
    assert [(place.kind, place.kinds) for place in answer.context["places"]] == [("bag", 1), ("store", 1)]
    assert "保险丝" in answer.content.decode()


@pytest.mark.parametrize(("words", "found"), [("FU-30", 1), ("保险", 1), ("EV-001 保险", 1), ("EV-999", 0), ("\0", 1)])
def test_search_by_number_name_and_model(ann, part, words, found):
    answer = browser(ann).get(reverse("house:stock"), {"q": words})
    assert len(answer.context["page"]) == found


def test_an_empty_store_says_what_to_do(dispatcher_a, outlet_a):
    store(outlet_a)
    assert "这里还没有备件" in browser(dispatcher_a).get(reverse("house:stock")).content.decode()


def test_taking_and_giving_back(ann, ann_staff, outlet_a, part):
    person = browser(ann)
    address = page(store(outlet_a), part, "take")
    data = {"quantity": "2", "key": key_of(person, address)}
    assert person.post(address, data).status_code == 302
    assert person.post(address, data).status_code == 302  # the second press moves nothing
    assert (held(store(outlet_a), part), held(bag(ann_staff), part)) == (3, 2)
    address = page(bag(ann_staff), part, "back")
    assert person.post(address, {"quantity": "1", "key": key_of(person, address)}).status_code == 302
    assert (held(store(outlet_a), part), held(bag(ann_staff), part)) == (4, 1)


def test_more_than_there_is_is_told_at_the_field(ann, outlet_a, part):
    answer = browser(ann).post(page(store(outlet_a), part, "take"), {"quantity": "6"})
    assert answer.status_code == 400
    assert "quantity" in answer.context["form"].errors
    assert held(store(outlet_a), part) == 5


def test_serial_numbers_are_ticked(dispatcher_a, amy_staff, outlet_a):
    part = stocked(store(outlet_a), 2, number="MCU-1", serialised=True)
    person, address = browser(dispatcher_a), page(store(outlet_a), part, "take")
    assert person.post(address, {"target": amy_staff.pk}).status_code == 400
    assert person.post(address, {"target": amy_staff.pk, "serials": ["MCU-1-001"]}).status_code == 302
    assert part.pieces.get(place=bag(amy_staff)).serial == "MCU-1-001"


def test_receiving_into_the_bag(ann, ann_staff, outlet_a, part):
    way = place_of(PlaceKind.TRANSIT, outlet=outlet_a)
    stocked(way, 2, part)
    assert browser(ann).post(page(way, part, "receive"), {"quantity": "2", "into_bag": "on"}).status_code == 302
    assert held(bag(ann_staff), part) == 2


def test_a_keeper_sends_scraps_and_sets_the_reorder_point(dispatcher_a, ann, outlet_a, part):
    person, warehouse = browser(dispatcher_a), place_of(PlaceKind.WAREHOUSE)
    sent = {"quantity": "1", "target": warehouse.pk, "reason": "滞销"}
    assert person.post(page(store(outlet_a), part, "send"), sent).status_code == 302
    assert person.post(page(store(outlet_a), part, "scrap"), {"quantity": "1", "reason": ""}).status_code == 400
    assert person.post(page(store(outlet_a), part, "scrap"), {"quantity": "1", "reason": "受潮"}).status_code == 302
    assert (
        person.post(page(store(outlet_a), part, "reorder"), {"reorder_at": "4", "order_up_to": "4"}).status_code == 400
    )
    assert (
        person.post(page(store(outlet_a), part, "reorder"), {"reorder_at": "4", "order_up_to": "9"}).status_code == 302
    )
    assert (held(warehouse, part), held(store(outlet_a), part), ReorderPoint.objects.get().order_up_to) == (1, 3, 9)
    low = person.get(reverse("field:parts_low"))
    assert [row.suggested for row in low.context["rows"]] == [6]
    assert "part=FU-30&amp;quantity=6" in low.content.decode()
    theirs = browser(ann).get(reverse("field:parts_low")).content.decode()
    assert "FU-30" in theirs
    assert "quantity=6" not in theirs, "a technician orders for his tickets only"


@pytest.mark.parametrize("way", ["send", "scrap", "reorder", "unknown"])
def test_what_is_not_his_is_not_there(ann, outlet_a, part, way):
    assert browser(ann).get(page(store(outlet_a), part, way)).status_code == 404


def test_a01_another_partners_store_is_absent(bob, manager_b, outlet_a, part):
    for user in (bob, manager_b):
        person = browser(user)
        for address in (page(store(outlet_a), part), page(store(outlet_a), part, "take")):
            assert person.get(address).status_code == 404
            assert person.post(address, {"quantity": "1"}).status_code in (404, 405)
        assert not person.get(reverse("house:stock"), {"q": "保险丝"}).context["page"].object_list
        assert not person.get(reverse("house:stock_moves")).context["page"].object_list
    assert held(store(outlet_a), part) == 5


def test_b13_looking_moves_nothing(dispatcher_a, outlet_a, part):
    before = StockMove.objects.count()
    for way in ("take", "send", "scrap", "reorder"):
        assert browser(dispatcher_a).get(page(store(outlet_a), part, way)).status_code == 200
    assert StockMove.objects.count() == before


def test_movements_are_found_by_their_words(dispatcher_a, outlet_a, part):
    person = browser(dispatcher_a)
    assert "FU-30" in person.get(reverse("house:stock_moves")).content.decode()
    assert not person.get(reverse("house:stock_moves"), {"q": "MCU"}).context["page"].object_list
    assert person.get(page(store(outlet_a), part)).status_code == 200
    assert Actor.system().is_system


def test_the_last_piece_booked_twice_is_booked_already(ann, bob, outlet_a, part):
    person, address = browser(ann), page(store(outlet_a), part, "take")
    data = {"quantity": "5", "key": key_of(person, address)}
    assert person.post(address, data).status_code == 302
    for again in (person.post(address, data), person.get(address)):
        assert again.status_code == 409
        assert "FU-30" in again.content.decode()
    assert browser(bob).get(address).status_code == 404
