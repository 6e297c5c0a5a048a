"""Parts move as the routes say, two lines a movement, and nothing is ever taken that is not there (R180, R181)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from partners.actions import stock
from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Stock, StockLine, StockMove, StockPlace, StockSerial
from partners.queries.stock import disagreements, low
from portal.journal.log import entries_for
from portal.kernel.errors import InvalidInput, PortalError, Refused
from tests.cast import actor
from tests.factories.stock import SparePartFactory, bag, stocked, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def alan(manager_a):
    return actor(manager_a)


@pytest.fixture
def at_ann(ann):
    return actor(ann)


def held(place, part):
    return Stock.objects.get(place=place, part=part).quantity


def test_r180_from_the_supplier_to_the_bag(mary, alan, at_ann, outlet_a, ann_staff):
    part = SparePartFactory()
    stock.purchase(mary, [Item(part, 10)], reference="PO-1")
    stock.ship(mary, outlet_a, [Item(part, 6)])
    stock.receive(alan, store(outlet_a), [Item(part, 6)])
    (move,) = stock.transfer(at_ann, store(outlet_a), bag(ann_staff), [Item(part, 2)])
    assert [held(place_of(PlaceKind.WAREHOUSE), part), held(store(outlet_a), part), held(bag(ann_staff), part)] == [
        4,
        4,
        2,
    ]
    assert (move.kind, sorted(line.quantity for line in move.lines.all())) == (MoveKind.TRANSFER, [-2, 2])
    (back,) = stock.transfer(at_ann, bag(ann_staff), store(outlet_a), [Item(part, 1)])
    assert (back.kind, back.source, back.target) == (MoveKind.RETURN, bag(ann_staff), store(outlet_a))
    assert entries_for(bag(ann_staff)).last().facts["parts"] == f"{part.number} × 1"
    assert not disagreements()


def test_what_is_not_there_cannot_be_taken(at_ann, outlet_a, ann_staff):
    part = stocked(store(outlet_a), 1)
    with pytest.raises(InvalidInput, match=r"holds 1 of .* but 2 are wanted"):
        stock.transfer(at_ann, store(outlet_a), bag(ann_staff), [Item(part, 2)])
    assert held(store(outlet_a), part) == 1
    assert StockMove.objects.count() == 1


def test_the_database_refuses_less_than_nothing(outlet_a):
    part = stocked(store(outlet_a), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(part=part).update(quantity=-1)


def test_the_ledger_cannot_be_changed(outlet_a):
    stocked(store(outlet_a), 1)
    for rows in (StockMove.objects.all(), StockLine.objects.all()):
        with pytest.raises(PortalError, match="cannot be changed"):
            rows.update(part=None)
        with pytest.raises(PortalError, match="cannot be changed"):
            rows.delete()


@pytest.mark.parametrize("table", ["partners_stockmove", "partners_stockline"])
def test_not_even_by_sql(outlet_a, table):
    stocked(store(outlet_a), 1)
    for command in (f"UPDATE {table} SET part_id = part_id", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            connection.cursor().execute(command)


def test_a_technician_touches_his_own_bag_only(at_ann, outlet_a, amy_staff, outlet_b):
    part = stocked(store(outlet_a))
    with pytest.raises(Refused, match="not yours"):
        stock.transfer(at_ann, store(outlet_a), bag(amy_staff), [Item(part, 1)])
    with pytest.raises(Refused, match="one partner only"):
        stock.transfer(at_ann, store(outlet_a), store(outlet_b), [Item(part, 1)])


def test_another_partners_store_is_out_of_reach(alan, outlet_b):
    part = stocked(store(outlet_b))
    with pytest.raises(Refused, match="not yours"):
        stock.scrap(alan, store(outlet_b), [Item(part, 1)], "破损")
    assert held(store(outlet_b), part) == 10


@pytest.mark.parametrize("who", ["at_ann", "mary"])
def test_only_keepers_scrap(request, who, outlet_a):
    part = stocked(store(outlet_a))
    with pytest.raises(Refused, match="role"):
        stock.scrap(request.getfixturevalue(who), store(outlet_a), [Item(part, 1)], "破损")


def test_scrapping_needs_a_reason(alan, outlet_a):
    part = stocked(store(outlet_a))
    with pytest.raises(InvalidInput, match="why it is scrapped"):
        stock.scrap(alan, store(outlet_a), [Item(part, 1)], " ")
    stock.scrap(alan, store(outlet_a), [Item(part, 1)], "受潮")
    assert held(store(outlet_a), part) == 9


def test_r181_serial_numbers_move_with_their_pieces(alan, outlet_a, ann_staff):
    part = stocked(store(outlet_a), 2, number="MCU-1", serialised=True)
    with pytest.raises(InvalidInput, match="name 1 of them"):
        stock.transfer(alan, store(outlet_a), bag(ann_staff), [Item(part, 1)])
    with pytest.raises(InvalidInput, match="does not lie here"):
        stock.transfer(alan, store(outlet_a), bag(ann_staff), [Item(part, 1, ["MCU-1-999"])])
    stock.transfer(alan, store(outlet_a), bag(ann_staff), [Item(part, 1, ["MCU-1-001"])])
    assert StockSerial.objects.get(serial="MCU-1-001").place == bag(ann_staff)
    with pytest.raises(InvalidInput, match="elsewhere"):
        post(alan, MoveKind.REPLACE, place_of(PlaceKind.CUSTOMER), store(outlet_a), [Item(part, 1, ["MCU-1-000"])])


def test_r181_reorder_points(alan, at_ann, outlet_a):
    part = stocked(store(outlet_a), 3)
    with pytest.raises(Refused):
        stock.set_reorder(at_ann, store(outlet_a), part, 4, 10)
    with pytest.raises(InvalidInput):
        stock.set_reorder(alan, store(outlet_a), part, 4, 4)
    stock.set_reorder(alan, store(outlet_a), part, 4, 10)
    stocked(place_of(PlaceKind.TRANSIT, outlet=outlet_a), 2, part)
    (found,) = low(StockPlace.objects.visible_to(alan))
    assert (found.quantity, found.coming, found.suggested) == (3, 2, 0)
    stock.scrap(alan, store(outlet_a), [Item(part, 2)], "受潮")
    (found,) = low(StockPlace.objects.visible_to(alan))
    assert found.suggested == 7
    assert stock.set_reorder(alan, store(outlet_a), part, 0, 0) is None
    assert not low(StockPlace.objects.visible_to(alan))


def test_only_certified_parts_of_the_list_are_bought(mary):
    new = SparePartFactory(number="FU-NEW")
    old = SparePartFactory(number="FU-OLD", valid_until="2021-01-01", superseded_by=new)
    fake = SparePartFactory(number="FU-X", certified=False)
    old.refresh_from_db()
    with pytest.raises(InvalidInput, match="use FU-NEW"):
        stock.purchase(mary, [Item(old, 1)])
    with pytest.raises(InvalidInput, match="not company-certified"):
        stock.purchase(mary, [Item(fake, 1)])


def test_r181_opening_stock_once_a_part_and_by_the_brand(mary, alan, outlet_a):
    part = SparePartFactory()
    with pytest.raises(Refused):
        stock.open_stock(alan, outlet_a, Item(part, 5))
    stock.open_stock(mary, outlet_a, Item(part, 5))
    assert held(store(outlet_a), part) == 5
    with pytest.raises(InvalidInput, match="count it instead"):
        stock.open_stock(mary, outlet_a, Item(part, 5))
    assert not disagreements()
