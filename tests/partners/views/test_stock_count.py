"""Counts: the sheet, what is there, the difference posted with reason and approval (R181)."""

import pytest
from django.urls import reverse
from django.utils import translation

from partners.actions import stock_count
from partners.actions.stock_count import Found
from partners.choices.stock import CountState
from partners.models import Stock, StockCount, StockMove, StockSerial
from partners.queries.stock import disagreements
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.cast import actor
from tests.factories.stock import bag, stocked, store
from tests.tickets.views.field_page import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(outlet_a):
    place = store(outlet_a)
    return stocked(place, 5, number="FU-30"), stocked(place, 2, number="MCU-1", serialised=True)


@pytest.fixture
def sheet(dispatcher_a, outlet_a, parts):
    return stock_count.open_count(actor(dispatcher_a), store(outlet_a))


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def found(sheet, **by_number):
    lines = {line.part.number.replace("-", "_"): line for line in sheet.lines.select_related("part")}
    return {lines[number].pk: told for number, told in by_number.items()}


def test_r181_the_whole_way_on_the_telephone(dispatcher_a, manager_a, outlet_a, parts):
    person, place = browser(dispatcher_a), store(outlet_a)
    assert person.post(reverse("house:counts"), {"place": place.pk}).status_code == 302
    sheet = StockCount.objects.get()
    address = reverse("house:count", args=[sheet.number])
    fuse, board = sheet.lines.order_by("part__number")
    typed = {"what": "enter", f"found_{fuse.pk}": "4", f"found_{board.pk}": "MCU-1-000\nMCU-1-001"}
    answer = person.post(address, typed)
    assert answer.status_code == 400
    assert f"reason_{fuse.pk}" in answer.context["forms"]["enter"].errors
    assert person.post(address, {**typed, f"reason_{fuse.pk}": "漏登记一次领用"}).status_code == 302
    assert "decision" not in person.get(address).content.decode()
    chief = browser(manager_a)
    assert chief.post(address, {"what": "decide", "decision": "approve", "remark": "同意"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, Stock.objects.get(place=place, part=parts[0]).quantity) == (CountState.POSTED, 4)
    move = StockMove.objects.get(reference=sheet.number)
    assert (move.kind, move.reason, move.quantity) == ("count", "漏登记一次领用", 1)
    verbs = [entry.verb for entry in entries_for(sheet)]
    assert verbs == ["count_opened", "count_entered", "count_posted"]
    assert not disagreements()


def test_serial_numbers_are_counted_one_by_one(dispatcher_a, manager_a, sheet):
    told = {"FU_30": Found(5), "MCU_1": Found(2, ("MCU-1-000", "MCU-1-900"), "序列号登记错误")}
    stock_count.enter(actor(dispatcher_a), sheet, found(sheet, **told))
    stock_count.approve(actor(manager_a), sheet)
    assert dict(StockSerial.objects.values_list("serial", "place__kind")) == {
        "MCU-1-000": "store", "MCU-1-001": "difference", "MCU-1-900": "store",
    }  # fmt: skip
    assert not disagreements()


@pytest.mark.usefixtures("english")
def test_what_moved_meanwhile_is_no_difference(dispatcher_a, manager_a, outlet_a, ann_staff, parts, sheet):
    from partners.actions import stock  # noqa: PLC0415
    from partners.actions.ledger import Item  # noqa: PLC0415

    keeper = actor(dispatcher_a)
    stock.transfer(keeper, store(outlet_a), bag(ann_staff), [Item(parts[0], 2)])
    told = {"FU_30": Found(3), "MCU_1": Found(2, ("MCU-1-000", "MCU-1-001"))}
    stock_count.enter(keeper, sheet, found(sheet, **told))
    stock_count.approve(actor(manager_a), sheet)
    assert not StockMove.objects.filter(reference=sheet.number).exists()


@pytest.mark.usefixtures("english")
def test_who_may_count_and_approve(dispatcher_a, manager_a, manager_b, ann, ann_staff, outlet_a, sheet):
    keeper = actor(dispatcher_a)
    with pytest.raises(Conflict, match="counted already"):
        stock_count.open_count(keeper, store(outlet_a))
    with pytest.raises(Refused):
        stock_count.open_count(actor(ann), store(outlet_a))
    assert stock_count.open_count(actor(ann), bag(ann_staff)).state == CountState.OPEN
    with pytest.raises(InvalidInput, match="as well"):
        stock_count.enter(keeper, sheet, {})
    told = {"FU_30": Found(5), "MCU_1": Found(2, ("MCU-1-000", "MCU-1-001"))}
    stock_count.enter(keeper, sheet, found(sheet, **told))
    for stranger in (keeper, actor(manager_b), actor(ann)):
        with pytest.raises(Refused):
            stock_count.approve(stranger, sheet)
    with pytest.raises(InvalidInput):
        stock_count.refuse(actor(manager_a), sheet, " ")
    sheet = stock_count.refuse(actor(manager_a), sheet, "主控板请复核")
    assert sheet.state == CountState.REFUSED
    with pytest.raises(Conflict):
        stock_count.approve(actor(manager_a), sheet)


def test_something_that_the_books_do_not_know(dispatcher_a, manager_a, outlet_a, sheet):
    stocked(bag(outlet_a.staff.first()), 1, number="FU-77")
    person, address = browser(dispatcher_a), reverse("house:count", args=[sheet.number])
    assert person.post(address, {"what": "add", "number": "NO-1"}).status_code == 400
    assert person.post(address, {"what": "add", "number": "fu-77"}).status_code == 302
    told = {"FU_30": Found(5), "MCU_1": Found(2, ("MCU-1-000", "MCU-1-001")), "FU_77": Found(1, (), "账外")}
    stock_count.enter(actor(dispatcher_a), sheet, found(sheet, **told))
    stock_count.approve(actor(manager_a), sheet)
    assert Stock.objects.get(place=store(outlet_a), part__number="FU-77").quantity == 1


def test_a01_another_partners_count_is_absent(manager_b, sheet):
    assert browser(manager_b).get(reverse("house:count", args=[sheet.number])).status_code == 404
    assert not browser(manager_b).get(reverse("house:counts")).context["page"].object_list
