"""The parts list of the demonstration, what lies in the stores, and what the stories draw and order."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from partners.actions import stock, stock_count
from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import SparePart, Stock, StockPlace
from portal.accounts.actor import Actor
from portal.demo import texts
from portal.demo.network import SYSTEM, Network, Person, Shop
from portal.kernel import clock
from tickets.actions import part_request
from tickets.models import PartRequest, Ticket

#: From this price in yuan on a part is tracked by serial number.
TRACKED = 2_000
#: What a store begins with, and what is bought when it runs out.
OPENING, REFILL = 12, 12
_FAULTS = ("fault", "emergency")


def build(network: Network, today: date) -> None:
    """The parts list, a full warehouse, and an opening count of every store."""
    parts = _parts_list(network, today)
    every = {part.pk: part for rows in parts.values() for part in rows}
    stock.purchase(network.manager, [_item(part, 60, "LQ") for part in every.values()], "首批备货", "CG-0001")
    for shop in network.shops:
        mine = {part.pk: part for code in sorted(shop.lines) for part in parts[code]}
        items = [_item(part, OPENING, shop.row.code) for part in mine.values()]
        post(SYSTEM, MoveKind.COUNT, place_of(PlaceKind.DIFFERENCE), _store(shop), items, reason="期初盘点")


def at_hand(shop: Shop, number: str, quantity: int, manager: Actor) -> dict[str, Any]:
    """What the sheet says of a part that was fitted; a store that runs out is filled from the warehouse first."""
    part = SparePart.objects.get(number=number)
    lying = Stock.objects.filter(place=_store(shop), part=part).first()
    if lying is None or lying.quantity < quantity:
        _refill(shop, part, manager)
    told: dict[str, Any] = {"part_number": number, "quantity": quantity}
    if part.serialised:
        piece = part.pieces.filter(place=_store(shop)).order_by("serial").first()
        told |= {"quantity": 1, "new_serial": piece.serial if piece else ""}
    return told


def await_parts(person: Person, ticket: Ticket, number: str, manager: Actor, until: date) -> PartRequest:
    """The technician asks, the warehouse promises."""
    part = SparePart.objects.get(number=number)
    row = part_request.request(person.actor, part, 1, ticket=ticket, outlet=person.row.outlet, note="现场等件")
    return part_request.promise(manager, row, max(until, clock.today()))


def bring(person: Person, row: PartRequest, manager: Actor) -> None:
    """It comes out of the warehouse into the store."""
    items = [_item(row.part, 1, f"LQ-{row.number}")]
    stock.purchase(manager, items, "补货")
    part_request.receive(person.actor, part_request.ship(manager, row, items[0].serials))


def fill(random: Random, network: Network, today: date) -> None:
    """What waits now: reorder points, requests in every state, one of them overdue, and a count to be approved."""
    first = network.shops[0]
    keeper, place = first.dispatcher, _store(first)
    rows = list(Stock.objects.filter(place=place, quantity__gt=0).select_related("part").order_by("part__number"))
    for row in rows[:12]:
        at = row.quantity + random.choice((-3, -2, 1, 2))
        stock.set_reorder(keeper, place, row.part, max(1, at), max(1, at) + 8)
    for person in first.people:
        stock.transfer(keeper, place, _bag(person), [Item(r.part, 2) for r in rows[:6] if _plenty(r)], "随车备件")
    _requests(network, first, [row.part for row in rows if not row.part.serialised][:5])
    _count(keeper, place)


def _requests(network: Network, shop: Shop, parts: list[SparePart]) -> None:
    now, today = clock.now(), clock.today()
    for index, part in enumerate(parts):
        with clock.travel(now - timedelta(days=9 - index)):
            row = part_request.request(shop.dispatcher, part, 4, outlet=shop.row, note="低于订货点")
            if index < 4:
                row = part_request.promise(network.manager, row, today - timedelta(days=2 - index))
        if index in (1, 2):
            row = part_request.ship(network.manager, row)
        if index == 1:
            part_request.receive(shop.dispatcher, row)


def _count(keeper: Actor, place: StockPlace) -> None:
    sheet = stock_count.open_count(keeper, place)
    lines = list(sheet.lines.select_related("part"))
    found: dict[int, stock_count.Found] = {
        line.pk: stock_count.Found(line.expected, _pieces(line.part, place)) for line in lines
    }
    wrong = next(line for line in lines if not line.part.serialised and line.expected > 1)
    found[wrong.pk] = stock_count.Found(wrong.expected - 1, (), "上月更换后未登记领用")
    stock_count.enter(keeper, sheet, found)


def _parts_list(network: Network, today: date) -> dict[str, list[SparePart]]:
    """Every part that a story speaks of, by product line."""
    told: dict[str, tuple[str, int, set[str]]] = {}
    for code in network.lines:
        for kind in _FAULTS:
            for matter in texts.line(code).get(kind, []):
                for number, name, price in matter["parts"]:
                    told.setdefault(number, (name, price, set()))[2].add(code)
    listed: dict[str, list[SparePart]] = {code: [] for code in network.lines}
    for number, (name, price, codes) in sorted(told.items()):
        row = SparePart(number=number, name=name, cost_price=Decimal(price), serialised=price >= TRACKED)
        row.valid_from = today - timedelta(days=730)
        row.save()
        row.product_lines.set([network.lines[code] for code in codes])
        for code in codes:
            listed[code].append(row)
    return listed


def _refill(shop: Shop, part: SparePart, manager: Actor) -> None:
    item = _item(part, REFILL, f"{shop.row.code}-{clock.now():%y%m%d%H%M}")
    stock.purchase(manager, [item], "补货")
    stock.ship(manager, shop.row, [item], "补货")
    stock.receive(shop.dispatcher, _store(shop), [item])


def _item(part: SparePart, quantity: int, where: str) -> Item:
    serials = [f"{part.number}-{where}-{n:02d}" for n in range(1, quantity + 1)] if part.serialised else []
    return Item(part, quantity, serials)


def _plenty(row: Stock) -> bool:
    return row.quantity > 6 and not row.part.serialised


def _pieces(part: SparePart, place: StockPlace) -> tuple[str, ...]:
    return tuple(part.pieces.filter(place=place).values_list("serial", flat=True))


def _store(shop: Shop) -> StockPlace:
    return place_of(PlaceKind.STORE, outlet=shop.row)


def _bag(person: Person) -> StockPlace:
    return place_of(PlaceKind.BAG, staff=person.row)
