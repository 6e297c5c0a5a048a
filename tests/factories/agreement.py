"""Signed versions of customers' agreements with a service level."""

import factory
from factory.django import DjangoModelFactory

from partners.choices import ServiceTier
from tests.factories import FIRST_DAY, LAST_DAY, AgreementFactory
from tickets.choices.agreement import AgreementState
from tickets.models import AgreementLine, AgreementVersion


class AgreementVersionFactory(DjangoModelFactory):
    class Meta:
        model = AgreementVersion

    agreement = factory.SubFactory(AgreementFactory)
    number = 1
    state = AgreementState.SIGNED
    tier = ServiceTier.BASIC
    valid_from, valid_until = FIRST_DAY, LAST_DAY


class AgreementLineFactory(DjangoModelFactory):
    """Repaired within 36 hours, in place of R200."""

    class Meta:
        model = AgreementLine

    version = factory.SubFactory(AgreementVersionFactory)
    number = factory.Sequence(lambda n: f"3.{n}")
    text = "一般故障三十六小时内修复。"
    level, category, limit, unit, replaces = "resolution", "fault", 36, "hour", "R200"
