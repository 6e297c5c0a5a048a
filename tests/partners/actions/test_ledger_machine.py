"""Whatever is tried in whatever order: the ledger sums to the stock, and no stock is below nothing (R180, C12)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partners.actions import stock
from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Stock
from partners.queries.stock import disagreements
from portal.accounts.actor import Actor
from portal.kernel.errors import PortalError
from tests.factories.stock import SparePartFactory, bag, store

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
SOME, WHICH = st.integers(1, 4), st.sampled_from([0, 1])


def test_r180_the_ledger_sums_to_the_stock(side_a):
    parts = [SparePartFactory(), SparePartFactory()]
    outlet, person = side_a.outlet, side_a.technicians[0]
    other = bag(side_a.technicians[1])
    places = {"store": store(outlet), "bag": bag(person), "other": other}
    names = st.sampled_from(sorted(places))

    class Parts(RuleBasedStateMachine):
        """A brand, one outlet, two bags; what the model expects stands beside what the books say."""

        def __init__(self):
            super().__init__()
            self.before = {(s.place_id, s.part_id): s.quantity for s in Stock.objects.all()}

        def attempt(self, source, target, part, count, act):
            """The books move exactly when enough is there."""
            here, there = (source.pk, part.pk) if source else None, (target.pk, part.pk) if target else None
            enough = here is None or self.before.get(here, 0) >= count
            try:
                act()
            except PortalError:
                assert not enough
                return
            assert enough
            if here:
                self.before[here] -= count
            if there:
                self.before[there] = self.before.get(there, 0) + count

        @rule(which=WHICH, count=SOME)
        def purchase(self, which, count):
            part = parts[which]
            act = lambda: stock.purchase(SYSTEM, [Item(part, count)])  # noqa: E731
            self.attempt(None, place_of(PlaceKind.WAREHOUSE), part, count, act)

        @rule(which=WHICH, count=SOME)
        def ship(self, which, count):
            part, way = parts[which], place_of(PlaceKind.TRANSIT, outlet=outlet)
            act = lambda: stock.ship(SYSTEM, outlet, [Item(part, count)])  # noqa: E731
            self.attempt(place_of(PlaceKind.WAREHOUSE), way, part, count, act)

        @rule(which=WHICH, count=SOME, name=names)
        def receive(self, which, count, name):
            part, way = parts[which], place_of(PlaceKind.TRANSIT, outlet=outlet)
            act = lambda: stock.receive(SYSTEM, places[name], [Item(part, count)])  # noqa: E731
            self.attempt(way, places[name], part, count, act)

        @rule(which=WHICH, count=SOME, name=st.sampled_from(["bag", "other"]), back=st.booleans())
        def carry(self, which, count, name, back):
            ends = (places[name], places["store"]) if back else (places["store"], places[name])
            act = lambda: stock.transfer(SYSTEM, *ends, [Item(parts[which], count)])  # noqa: E731
            self.attempt(*ends, parts[which], count, act)

        @rule(which=WHICH, count=SOME, name=names)
        def use(self, which, count, name):
            ends = places[name], place_of(PlaceKind.CUSTOMER)
            act = lambda: post(SYSTEM, MoveKind.ISSUE, *ends, [Item(parts[which], count)])  # noqa: E731
            self.attempt(places[name], None, parts[which], count, act)

        @rule(which=WHICH, count=SOME, name=names)
        def scrap(self, which, count, name):
            act = lambda: stock.scrap(SYSTEM, places[name], [Item(parts[which], count)], "破损")  # noqa: E731
            self.attempt(places[name], None, parts[which], count, act)

        @invariant()
        def the_books_agree(self):
            assert disagreements() == []
            now = {(s.place_id, s.part_id): s.quantity for s in Stock.objects.all() if s.quantity}
            assert now == {key: n for key, n in self.before.items() if n}

    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    few = settings(max_examples=8, stateful_step_count=15, deadline=None, suppress_health_check=slow)
    run_state_machine_as_test(Parts, settings=few)
