"""An outlet inspected on a telephone; the partner corrects, the brand re-checks and closes (R109–R114, R182, I05)."""

import pytest

from partners.choices.outlet_inspection import FindingState, InspectionState
from partners.models import OutletInspection
from tests.browser.visitor import PHONE
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.browser
ITEMS = (
    {"number": "1.1", "section": "signage", "text": "门头标识符合视觉形象规范", "weight": 2},
    {"number": "6.1", "section": "safety", "text": "灭火器在有效期内", "weight": 3, "core": True, "days": 1},
)


def test_from_the_first_item_to_the_closed_inspection(stage, visitor, photo):
    mary = stage.manager
    inspect.released(mary, items=ITEMS)
    row = inspect.planned(mary, stage.side.outlet)
    brand = visitor("Mary", PHONE)
    brand.sign_in("mary")
    brand.open("/inspect/")
    brand.follow(stage.side.outlet.name)
    brand.send("开始检查")
    brand.sees("1.1 门头标识符合视觉形象规范", "1 / 2")
    brand.send("合格")
    brand.sees("6.1 灭火器在有效期内")
    brand.fill("检查情况", "压力偏低")
    # The connection breaks: words stay on the page and go when it is back.
    brand.page.route("**/inspect/**", lambda route: route.abort())
    brand.press("不合格")
    brand.sees("网络中断")
    brand.page.unroute("**/inspect/**")
    brand.send("不合格")
    brand.sees("本项还缺", "缺少照片")
    brand.page.locator("input[capture]").set_input_files(photo)
    brand.send("不合格")
    brand.fill("网点在场人员", "王店长")
    brand.press("提交检查")
    brand.send("提交", within="#confirm-dialog")
    brand.sees("整改中", "核心项不合格 1 个")
    alan = visitor("Alan", PHONE)
    alan.sign_in("alan")
    alan.open("/field/inspections/")
    alan.follow("6.1 灭火器在有效期内")
    alan.fill("已采取的措施", "已更换灭火器")
    alan.page.locator("input[capture]").set_input_files(photo)
    alan.send("提交整改")
    alan.sees("整改待审")
    row.refresh_from_db()
    desk = visitor("Mary at her desk")
    desk.sign_in("mary")
    desk.open(f"/admin/partners/outletinspection/{row.pk}/change/")
    desk.follow("安排复查")
    desk.field("计划日期").fill(row.planned_on.isoformat())
    desk.send("安排复查")
    again = OutletInspection.objects.get(origin=row)
    brand.open(f"/inspect/{again.number}/")
    brand.send("开始检查")
    brand.send("合格")
    brand.press("提交检查")
    brand.send("提交", within="#confirm-dialog")
    assert row.findings.get().state == FindingState.ACCEPTED
    desk.open(f"/admin/partners/outletinspection/{row.pk}/change/")
    desk.follow("关闭检查")
    desk.send("关闭检查")
    desk.sees("已关闭")
    row.refresh_from_db()
    assert row.state == InspectionState.CLOSED
