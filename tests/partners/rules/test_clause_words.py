"""Figures of clauses in words (R031)."""

from decimal import Decimal

from django.utils import translation

from partners.choices.contract import ClauseKind, IncentiveKind, LevelKind, LevelUnit, PenaltyBasis
from partners.models import ContractClause
from partners.rules.clause_words import figures_of


def words(**values) -> str:
    with translation.override("en"):
        return figures_of(ContractClause(**values))


def test_r031_each_kind_says_its_figures():
    limit = {"level": LevelKind.RESOLUTION, "limit": 48, "unit": LevelUnit.HOUR}
    assert words(kind=ClauseKind.SERVICE_LEVEL, replaces="R200", **limit).endswith("48 hours (in place of R200)")
    penalty = words(kind=ClauseKind.PENALTY, basis=PenaltyBasis.PER_CASE, rate=Decimal("50.0000"), cap=Decimal(2000))
    assert penalty == "Fixed sum a case: 50 (at most 2,000.00)"
    rebate = words(kind=ClauseKind.INCENTIVE, incentive=IncentiveKind.REBATE, rate=Decimal("2.5000"))
    assert rebate == "Rebate: 2.5%"
    assert words(kind=ClauseKind.INCENTIVE, incentive=IncentiveKind.PREFERRED) == "Right of preferred cooperation"
    assert words(kind=ClauseKind.GENERAL) == ""
