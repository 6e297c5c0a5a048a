"""Tools, calibrations, grants and the ledger's sheets: all or nothing, by the actions, with row and reason (R020,
R179, R181)."""

import pytest

from partners.choices.stock import PlaceKind
from partners.models import (
    Calibration,
    DiagnosticTool,
    ReorderPoint,
    Stock,
    StockMove,
    StockSerial,
    Tool,
    ToolGrant,
    ToolType,
)
from partners.queries.stock import disagreements
from portal.exchange import running
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.log import entries_for
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories.stock import SparePartFactory, stocked, store
from tests.factories.tool import DiagnosticToolFactory, ToolFactory, ToolTypeFactory, calibrated, granted

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(brand_manager):
    def run(model, headers, *rows, by=None):
        sheet = Sheet(list(headers))
        for line, row in enumerate(rows, 2):
            sheet.add(line, list(row))
        return running.take(resource_for(model)(by or actor(brand_manager)), sheet)

    return run


def exported(model, person):
    sheet = resource_for(model)(person)
    return [
        dict(zip([c.column_name for c in sheet.columns], row, strict=True))
        for row in sheet.lines(sheet.get_queryset(), masked=True)
    ]


def test_types_come_with_lines_and_tiers_and_move_due_days(take, outlet_a, line):
    kind = ToolTypeFactory(code="GJ-1", name="兆欧表", interval_months=24)
    tool = ToolFactory(outlet=outlet_a, type=kind)
    calibrated(tool)
    heads = ["code", "name", "kind", "interval_months", "product_lines", "tiers"]
    rows = (["GJ-1", "兆欧表", "检测设备", "6", "EV", "基础、高级"], ["GJ-2", "举升车", "服务工具", "", "", ""])
    outcome = take(ToolType, heads, *rows)
    assert outcome.good, outcome.problems
    kind.refresh_from_db()
    assert (kind.interval_months, list(kind.product_lines.all()), len(kind.tiers)) == (6, [line], 2)
    assert Tool.objects.get().due_on < clock.today().replace(year=clock.today().year + 1)
    assert not take(ToolType, ["code", "name", "interval_months"], ["GJ-3", "x", "0"]).good


def test_tools_are_registered_and_changed_by_the_actions(take, outlet_a, outlet_b, ann_staff, bob_staff):
    kind = ToolTypeFactory(code="GJ-1")
    heads = ["number", "type", "outlet", "holder", "serial"]
    outcome = take(Tool, heads, ["T-1", "GJ-1", "W-A", ann_staff.number, "S1"], ["T-2", "GJ-1", "W-A", "", "S2"])
    assert outcome.good, outcome.problems
    row = Tool.objects.get(number="T-1")
    assert entries_for(row).get().verb == "tool_added"
    assert take(Tool, heads, ["T-1", "GJ-1", "W-A", "", "S9"]).changed == 1
    assert entries_for(row).last().verb == "tool_changed"
    for bad, column in (
        (["T-3", "GJ-1", "W-A", bob_staff.number, ""], "holder"),
        (["T-3", "GJ-9", "W-A", "", ""], "type"),
        (["T-1", "GJ-1", "W-B", "", "S9"], "outlet"),
    ):
        outcome = take(Tool, heads, ["T-9", "GJ-1", "W-A", "", ""], bad)
        assert [problem.line for problem in outcome.problems] == [3], column
    assert Tool.objects.count() == 2
    assert kind.tools.count() == 2


def test_calibrations_are_recorded_all_or_none(take, outlet_a):
    tool = ToolFactory(outlet=outlet_a, number="T-1")
    other = ToolFactory(outlet=outlet_a, number="T-2")
    heads = ["certificate_number", "tool", "checked_on", "body", "result"]
    day = f"{clock.today()}"
    outcome = take(
        Calibration, heads, ["J1", "T-1", day, "计量院", "合格"], ["J2", "T-2", "2099-01-01", "计量院", "合格"]
    )
    assert [(problem.line, problem.value) for problem in outcome.problems] == [(3, "2099-01-01")]
    assert not Calibration.objects.exists()
    rows = (["J1", "T-1", day, "计量院", "合格"], ["J2", "T-2", day, "计量院", "不合格"])
    assert take(Calibration, heads, *rows).new == 2
    assert take(Calibration, heads, *rows).unchanged == 2
    assert not take(Calibration, heads, ["J1", "T-1", day, "别处", "合格"]).good
    tool.refresh_from_db()
    other.refresh_from_db()
    assert (bool(tool.measures), bool(other.measures)) == (True, False)


def test_diagnostic_tools_and_grants(take, technical, partner_a, line, ann_staff, bob_staff):
    heads = ["code", "name", "functions", "risk", "address", "product_lines"]
    assert take(
        DiagnosticTool, heads, ["Z1", "诊断台", "读取故障码、清除故障码", "低：只读取", "https://d.example.com", "EV"]
    ).good
    assert not take(DiagnosticTool, heads, ["Z2", "诊断台", "念咒", "low", "https://d.example.com", ""]).good
    heads = ["number", "tool", "partner", "functions", "valid_from", "valid_until", "people", "product_lines"]
    row = ["G-1", "Z1", "P-A", "读取故障码", "2026-01-01", "2039-12-31", ann_staff.number, "EV"]
    tom = actor(technical)
    outcome = take(ToolGrant, heads, row, by=tom)
    assert outcome.good, outcome.problems
    grant = ToolGrant.objects.get()
    assert (grant.number, grant.state, list(grant.people.all()), grant.decided_by_id) == (
        "G-1",
        "granted",
        [ann_staff],
        tom.user_id,
    )
    assert list(grant.product_lines.all()) == [line]
    assert take(ToolGrant, heads, row, by=tom).unchanged == 1
    for number, changes in enumerate(({3: "更新固件"}, {5: "2020-01-01"}, {5: ""}, {6: bob_staff.number}, {7: "无"})):
        bad = [f"G-{number + 5}", *row[1:]]
        for place, value in changes.items():
            bad[place] = value
        outcome = take(ToolGrant, heads, bad, by=tom)
        assert [problem.line for problem in outcome.problems][:1] == [2], changes
    assert ToolGrant.objects.count() == 1
    assert exported(ToolGrant, tom)[0]["state"] == "已开放"


def test_r181_opening_stock_is_a_movement_of_the_ledger(take, outlet_a):
    fuse, box = SparePartFactory(number="FU-1"), SparePartFactory(number="BX-1", serialised=True)
    outcome = take(Stock, ["code", "quantity", "serials"], ["W-A/FU-1", "12", ""], ["W-A/BX-1", "2", "S1、S2"])
    assert outcome.good, outcome.problems
    assert {row.part.number: row.quantity for row in Stock.objects.filter(place=store(outlet_a))} == {
        "FU-1": 12,
        "BX-1": 2,
    }
    assert StockMove.objects.count() == 2
    assert StockSerial.objects.filter(place__kind=PlaceKind.STORE).count() == 2
    assert not disagreements()
    assert entries_for(store(outlet_a)).last().verb == "stock_moved"
    rows = exported(Stock, actor(make.member("technical")))
    assert {row["code"]: row["quantity"] for row in rows} == {"W-A/FU-1": "12", "W-A/BX-1": "2"}
    assert take(Stock, ["code", "quantity", "serials"], ["W-A/FU-1", "12", ""]).unchanged == 1
    assert [p.line for p in take(Stock, ["code", "quantity"], ["W-A/FU-1", "13"]).problems] == [2]
    assert (fuse.stock.get().quantity, box.stock.get().quantity) == (12, 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["W-X/FU-1", "1", ""], "网点"),
        (["W-A/NO", "1", ""], "备件目录"),
        (["FU-1", "1", ""], "网点"),
        (["W-A/FU-1", "0", ""], "至少"),
        (["W-A/FU-1", "1", "S1"], "序列号"),
        (["W-A/BX-1", "2", "S1"], "序列号"),
        (["W-A/BX-1", "1", "OLD"], "台账"),
    ],
)
def test_r181_one_bad_row_of_opening_stock_and_nothing_moves(take, outlet_a, row, said):
    SparePartFactory(number="FU-1")
    box = SparePartFactory(number="BX-1", serialised=True)
    StockSerial.objects.create(part=box, serial="OLD", place=store(outlet_a))
    good = SparePartFactory(number="OK-1")
    outcome = take(Stock, ["code", "quantity", "serials"], ["W-A/OK-1", "3", ""], row)
    assert [problem.line for problem in outcome.problems] == [3]
    assert said in str(outcome.problems[0].reason)
    assert not StockMove.objects.exists()
    assert not good.stock.exists()


def test_r181_reorder_points_by_sheet(take, outlet_a, technical):
    stocked(store(outlet_a), 5, number="FU-1")
    heads = ["code", "reorder_at", "order_up_to"]
    assert take(ReorderPoint, heads, ["W-A/FU-1", "2", "10"]).new == 1
    assert take(ReorderPoint, heads, ["W-A/FU-1", "3", "10"]).changed == 1
    point = ReorderPoint.objects.get()
    assert (point.reorder_at, point.history.count()) == (3, 2)
    assert entries_for(store(outlet_a)).last().verb == "reorder_set"
    assert not take(ReorderPoint, heads, ["W-A/FU-1", "10", "10"]).good
    assert take(ReorderPoint, heads, ["W-A/FU-1", "4", "10"], by=actor(technical)).problems
    assert exported(ReorderPoint, actor(technical)) == [
        {
            "code": "W-A/FU-1",
            "reorder_at": "3",
            "order_up_to": "10",
            "place__outlet__name": outlet_a.name,
            "part__name": point.part.name,
        }
    ]


def test_a_manager_of_one_region_writes_no_stranger(take, outlet_a, outlet_b):
    ToolTypeFactory(code="GJ-1")
    SparePartFactory(number="FU-1")
    east = actor(make.member("brand_manager", regions=("江苏省",)))
    assert not take(Tool, ["number", "type", "outlet"], ["T-1", "GJ-1", "W-A"], by=east).good
    assert not take(Stock, ["code", "quantity"], ["W-A/FU-1", "1"], by=east).good
    assert take(Stock, ["code", "quantity"], ["W-B/FU-1", "1"], by=east).good
    granted(outlet_a.partner, DiagnosticToolFactory())
    assert exported(ToolGrant, east) == []
