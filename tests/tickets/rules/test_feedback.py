"""Low scores and what they owe (R223), when a ticket may be closed (R172), how long it is kept (R218)."""

from datetime import date

import pytest

from tickets.rules.feedback import digits, is_customers, is_low, may_close, retention


@pytest.mark.parametrize(
    ("scores", "low"), [((3, 3, 3, 3), False), ((5, 5, 2, 5), True), ((1,), True), ((5, 4, 3), False)]
)
def test_r223_any_score_below_three_is_low(scores, low):
    assert is_low(scores) is low


@pytest.mark.parametrize(
    ("rated", "attempts", "low", "called_back", "may"),
    [
        (True, 0, False, False, True),
        (False, 1, False, False, True),
        (False, 0, False, False, False),
        (True, 0, True, False, False),
        (True, 3, True, False, False),
        (True, 0, True, True, True),
    ],
)
def test_c19_closing_asks_for_an_answer_and_for_the_call_back(rated, attempts, low, called_back, may):
    verdict = may_close(rated=rated, attempts=attempts, low=low, called_back=called_back)
    assert bool(verdict) is may
    assert may or verdict.wrong_state  # not yet is no matter of rights


@pytest.mark.parametrize(
    ("closed", "until"),
    [
        (date(2026, 3, 2), date(2031, 3, 2)),
        (date(2024, 2, 29), date(2029, 3, 1)),
        (date(2026, 12, 31), date(2031, 12, 31)),
    ],
)
def test_r218_records_are_kept_five_full_years(closed, until):
    assert retention(closed) == until


@pytest.mark.parametrize(
    ("phone", "plain"),
    [
        ("138 0000-1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("021-50001234转12", "02150001234"),
        ("", ""),
    ],
)
def test_numbers_are_compared_as_they_are_dialled(phone, plain):
    assert digits(phone) == plain


@pytest.mark.parametrize(
    ("phone", "theirs"),
    [("13800001234", True), ("13900001234", False), ("+86 139 0000 1234", False), ("", True)],
)
def test_rule_11_a_number_of_the_partners_own_people_is_no_customers(phone, theirs):
    assert is_customers(phone, ["139-0000-1234", ""]) is theirs
