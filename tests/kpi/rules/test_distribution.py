from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.distribution import EMPTY, HOUR_MS, distribution

HOURS = HOUR_MS


def test_nothing_has_no_median():
    assert distribution([]) == EMPTY
    assert EMPTY.shares[0] == (24, 0, None)


def test_one_value_is_its_own_median_and_percentile():
    assert distribution([90 * 60_000]).as_dict() == {
        "n": 1, "median": 1.5, "p90": 1.5, "within_24h": 1, "within_48h": 1, "within_72h": 1
    }  # fmt: skip


@pytest.mark.parametrize(("milliseconds", "within"), [(24 * HOURS - 1, 1), (24 * HOURS, 1), (24 * HOURS + 1, 0)])
def test_the_boundary_of_24_hours_belongs_to_it(milliseconds, within):
    assert distribution([milliseconds]).within_24h == within


def test_percentiles_are_interpolated():
    found = distribution([n * HOURS for n in (1, 2, 3, 10)])
    assert (found.median, found.p90) == (Decimal("2.500000"), Decimal("7.900000"))


def test_shares_are_of_all_values():
    assert distribution([1, 30 * HOURS, 80 * HOURS]).shares == [
        (24, 1, Decimal("0.333333")), (48, 2, Decimal("0.666667")), (72, 2, Decimal("0.666667"))
    ]  # fmt: skip


@given(st.lists(st.integers(0, 10**11), min_size=2, max_size=60))
def test_the_library_agrees(values):
    deciles = quantiles(values, n=10, method="inclusive")
    found = distribution(values)
    assert float(found.median) == pytest.approx(deciles[4] / HOURS, abs=1e-6)
    assert float(found.p90) == pytest.approx(deciles[8] / HOURS, abs=1e-6)
