"""Plans of inspections."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories import EquipmentFactory
from tickets.models import MaintenancePlan


class PlanFactory(DjangoModelFactory):
    """Every six months for one equipment."""

    class Meta:
        model = MaintenancePlan

    number = factory.Sequence(lambda n: f"XJ-{n:04d}")
    equipment = factory.SubFactory(EquipmentFactory)
    months = 6
    first_day = date(2026, 3, 31)
    created_on = date(2026, 1, 1)
    lead_days = 14
    instructions = "检查充电模块、紧固件与接地。"
