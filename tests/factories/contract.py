"""Legal versions of contracts with clauses, and authorisations."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from partners.choices import ServiceTier
from partners.choices.contract import ClauseKind, IncentiveKind, LevelKind, LevelUnit, PenaltyBasis, VersionState
from partners.models import Authorisation, ContractClause, ContractVersion
from tests.factories import FIRST_DAY, LAST_DAY, ContractFactory, PartnerFactory, ProductLineFactory


class VersionFactory(DjangoModelFactory):
    """A first version in force."""

    class Meta:
        model = ContractVersion

    contract = factory.SubFactory(ContractFactory)
    number = 1
    state = VersionState.IN_FORCE
    tier = ServiceTier.ADVANCED
    valid_from, valid_until = FIRST_DAY, LAST_DAY


class ClauseFactory(DjangoModelFactory):
    """A limit: work is done within 48 hours, in place of R200."""

    class Meta:
        model = ContractClause

    version = factory.SubFactory(VersionFactory)
    number = factory.Sequence(lambda n: f"5.{n}")
    kind = ClauseKind.SERVICE_LEVEL
    title, text = "修复时限", "一般故障应在四十八小时内修复。"
    level, category, limit, unit, replaces = LevelKind.RESOLUTION, "fault", 48, LevelUnit.HOUR, "R200"


class PlainClauseFactory(ClauseFactory):
    """Words without figures."""

    kind = ClauseKind.GENERAL
    title, text = "其他约定", "未尽事宜由双方协商。"
    level, category, limit, unit, replaces = "", "", None, "", ""


class PenaltyFactory(PlainClauseFactory):
    kind = ClauseKind.PENALTY
    title, text = "逾期违约金", "每逾期一小时支付违约金五十元，单次不超过两千元。"
    basis, rate, cap = PenaltyBasis.PER_HOUR_LATE, Decimal(50), Decimal(2000)


class RebateFactory(PlainClauseFactory):
    kind = ClauseKind.INCENTIVE
    title, text = "返点", "连续三个季度达标，返还服务费的百分之二。"
    incentive, rate, quarters = IncentiveKind.REBATE, Decimal(2), 3


class AuthorisationFactory(DjangoModelFactory):
    class Meta:
        model = Authorisation

    number = factory.Sequence(lambda n: f"SQ-{n:05d}")
    partner = factory.SubFactory(PartnerFactory)
    product_line = factory.SubFactory(ProductLineFactory)
    valid_from, valid_until = FIRST_DAY, LAST_DAY
