"""Which tools are asked for and may measure, at the edges of months and days (R179, R209)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.choices.tool import CalibrationState, CheckResult, NeedState, ToolState
from partners.rules.deadline import next_warning
from partners.rules.tool import (
    KEEPERS,
    MOVES,
    OVERDUE,
    WARN_DAYS,
    Check,
    calibration_state,
    due_of,
    is_asked,
    may_be_bought,
    may_become,
    may_keep,
    may_list,
    may_measure,
    need_state,
    next_due,
    number_fits,
)
from portal.accounts.roles import Role

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("checked", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 5, 15), 24, date(2028, 5, 15)),
    ],
)
def test_r179_the_due_day_keeps_the_day_or_ends_with_the_month(checked, months, due):
    assert next_due(checked, months) == due


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(1, 120))
@settings(max_examples=60)
def test_r179_a_due_day_is_never_in_another_month_than_it_should(checked, months):
    due = next_due(checked, months)
    assert (due.year - checked.year) * 12 + due.month - checked.month == months
    assert due.day == checked.day or (due + timedelta(days=1)).day == 1


def test_r179_the_latest_check_counts_and_of_one_day_the_later_record():
    passed, failed = CheckResult.PASSED, CheckResult.FAILED
    assert due_of(12, []) == (None, False)
    assert due_of(None, [Check(DAY, passed)]) == (None, False)
    assert due_of(12, [Check(DAY, passed), Check(date(2025, 1, 1), failed)]) == (date(2027, 6, 10), False)
    assert due_of(12, [Check(DAY, passed), Check(DAY, failed)]) == (DAY, True)
    assert due_of(12, [Check(DAY, failed), Check(DAY, passed)]) == (date(2027, 6, 10), False)


@pytest.mark.parametrize(
    ("months", "due", "failed", "state"),
    [
        (None, None, False, CalibrationState.NOT_NEEDED),
        (12, None, False, CalibrationState.NEVER),
        (12, DAY, True, CalibrationState.FAILED),
        (12, DAY - timedelta(days=1), False, CalibrationState.OVERDUE),
        (12, DAY, False, CalibrationState.SOON),
        (12, DAY + timedelta(days=30), False, CalibrationState.SOON),
        (12, DAY + timedelta(days=31), False, CalibrationState.VALID),
    ],
)
def test_r179_on_its_due_day_a_tool_still_measures(months, due, failed, state):
    assert calibration_state(months, due, failed=failed, today=DAY) == state


def test_r209_only_what_is_in_use_and_calibrated_measures():
    assert may_measure("T1", ToolState.IN_USE, CalibrationState.SOON)
    assert may_measure("T1", ToolState.IN_USE, CalibrationState.NOT_NEEDED)
    for state in (CalibrationState.OVERDUE, CalibrationState.FAILED, CalibrationState.NEVER):
        assert str(state.label) in may_measure("T1", ToolState.IN_USE, state).reason
    for state in (ToolState.CALIBRATING, ToolState.OUT_OF_ORDER, ToolState.RETIRED):
        assert str(state.label) in may_measure("T1", state, CalibrationState.VALID).reason


@pytest.mark.parametrize(
    ("lines", "tiers", "asked"),
    [([1], [], True), ([9], [], False), ([], ["basic"], True), ([], ["advanced"], False), ([], [], False)],
)
def test_r179_a_line_or_a_tier_asks_for_a_tool(lines, tiers, asked):
    assert is_asked(lines, tiers, [1, 2], ["basic"]) is asked


def test_r179_retired_is_for_good():
    assert all(may_become(state, target) for state, targets in MOVES.items() for target in targets)
    assert may_become(ToolState.RETIRED, ToolState.IN_USE).wrong_state
    assert may_become(ToolState.IN_USE, ToolState.IN_USE).wrong_state
    assert not may_become(ToolState.IN_USE, "broken")


def test_r179_who_keeps_and_who_lists():
    assert [role for role in Role if may_keep(role)] == [role for role in Role if role in KEEPERS]
    assert not may_list(Role.PARTNER_MANAGER)
    assert may_list(Role.TECHNICAL)


@pytest.mark.parametrize(
    ("left", "sent", "due"),
    [
        (31, [], None),
        (30, [], 30),
        (29, [30], None),
        (8, [30], None),
        (7, [30], 7),
        (3, [], 7),
        (0, [30, 7], 0),
        (0, [0], None),
        (-1, [0], OVERDUE),
        (-40, [], OVERDUE),
        (-40, [OVERDUE], None),
        (5, [0], None),
    ],
)
def test_r179_each_limit_is_told_once_and_the_closest_only(left, sent, due):
    assert next_warning(left, WARN_DAYS, sent) == due


@pytest.mark.parametrize(
    ("wanted", "there", "calibrated", "state"),
    [(1, 0, 0, "missing"), (2, 1, 1, "missing"), (1, 3, 0, "late"), (2, 3, 1, "late"), (1, 3, 1, "there")],
)
def test_r179_calibrated_tools_meet_a_need(wanted, there, calibrated, state):
    assert need_state(wanted, there, calibrated) == NeedState(state)


@pytest.mark.parametrize(("day", "good"), [(DAY, True), (DAY + timedelta(days=1), False), (date(1989, 12, 31), False)])
def test_r179_a_tool_is_bought_in_its_time_and_before_it_is_calibrated(day, good):
    assert bool(may_be_bought(day, None, DAY)) is good
    assert bool(may_be_bought(date(2020, 5, 2), date(2020, 5, 2), DAY))
    assert not may_be_bought(date(2020, 5, 3), date(2020, 5, 2), DAY)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("ZC-7", True),
        ("资产 12/a_b.#3（甲）", True),
        ("<b>1</b>", False),
        ("a\x00b", False),
        ("a\tb", False),
        ("=1", False),
    ],
)
def test_r179_an_asset_number_can_be_printed(number, good):
    assert bool(number_fits(number)) is good
