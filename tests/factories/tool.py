"""Tools, calibrations, diagnostic tools and grants, as the brand and its partners would make them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from partners.actions import tool_calibration, tool_grant, tool_use
from partners.actions.ledger import Item, place_of, post
from partners.actions.stock import set_reorder
from partners.actions.tool_grant import Terms
from partners.choices.stock import MoveKind, PlaceKind
from partners.choices.tool import CheckResult, ToolKind
from partners.choices.tool_grant import RiskClass, ToolFunction
from partners.models import Calibration, DiagnosticTool, Partner, SparePart, Stock, Tool, ToolGrant, ToolType
from portal.accounts.actor import Actor
from portal.kernel import clock
from tests.factories import FIRST_DAY, LAST_DAY

SYSTEM = Actor.system()


class ToolTypeFactory(DjangoModelFactory):
    """Test equipment that is calibrated every twelve months and asked of nobody."""

    class Meta:
        model = ToolType

    code = factory.Sequence(lambda n: f"GJ-{n:03d}")
    name = factory.Sequence(lambda n: f"绝缘电阻测试仪{n}")
    kind = ToolKind.TEST
    interval_months = 12


class ToolFactory(DjangoModelFactory):
    """In use at an outlet, never calibrated."""

    class Meta:
        model = Tool

    number = factory.Sequence(lambda n: f"ZC-{n:04d}")
    type = factory.SubFactory(ToolTypeFactory)
    serial = factory.Sequence(lambda n: f"{n:08d}")


def calibrated(tool: Tool, on: date | None = None, result: str = CheckResult.PASSED, **values: Any) -> Calibration:
    """A calibration of the tool, today unless told otherwise, recorded as everybody records it."""
    given = {"body": "上海市计量院", "certificate_number": f"JZ-{tool.pk}-{tool.calibrations.count()}", **values}
    row = Calibration(tool=tool, checked_on=on or clock.today(), result=result, **given)
    return tool_calibration.record(SYSTEM, row)


class DiagnosticToolFactory(DjangoModelFactory):
    """Reads and clears codes of every product line."""

    class Meta:
        model = DiagnosticTool

    code = factory.Sequence(lambda n: f"ZDY-{n:02d}")
    name = factory.Sequence(lambda n: f"充电桩诊断台{n}")
    address = "https://diag.example.com/"
    functions = factory.LazyFunction(lambda: [ToolFunction.READ_CODES.value, ToolFunction.CLEAR_CODES.value])
    risk = RiskClass.LOW


def granted(partner: Partner, tool: DiagnosticTool | None = None, **terms: Any) -> ToolGrant:
    """A grant of everything the tool does, valid throughout the tests' days."""
    tool = tool or DiagnosticToolFactory()
    given = {"functions": tool.functions, "valid_from": FIRST_DAY, "valid_until": LAST_DAY, **terms}
    return tool_grant.grant(SYSTEM, tool, partner, Terms(**given))


def everything(stage: Any) -> None:
    """A row in every list of tools and diagnostic tools, and reorder points, for both partners of the stage."""
    kind = ToolTypeFactory(tiers=["basic"])
    kind.product_lines.add(stage.line)
    tool = DiagnosticToolFactory()
    tool.product_lines.add(stage.line)
    for side in (stage.side, stage.other):
        place, part = place_of(PlaceKind.STORE, outlet=side.outlet), SparePart.objects.first()
        calibrated(ToolFactory(outlet=side.outlet, type=kind))
        granted(side.partner, tool, people=[side.technicians[0]], lines=[stage.line])
        if not Stock.objects.filter(place=place).exists():
            post(SYSTEM, MoveKind.COUNT, place_of(PlaceKind.DIFFERENCE), place, [Item(part, 3)])
        set_reorder(SYSTEM, place, part, 2, 10)
    ann = stage.side.technicians[0]
    job = tool_use.Job("FW20260101-0001", stage.line, serial="SN-1")
    tool_use.open_tool(Actor.of(ann.user), ToolGrant.objects.filter(people=ann).get(), job, "read_codes", "读故障码")
