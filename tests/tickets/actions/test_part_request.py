"""Parts are asked for, promised, sent and received; what is late is told once (R060, R086, R090, R180)."""

from datetime import date, timedelta

import pytest

from partners.actions import stock
from partners.actions.ledger import Item, place_of
from partners.choices.stock import PlaceKind
from partners.models import Stock
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories.stock import SparePartFactory, bag, stocked, store
from tickets.actions import part_request
from tickets.choices import TicketState
from tickets.choices.part_request import RequestState
from tickets.models import PartRequest
from tickets.queries.parts_open import open_part_request

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def tom(stage):
    return actor(make.member(Role.TECHNICAL, stage.brand, username="tom", name="Tom"))


@pytest.fixture
def part(db):
    return SparePartFactory(number="MCU-2", name="主控板")


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


def ask(stage, part, ticket=None, who=None, quantity=2):
    return part_request.request(
        who or stage.technician, part, quantity, ticket=ticket, outlet=stage.side.outlet, note="现场等件"
    )


def told(code):
    return set(Notice.objects.filter(type=code).values_list("user__username", flat=True))


def test_r090_from_the_telephone_to_the_bag(stage, tom, part, ticket):
    assert not open_part_request(ticket)
    row = ask(stage, part, ticket)
    assert (row.number[:2], row.state, open_part_request(ticket)) == ("BJ", RequestState.REQUESTED, True)
    assert told("part.requested") == {"tom"}
    row = part_request.promise(tom, row, clock.today() + timedelta(days=2))
    assert told("part.promised") == {"ann"}
    with pytest.raises(InvalidInput, match="holds 0 of MCU-2"):
        part_request.ship(tom, row)
    stock.purchase(tom, [Item(part, 5)])
    row = part_request.ship(tom, row)
    row = part_request.receive(stage.technician, row, bag(stage.ann))
    assert (row.state, row.is_late, open_part_request(ticket)) == (RequestState.SUPPLIED, False, False)
    assert Stock.objects.get(place=bag(stage.ann), part=part).quantity == 2
    log = [entry.verb for entry in entries_for(ticket)][-4:]
    assert log == ["part_requested", "part_promised", "part_shipped", "part_supplied"]


def test_serial_numbers_travel_with_the_parcel(stage, tom, ticket):
    part = SparePartFactory(number="MCU-3", serialised=True)
    stock.purchase(tom, [Item(part, 2, ["S1", "S2"])])
    row = part_request.promise(tom, ask(stage, part, ticket, quantity=1), clock.today())
    row = part_request.ship(tom, row, ["S2"])
    part_request.receive(stage.technician, row)
    assert part.pieces.get(place=store(stage.side.outlet)).serial == "S2"


def test_the_store_can_help_out(stage, part, ticket):
    stocked(store(stage.side.outlet), 3, part)
    row = ask(stage, part, ticket)
    with pytest.raises(Refused):
        part_request.hand_out(stage.technician, row, bag(stage.ann))
    row = part_request.hand_out(stage.dispatcher, row, bag(stage.ann))
    assert row.state == RequestState.SUPPLIED
    assert Stock.objects.get(place=bag(stage.ann), part=part).quantity == 2


def test_r086_the_first_promise_binds(stage, tom, part):
    row = ask(stage, part, who=stage.dispatcher)
    today = clock.today()
    row = part_request.promise(tom, row, today + timedelta(days=1))
    row = part_request.promise(tom, row, today + timedelta(days=9), "供应商延期")
    assert (row.promised_until, row.expected_on) == (today + timedelta(days=1), today + timedelta(days=9))
    with pytest.raises(InvalidInput, match="future"):
        part_request.promise(tom, row, today - timedelta(days=1))


def test_r060_what_is_late_is_told_once(stage, tom, part, ticket):
    row = part_request.promise(tom, ask(stage, part, ticket), clock.today())
    assert part_request.tell_late() == 0
    with clock.travel(clock.now() + timedelta(days=2)):
        assert list(PartRequest.objects.overdue()) == [row]
        assert PartRequest.objects.get().is_late
        assert [part_request.tell_late(), part_request.tell_late()] == [1, 0]
    assert told("part.late") == {"ann", "tom"}


def test_it_is_withdrawn_with_a_reason_while_nothing_is_on_the_way(stage, tom, part, ticket):
    row = ask(stage, part, ticket)
    with pytest.raises(InvalidInput, match="why"):
        part_request.cancel(stage.technician, row, " ")
    row = part_request.cancel(tom, row, "停产")
    assert (row.state, open_part_request(ticket), told("part.cancelled")) == (RequestState.CANCELLED, False, {"ann"})
    with pytest.raises(Conflict, match="Withdrawn"):
        part_request.promise(tom, row, clock.today())


def test_who_may_ask(stage, tom, part, ticket):
    with pytest.raises(Refused, match="one of his tickets"):
        ask(stage, part)
    with pytest.raises(Refused, match="Partners"):
        ask(stage, part, who=tom)
    with pytest.raises(Refused, match="not yours"):
        ask(stage, part, ticket, who=stage.stranger)
    amy = actor(stage.side.technicians[1].user)
    with pytest.raises(Refused):
        ask(stage, part, ticket, who=amy)
    for quantity in (0, 1000):
        with pytest.raises(InvalidInput, match="1 to 999"):
            ask(stage, part, ticket, quantity=quantity)
    closed = stage.ticket_in(TicketState.CLOSED)
    with pytest.raises(Conflict, match="closed"):
        ask(stage, part, closed, who=stage.dispatcher)


def test_a_strangers_request_is_nobodys(stage, tom, part, ticket):
    row = part_request.promise(tom, ask(stage, part, ticket), clock.today())
    assert not PartRequest.objects.visible_to(stage.stranger)
    assert not PartRequest.objects.visible_to(Actor.customer(ticket.pk, "x"))
    with pytest.raises(Refused, match="not yours"):
        part_request.cancel(stage.stranger, row, "没有理由")
    assert PartRequest.objects.visible_to(stage.technician).get() == row
    assert not PartRequest.objects.visible_to(actor(stage.side.technicians[1].user))
    assert place_of(PlaceKind.WAREHOUSE).kind == "warehouse"
    assert row.promised_until == date.fromordinal(clock.today().toordinal())
