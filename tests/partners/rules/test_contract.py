"""What clauses come to, and who may do what with them (R031–R033, R038)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from partners.choices.contract import ClauseKind, IncentiveKind, PenaltyBasis
from partners.rules.contract import damages, due_warning, foreign, may_begin, may_review, missing, needs, rebate
from portal.accounts.roles import Role

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("basis", "rate", "cap", "late", "fee", "sum_"),
    [
        (PenaltyBasis.PER_CASE, "500", None, 0, 0, "500.00"),
        (PenaltyBasis.PER_HOUR_LATE, "50", None, 1, 0, "50.00"),
        (PenaltyBasis.PER_HOUR_LATE, "50", None, 3600, 0, "50.00"),
        (PenaltyBasis.PER_HOUR_LATE, "50", None, 3601, 0, "100.00"),
        (PenaltyBasis.PER_HOUR_LATE, "50", "70", 7200, 0, "70.00"),
        (PenaltyBasis.PER_DAY_LATE, "0.005", None, 86401, 0, "0.01"),
        (PenaltyBasis.PERCENT_OF_FEE, "2.5", None, 0, "1234.56", "30.86"),
        (PenaltyBasis.PERCENT_OF_QUARTER, "5", "1000", 0, "30000", "1000.00"),
        (PenaltyBasis.PER_HOUR_LATE, "50", None, -5, 0, "0.00"),
    ],
)
def test_r033_damages_are_reckoned_to_the_fen_and_capped(basis, rate, cap, late, fee, sum_):
    limit = None if cap is None else Decimal(cap)
    assert damages(basis, Decimal(rate), limit, late=timedelta(seconds=late), fee=Decimal(fee)) == Decimal(sum_)


def test_r032_a_rebate_is_percent_of_the_turnover():
    assert rebate(Decimal("2"), None, Decimal("1000.25")) == Decimal("20.01")
    assert rebate(Decimal("2"), Decimal(10), Decimal(1000)) == Decimal("10.00")


@pytest.mark.parametrize(
    ("left", "mark"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_end_is_announced_90_30_and_7_days_before(left, mark):
    assert due_warning(TODAY + timedelta(days=left), TODAY) == mark


def test_an_amendment_binds_from_tomorrow_a_first_version_from_any_day():
    assert may_begin(True, TODAY - timedelta(days=9), TODAY)
    assert not may_begin(False, TODAY, TODAY)
    assert may_begin(False, TODAY + timedelta(days=1), TODAY)


def test_r038_only_legal_reviews_and_nobody_his_own_words():
    assert may_review(Role.LEGAL, 1, 2)
    assert not may_review(Role.LEGAL, 1, 1)
    assert not may_review(Role.BRAND_MANAGER, 1, 2)


def test_r031_an_agreement_owes_service_level_penalty_and_incentive():
    assert len(missing([])) == 3
    assert missing([ClauseKind.SERVICE_LEVEL, ClauseKind.PENALTY, ClauseKind.INCENTIVE, ClauseKind.GENERAL]) == []


def test_each_kind_has_figures_of_its_own():
    assert needs(ClauseKind.INCENTIVE, IncentiveKind.REBATE) == ("incentive", "rate")
    assert needs(ClauseKind.INCENTIVE, IncentiveKind.PREFERRED) == ("incentive",)
    assert "rate" in foreign(ClauseKind.SERVICE_LEVEL)
    assert "limit" in foreign(ClauseKind.PENALTY)
    assert len(foreign(ClauseKind.GENERAL)) == 10
