"""Ways, certificates of parts, serial numbers, suggestions (R134, R180, R181)."""

from datetime import date

import pytest

from partners.choices.stock import MoveKind as M
from partners.choices.stock import PlaceKind as P
from partners.rules import stock
from partners.rules.stock import Listing
from portal.accounts.roles import PARTNER, Role

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(("way", "who"), stock.ROUTES.items())
def test_r180_each_way_is_for_its_roles(way, who):
    assert {role for role in Role if stock.may_move(role, *way)} == set(who)


@pytest.mark.parametrize(
    "way",
    [(M.PURCHASE, P.SUPPLIER, P.STORE), (M.TRANSFER, P.BAG, P.BAG), (M.SCRAP, P.TRANSIT, P.SCRAPPED),
     (M.ISSUE, P.WAREHOUSE, P.CUSTOMER), (M.COUNT, P.STORE, P.DIFFERENCE)],
)  # fmt: skip
def test_other_ways_do_not_exist(way):
    assert not any(stock.may_move(role, *way) for role in Role)


def test_technicians_move_nothing_of_the_brand():
    ways = [way for way, who in stock.ROUTES.items() if Role.TECHNICIAN in who]
    assert not any(P.WAREHOUSE in way or P.SCRAPPED in way for way in ways)
    assert stock.KEEPERS - {Role.SYSTEM} < PARTNER


@pytest.mark.parametrize(
    ("listing", "allowed"),
    [
        (Listing("A", True, None, None), True),
        (Listing("A", False, None, None), False),
        (Listing("A", True, DAY, DAY), True),
        (Listing("A", True, date(2026, 6, 2), None), False),
        (Listing("A", True, None, date(2026, 5, 31)), False),
        (Listing("A", True, None, date(2026, 6, 1), "B"), True),
    ],
)
def test_r134_who_may_be_fitted(listing, allowed):
    assert bool(stock.may_use(listing, DAY)) is allowed


def test_r134_a_successor_is_named():
    verdict = stock.may_use(Listing("A-1", True, None, date(2026, 5, 31), "A-2"), DAY)
    assert "A-2" in str(verdict.reason)


@pytest.mark.parametrize(
    ("serialised", "quantity", "serials", "fits"),
    [
        (True, 2, ["a", "b"], True),
        (True, 2, ["a"], False),
        (True, 2, ["a", "a"], False),
        (True, 1, [""], False),
        (False, 2, [], True),
        (False, 1, ["a"], False),
    ],
)
def test_r181_serial_numbers(serialised, quantity, serials, fits):
    assert bool(stock.serials_fit("A", serialised, quantity, serials)) is fits


@pytest.mark.parametrize(
    ("there", "coming", "at", "up_to", "order"),
    [(3, 0, 2, 10, 0), (2, 0, 2, 10, 8), (0, 2, 2, 10, 8), (0, 3, 2, 10, 0), (0, 0, 5, 3, 6)],
)
def test_r181_how_many_to_order(there, coming, at, up_to, order):
    assert stock.suggestion(there, coming, at, up_to) == order


@pytest.mark.parametrize(
    ("role", "counter", "approver", "allowed"),
    [
        (Role.PARTNER_MANAGER, 1, 2, True),
        (Role.BRAND_MANAGER, 1, 2, True),
        (Role.PARTNER_MANAGER, 1, 1, False),
        (Role.DISPATCHER, 1, 2, False),
        (Role.TECHNICIAN, 1, 2, False),
        (None, None, None, False),
    ],
)
def test_r181_nobody_approves_his_own_count(role, counter, approver, allowed):
    assert bool(stock.may_approve(role, counter=counter, approver=approver)) is allowed


def test_accounts_never_run_out():
    assert [kind for kind in P if not stock.is_held(kind)] == [P.SUPPLIER, P.CUSTOMER, P.SCRAPPED, P.DIFFERENCE]


def test_r181_who_sets_reorder_points_and_opening_stock():
    who = {kind: {role for role in Role if stock.may_set_reorder(role, kind)} for kind in (P.WAREHOUSE, P.STORE)}
    assert who[P.WAREHOUSE] == set(stock.STOREKEEPERS)
    assert who[P.STORE] == set(stock.KEEPERS) | {Role.BRAND_MANAGER}
    assert {role for role in Role if stock.may_open(role)} == {Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM}
