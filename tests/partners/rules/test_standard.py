"""R226: ten days before a major change. R100, R101: core clauses hold everywhere, others bend within bounds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.choices.standard import PublicationKind
from partners.rules.standard import (
    Change,
    ClauseText,
    adjustable,
    changes,
    earliest_effective,
    is_major,
    may_publish,
    reminder_due,
    within_bounds,
    written,
)
from portal.accounts.roles import Role

DAY = date(2026, 11, 26)
A = ClauseText("1", "响应", "十五分钟内", core=True, value=Decimal(15), unit="minute")
B = ClauseText("2", "接待", "主动接待", core=False)


def test_r226_a_major_change_is_announced_ten_days_ahead():
    assert earliest_effective(DAY, major=True) == date(2026, 12, 6)
    assert earliest_effective(DAY, major=False) == DAY


@pytest.mark.parametrize(
    ("after", "numbers", "major"),
    [
        ([A, B], [], False),
        ([B, A], [], False),
        ([A], ["2"], False),
        ([B], ["1"], True),
        ([A, ClauseText("2", "接待", "先倒水", core=False)], ["2"], False),
        ([ClauseText("1", "响应", "十五分钟内", core=True, value=Decimal(10), unit="minute"), B], ["1"], True),
        ([A, ClauseText("2", "接待", "主动接待", core=True)], ["2"], True),
        ([A, B, ClauseText("3", "新", "新", core=True)], ["3"], True),
    ],
)
def test_a_change_of_a_core_clause_is_major(after, numbers, major):
    found = changes([A, B], after)
    assert [change.number for change in found] == numbers
    assert is_major(found) is major


def test_a_change_knows_both_sides():
    assert changes([A], []) == [Change("1", A, None)]
    assert changes([], [A]) == [Change("1", None, A)]


@pytest.mark.parametrize(
    ("core", "value", "may"), [(True, Decimal(15), False), (False, None, False), (False, Decimal(15), True)]
)
def test_r101_only_a_non_core_clause_with_a_figure_is_adjusted(core, value, may):
    verdict = adjustable(core, value)
    assert bool(verdict) is may
    assert may or verdict.reason


@pytest.mark.parametrize(("value", "may"), [("29.99", False), ("30", True), ("120", True), ("120.01", False)])
def test_r101_bounds_include_their_ends(value, may):
    assert bool(within_bounds(Decimal(value), Decimal(30), Decimal(120))) is may


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_without_bounds_every_figure_fits(value):
    assert within_bounds(value, None, None)


@pytest.mark.parametrize(("value", "text"), [("48.00", "48"), ("1.50", "1.5"), ("100", "100"), ("0.00", "0")])
def test_a_figure_is_written_without_idle_zeros(value, text):
    assert written(Decimal(value)) == text


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        (PublicationKind.STANDARD, Role.BRAND_MANAGER, True),
        (PublicationKind.STANDARD, Role.TECHNICAL, False),
        (PublicationKind.TECHNICAL, Role.TECHNICAL, True),
        (PublicationKind.PRODUCT, Role.MARKETING, True),
        (PublicationKind.POLICY, Role.MARKETING, False),
        (PublicationKind.TECHNICAL, Role.PARTNER_MANAGER, False),
        (PublicationKind.TECHNICAL, None, False),
    ],
)
def test_each_department_releases_its_own_kinds(kind, role, may):
    assert bool(may_publish(role, kind)) is may


@pytest.mark.parametrize(
    ("since", "reminded", "due"), [(2, None, False), (3, None, True), (30, 6, False), (30, 7, True), (-1, None, False)]
)
def test_managers_are_reminded_after_three_days_and_then_weekly(since, reminded, due):
    last = None if reminded is None else DAY - timedelta(days=reminded)
    assert reminder_due(DAY - timedelta(days=since), last, DAY) is due
