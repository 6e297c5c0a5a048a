"""Spare parts, and stock that lies somewhere: put there by the ledger, as everything is."""

from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Outlet, SparePart, Staff, StockPlace
from portal.accounts.actor import Actor
from tests.factories import FIRST_DAY, LAST_DAY


class SparePartFactory(DjangoModelFactory):
    """A certified part that every model takes."""

    class Meta:
        model = SparePart

    number = factory.Sequence(lambda n: f"FU-{n:04d}")
    name = factory.Sequence(lambda n: f"熔断器{n}")
    cost_price = Decimal("12.50")
    valid_from, valid_until = FIRST_DAY, LAST_DAY


def store(outlet: Outlet) -> StockPlace:
    """The store of an outlet."""
    return place_of(PlaceKind.STORE, outlet=outlet)


def bag(staff: Staff) -> StockPlace:
    """The bag of a technician."""
    return place_of(PlaceKind.BAG, staff=staff)


def stocked(place: StockPlace, quantity: int = 10, part: SparePart | None = None, **part_values: Any) -> SparePart:
    """A part of which `quantity` lie at the place."""
    part = part or SparePartFactory(**part_values)
    serials = [f"{part.number}-{n:03d}" for n in range(quantity)] if part.serialised else ()
    source = place_of(PlaceKind.DIFFERENCE)
    post(Actor.system(), MoveKind.COUNT, source, place, [Item(part, quantity, serials)])
    return part
