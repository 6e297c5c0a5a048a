"""A part is asked for, comes late, is fitted; the old one comes back and is scrapped, and the figure says late.

Ann in the field and Dick at the outlet, both on telephones (R086, R090, R134, R180).
"""

from datetime import timedelta

import pytest

from kpi.queries.figures import figures
from kpi.queries.scope import BRAND
from kpi.rules.period import of_days
from partners.actions.ledger import place_of
from partners.choices.stock import PlaceKind
from partners.models import Stock, StockSerial
from partners.queries.stock import disagreements
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.browser.visitor import PHONE
from tests.cast import actor
from tests.factories.stock import SparePartFactory, stocked
from tickets.actions import part_request
from tickets.choices import TicketState
from tickets.models import PartRequest

pytestmark = pytest.mark.browser


def test_a_part_comes_late(stage, visitor):
    part = SparePartFactory(number="MCU-7", name="主控板", serialised=True)
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    ann = visitor("Ann", PHONE)
    ann.sign_in("ann")
    ann.open(f"/field/{ticket.number}/")
    ann.follow("申请备件")
    ann.fill("配件编号", "MCU-7")
    ann.fill("备注", "主控板无输出，需更换")
    ann.send("提交申请")
    ann.sees("已申请", "主控板 × 1")
    row = PartRequest.objects.get()

    tom = actor(make.member(Role.TECHNICAL, stage.brand, username="tom", name="Tom"))
    before = clock.now() - timedelta(days=4)
    with clock.travel(before):
        row = part_request.promise(tom, row, clock.today() + timedelta(days=1))
    stocked(place_of(PlaceKind.WAREHOUSE), 1, part)
    part_request.ship(tom, row, ["MCU-7-000"])

    ann.open("/field/more/")
    ann.page.locator("a.menu-entry", has_text="备件申请").click()
    ann.sees("已逾期", "在途")
    ann.page.locator("li.work-card a").first.click()
    ann.page.locator("a.menu-entry", has_text="确认到货").click()
    assert ann.field("放入我的随车包").is_checked()
    ann.send("确认到货")
    ann.sees("已供应", "已逾期")

    ann.open(f"/field/{ticket.number}/")
    ann.follow("完成")
    ann.fill("故障原因", "主控板损坏")
    ann.fill("处理过程与结果", "更换主控板后恢复正常")
    ann.press("添加配件")
    ann.fill("配件编号", "MCU-7")
    ann.sees("主控板")
    ann.fill("旧件序列号", "OLD-1")
    ann.fill("新件序列号", "MCU-7-000")
    for box in ("通电测试", "质量检验合格"):
        ann.field(box).check()
    ann.field("已向客户说明故障原因、处理过程与使用注意事项").check()
    ann.send("提交客户签字")
    ann.sees("待确认")

    dick = visitor("Dick", PHONE)
    dick.sign_in("dick")
    dick.open("/field/stock/")
    dick.page.locator("nav.inbox-tabs a", has_text="旧件库").click()
    dick.sees("主控板")
    dick.page.locator("li.work-card a").first.click()
    dick.page.locator("a.menu-entry", has_text="报废").click()
    dick.field("OLD-1").check()
    dick.fill("原因", "主控板烧毁，无维修价值")
    dick.send("报废")
    dick.sees("报废", ticket.number)

    assert dict(StockSerial.objects.values_list("serial", "place__kind")) == {
        "MCU-7-000": "customer",
        "OLD-1": "scrapped",
    }
    assert not Stock.objects.filter(part=part, quantity__gt=0).exists()
    assert not disagreements()
    day = clock.local(before).date()
    late = figures(BRAND, of_days(day, day)).figures["parts_on_time"]
    assert (late.numerator, late.denominator) == (0, 1)
