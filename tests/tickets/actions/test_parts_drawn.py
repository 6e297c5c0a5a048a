"""附件3 draws each part from the bag or the store, at cost outside warranty, takes the old one back (R134, R189)."""

from decimal import Decimal

import pytest

from partners.actions.ledger import place_of
from partners.choices.stock import PlaceKind
from partners.models import Stock, StockMove, StockSerial
from partners.queries.stock import disagreements
from portal.kernel.errors import InvalidInput
from tests.factories.stock import SparePartFactory, bag, stocked, store
from tickets.choices import TicketState
from tickets.choices.part_request import OldPart
from tickets.models import PartUsage, Ticket

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def at_work(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


def line(number="FU-30", quantity=1, **values):
    return {"part_number": number, "quantity": quantity, **values}


def left(place, number):
    return Stock.objects.get(place=place, part__number=number).quantity


def test_the_bag_is_emptied_before_the_store(stage, at_work):
    part = Stock.objects.get(part__number="FU-30").part
    stocked(bag(stage.ann), 3, part)
    stage.complete(at_work, parts=[line(quantity=2), line(quantity=2)])
    assert (left(bag(stage.ann), "FU-30"), left(store(stage.side.outlet), "FU-30")) == (1, 98)
    assert [usage.drawn_from for usage in PartUsage.objects.order_by("pk")] == [
        bag(stage.ann),
        store(stage.side.outlet),
    ]
    assert {move.reference for move in StockMove.objects.filter(kind="issue")} == {at_work.number}
    assert not disagreements()


def test_what_neither_holds_is_told_in_words(stage, at_work):
    stocked(bag(stage.ann), 1, number="MCU-9", name="主控板")
    with pytest.raises(InvalidInput, match=r"2 of MCU-9 主控板 are needed, but the bag holds 1 and the outlet store 0"):
        stage.complete(at_work, parts=[line("MCU-9", 2)])
    assert not PartUsage.objects.exists()
    assert left(bag(stage.ann), "MCU-9") == 1
    assert Ticket.objects.get().state == TicketState.IN_PROGRESS


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"certified": False}, "not company-certified"),
        ({"valid_until": "2021-01-01"}, "has left the parts list"),
        ({"valid_from": "2039-01-01"}, "not in the parts list yet"),
    ],
)
def test_r134_only_certified_parts_of_the_list(stage, at_work, values, words):
    SparePartFactory(number="OLD-1", **values)
    with pytest.raises(InvalidInput, match=words):
        stage.complete(at_work, parts=[line("OLD-1")])


def test_r189_free_in_warranty_and_at_cost_outside_it(stage, at_work):
    stage.complete(at_work, parts=[line(in_warranty=True, unit_price=Decimal(99)), line(in_warranty=False)])
    free, paid = PartUsage.objects.order_by("pk")
    assert (free.amount, paid.amount) == (Decimal("0.00"), Decimal("12.50"))
    assert paid.completion.charge == Decimal("12.50")


def test_r189_more_than_cost_is_refused_and_less_is_goodwill(stage, at_work):
    with pytest.raises(InvalidInput, match="charged at cost"):
        stage.complete(at_work, parts=[line(in_warranty=False, unit_price=Decimal("12.51"))])
    stage.complete(at_work, parts=[line(in_warranty=False, unit_price=Decimal("10"))])
    assert PartUsage.objects.get().amount == Decimal("10.00")


def test_a_serialised_part_leaves_with_its_number_and_the_old_one_comes_back(stage, at_work):
    stocked(store(stage.side.outlet), 2, number="MCU-1", serialised=True)
    shelf = place_of(PlaceKind.OLD_PARTS, outlet=stage.side.outlet)
    back = {"old_part": OldPart.RETURNED}
    with pytest.raises(InvalidInput, match="tracked by serial number"):
        stage.complete(at_work, parts=[line("MCU-1", **back, old_serial="S-OLD")])
    with pytest.raises(InvalidInput, match="serial number of the old part"):
        stage.complete(at_work, parts=[line("MCU-1", **back, new_serial="MCU-1-001")])
    with pytest.raises(InvalidInput, match="neither in the bag nor in the outlet store"):
        stage.complete(at_work, parts=[line("MCU-1", **back, new_serial="MCU-1-777", old_serial="S-OLD")])
    stage.complete(at_work, parts=[line("MCU-1", **back, new_serial="MCU-1-001", old_serial="S-OLD")])
    places = dict(StockSerial.objects.values_list("serial", "place__kind"))
    assert places == {"MCU-1-000": "store", "MCU-1-001": "customer", "S-OLD": "old_parts"}
    assert left(shelf, "MCU-1") == 1


def test_what_was_fitted_elsewhere_is_taken_as_it_is_told(stage, at_work):
    """Tickets that were taken in from another system name parts that no store of ours ever held."""
    Ticket.objects.filter(pk=at_work.pk).update(imported_from="crm", external_id="1")
    told = {"name": "旧型号保险丝", "in_warranty": False, "unit_price": Decimal("30")}
    stage.complete(at_work, parts=[line("X-77", **told)])
    usage = PartUsage.objects.get()
    assert (usage.part, usage.drawn_from, usage.amount) == (None, None, Decimal("30.00"))
    assert not StockMove.objects.filter(kind="issue").exists()
