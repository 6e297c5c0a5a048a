"""A technician opens a diagnostic tool from his ticket, says what came of it, and names the tools that he used.

Ann on a telephone (R020, R179, R209).
"""

import pytest

from partners.models import ToolUse
from tests.browser.visitor import PHONE
from tests.factories.tool import DiagnosticToolFactory, ToolFactory, calibrated, granted
from tickets.choices import TicketState
from tickets.models import ToolUsage

pytestmark = pytest.mark.browser


def test_a_diagnostic_tool_and_the_tools_on_the_sheet(stage, visitor):
    tool = DiagnosticToolFactory(name="充电桩诊断台")
    granted(stage.side.partner, tool, conditions="清码前拍照")
    meter = ToolFactory(outlet=stage.side.outlet)
    calibrated(meter)
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    ann = visitor("Ann", PHONE)
    ann.sign_in("ann")
    ann.open(f"/field/{ticket.number}/")
    ann.page.locator("a.menu-entry", has_text="诊断工具").click()
    ann.sees("清码前拍照")
    ann.page.get_by_label("充电桩诊断台 · 读取故障码").check()
    ann.fill("用途", "读取故障码定位")
    ann.send("登记并打开")
    link = ann.page.get_by_role("link", name="在新标签页打开工具")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (tool.address, "noopener noreferrer")
    ann.page.locator("label", has_text="找到原因").click()
    ann.fill("备注", "E21 模块通信故障")
    ann.send("登记结果")
    ann.sees("找到原因")
    assert ToolUse.objects.get().told.note == "E21 模块通信故障"

    ann.open(f"/field/{ticket.number}/complete/")
    ann.fill("故障原因", "模块通信线松动")
    ann.fill("处理过程与结果", "紧固后恢复正常")
    for box in ("通电测试", "质量检验合格"):
        ann.field(box).check()
    ann.field("已向客户说明故障原因、处理过程与使用注意事项").check()
    ann.page.locator("label", has_text=meter.number).click()
    ann.send("提交客户签字")
    ann.sees(meter.number)
    assert ToolUsage.objects.get().tool == meter
