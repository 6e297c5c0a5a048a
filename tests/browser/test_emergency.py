"""An emergency from the public form to the archive, told by the people who meet in it (R057, R195–R224).

A customer with a telephone, Dora at the service desk, Ann of partner A in the field; the portal's letters join them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from portal.journal.models import JournalEntry
from portal.journal.verify import verify
from portal.kernel import clock
from tests.browser import story
from tests.browser.visitor import DESK, PHONE, Visitor
from tickets.models import Ticket

pytestmark = pytest.mark.browser


@dataclass
class Tale:
    """Who takes part, and what they learn on the way."""

    visitor: Callable[..., Visitor]
    post: Callable[[str], str]
    photo: Path
    number: str = ""
    people: dict[str, Visitor] = field(default_factory=dict)

    def who(self, name: str, size: tuple[int, int] = DESK) -> Visitor:
        if name not in self.people:
            self.people[name] = self.visitor(name, size)
        return self.people[name]

    @property
    def guest(self) -> Visitor:
        return self.who("赵女士", PHONE)

    @property
    def dora(self) -> Visitor:
        return self.who("Dora")

    @property
    def ann(self) -> Visitor:
        return self.who("Ann", PHONE)

    @property
    def ticket(self) -> Ticket:
        return Ticket.objects.get(number=self.number)

    def link(self, words: str) -> str:
        """The address in the newest letter about that."""
        return re.search(r"https?://\S+", self.post(f"{words}"))[0]


def request_from_the_roadside(tale: Tale) -> None:
    guest = tale.guest
    guest.open("/")
    guest.sees("我们能为您做什么？")
    guest.page.locator("a[href='/request/']").first.click()
    guest.pick("问题类型", "紧急故障")
    guest.fill("问题描述", "车辆行驶中突然断电，停在高架应急车道。仪表显示“高压系统故障”。")
    guest.choose("产品线", "纯电轿车")
    guest.fill("序列号", "SN-0001")
    guest.page.locator("input[type=file]").set_input_files(tale.photo)
    guest.sees("现场照片.jpg")
    guest.fill("您的姓名", "赵女士")
    guest.fill("电话", "13700000001")
    guest.fill("电子邮箱", "zhao@example.com")
    guest.choose("区域", "上海市")
    guest.fill("地址", "上海市徐汇区内环高架")
    guest.send("提交请求")
    guest.sees("您的请求已提交")
    tale.number = guest.text("p.num")
    assert re.fullmatch(r"[A-Z]{2}\d{4,}-?\d+", tale.number)
    guest.follow("查看进度")
    guest.sees(tale.number, "紧急故障", "车辆行驶中突然断电")


def register_and_dispatch(tale: Tale) -> None:
    dora = tale.dora
    dora.sign_in("dora")
    dora.open("/admin/tickets/ticket/")
    dora.page.locator("a.ak-row-link", has_text=tale.number).click()
    dora.sees("车辆行驶中突然断电", "高压系统故障")
    dora.follow("受理登记")
    assert dora.page.get_by_label("客户名称").input_value() == "客户1有限公司", "known by telephone and serial number"
    dora.choose("紧急程度", "特急")
    dora.fill("初步处理意见", "先电话指导安全停放，并安排上门。")
    dora.send("受理登记", within="form.ak-form")
    dora.sees("已受理")
    dora.follow("派单")
    dora.page.locator("label.ak-choice", has_text="A服务网点").click()
    dora.fill("给合作伙伴的说明", "客户在高架上，请尽快联系。")
    dora.send("派单", within="form.ak-form")
    dora.sees("已派单", "A服务网点")


def accept_on_the_telephone(tale: Tale) -> None:
    ann = tale.ann
    ann.sign_in("ann")
    ann.open("/field/")
    ann.sees(tale.number)
    assert re.search(r"剩余 ?\d", ann.text("li.work-card time[data-due]")), "the countdown runs"
    ann.page.locator("li.work-card a").first.click()
    ann.sees("接单后可见", "客户在高架上，请尽快联系")
    ann.press("接单")
    ann.send("接单", within="#confirm-dialog")
    ann.sees("已接单", "13700000001")


def call_the_customer(tale: Tale) -> None:
    ann = tale.ann
    ann.follow("登记沟通")
    ann.choose("渠道", "电话")
    ann.fill("沟通内容", "已致电客户，指导其开启双闪并撤离至护栏外。")
    ann.send("保存沟通记录")
    call = tale.ticket.clocks.leading().get(kind="emergency_call")
    assert call.state == "met", "a call within half an hour"


def plan(tale: Tale, finding: str, cause: str, solution: str, hours: str) -> None:
    """Diagnosis and plan; the same after the rejection."""
    ann = tale.ann
    ann.follow("诊断")
    ann.fill("诊断结论", finding)
    ann.fill("可能原因", cause)
    ann.pick("服务方式", "现场服务")
    ann.pick("质保情况", "质保期内")
    ann.send("保存诊断")
    ann.sees("已诊断")
    ann.follow("开始处理")
    ann.fill("解决方案", solution)
    ann.fill("预计耗时（小时）", hours)
    ann.fill("预约时间", clock.local(clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    ann.send("告知客户并开始处理")
    ann.sees("处理中")


def report(tale: Tale, measures: str, next_step: str) -> None:
    ann = tale.ann
    ann.follow("更新进度")
    ann.fill("处理措施", measures)
    ann.fill("下一步计划", next_step)
    ann.send("保存并告知客户")
    ann.sees(measures)


def arrive(tale: Tale) -> None:
    ann = tale.ann
    ann.press("登记到场")
    ann.send("登记到场", within="#confirm-dialog")
    ann.sees("已到达现场")


def complete(tale: Tale, cause: str, work: str, part: tuple[str, str] | None = None) -> None:
    ann = tale.ann
    ann.follow("完成")
    ann.fill("故障原因", cause)
    ann.fill("处理过程与结果", work)
    if part:
        ann.press("添加配件")
        ann.fill("配件编号", part[0])
        ann.sees(part[1])
        ann.sees("¥ 0.00")
    for box in ("通电测试", "功能测试", "质量检验合格"):
        ann.field(box).check()
    ann.field("已向客户说明故障原因、处理过程与使用注意事项").check()
    ann.send("提交客户签字")
    ann.sees("待确认")


def read_and_reject(tale: Tale) -> None:
    guest = tale.guest
    guest.open(tale.link("请确认"))
    guest.sees("请确认处理结果", "高压保险丝熔断", "已更换高压保险丝", "高压保险丝 × 1")
    guest.sees("现场照片.jpg", "已出发，携带高压保险丝", "正在拆检高压配电盒", within="ol.story")
    guest.page.get_by_text("问题没有解决？").click()
    guest.fill("哪里还有问题？", "行驶十分钟后又断电了。")
    guest.send("未解决，退回重新处理")
    guest.sees("我们将在三个工作日内给出新的处理方案")
    guest.sees("重新评估")


def plan_again_in_time(tale: Tale) -> None:
    ann = tale.ann
    ann.open("/field/")
    ann.page.locator("li.work-card", has_text="重新评估").locator("a").first.click()
    ann.sees("行驶十分钟后又断电了", "重新评估方案")
    plan(tale, "高压线束绝缘破损。", "线束与支架摩擦。", "更换高压线束并加装护套。", "3")
    met = tale.ticket.clocks.leading().get(kind="reassessment")
    assert met.state == "met", "the new plan came within its clock"


def sign(tale: Tale) -> None:
    guest = tale.guest
    guest.open(tale.link("请确认"))
    guest.pick("问题是否解决？", "已解决")
    guest.fill("签字人姓名", "赵女士")
    canvas = guest.page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    mouse, left, middle = guest.page.mouse, box["x"], box["y"] + box["height"] / 2
    mouse.move(left + 30, middle)
    mouse.down()
    for step in range(1, 9):
        mouse.move(left + 30 + 25 * step, middle + (20 if step % 2 else -20), steps=3)
    mouse.up()
    guest.send("确认并签字")
    guest.sees("感谢您的确认", "已解决")


def rate_badly(tale: Tale) -> None:
    guest = tale.guest
    guest.open(tale.link("请评价"))
    for question in ("总体评价", "服务时效", "技术能力", "服务态度"):
        guest.stars(question, "不满意")
    guest.fill("意见与建议", "第一次没有修好，来了两次。")
    guest.send("提交评价")
    guest.sees("感谢您的评价")


def call_back_and_close(tale: Tale) -> None:
    dora = tale.dora
    tale.post("低分评价")
    dora.open(f"/admin/tickets/ticket/{tale.ticket.pk}/change/")
    dora.follow("低分回访")
    dora.fill("原因", "首次诊断未检查线束。")
    dora.fill("改进措施", "诊断流程增加绝缘检测。")
    dora.fill("结果", "客户接受道歉与说明。")
    dora.send("低分回访", within="form.ak-form")
    dora.follow("归档")
    dora.send("归档", within="form.ak-form")
    dora.sees("已归档")


def read_the_story(tale: Tale) -> None:
    """In both languages, the page switched by its own menu."""
    dora, kept = tale.dora, tale.ticket.retention_until.isoformat()
    assert list(reversed(dora.texts("ol.story .story-text"))) == [line.format(kept=kept) for line in story.CHINESE]
    dora.page.get_by_text("dora@example.com").click()
    dora.send("English en")
    dora.sees("Closed", "Service log")
    assert list(reversed(dora.texts("ol.story .story-text"))) == [line.format(kept=kept) for line in story.ENGLISH]


def take_the_records(tale: Tale) -> None:
    dora = tale.dora
    addresses = [a.get_attribute("href") for a in dora.page.locator("ul.ak-sheets a").all()]
    assert len(addresses) == 4
    for address in addresses:
        status, body = dora.fetch(address)
        assert (status, body[:5]) == (200, b"%PDF-"), address


def tamper(tale: Tale, lift_triggers: Callable) -> None:
    assert verify().intact
    entry = JournalEntry.objects.filter(subject=f"ticket:{tale.ticket.pk}", verb="reject").get()
    with lift_triggers(), connection.cursor() as cursor:
        change = "UPDATE journal_journalentry SET facts = REPLACE(facts, %s, %s) WHERE id = %s"
        cursor.execute(change, [r"\u5341", r"\u5342", entry.pk])  # one byte of 十
    broken = verify().breaks
    assert [(one.subject, one.sequence) for one in broken] == [(entry.subject, entry.sequence)]


def test_emergency(stage, visitor, post, photo, lift_triggers):
    tale = Tale(visitor, post, photo)
    request_from_the_roadside(tale)
    register_and_dispatch(tale)
    accept_on_the_telephone(tale)
    call_the_customer(tale)
    plan(tale, "高压回路不通。", "高压保险丝熔断。", "更换高压保险丝。", "2")
    report(tale, "已出发，携带高压保险丝。", "到场后拆检高压配电盒。")
    arrive(tale)
    report(tale, "正在拆检高压配电盒。", "更换保险丝。")
    complete(tale, "高压保险丝熔断", "已更换高压保险丝，车辆恢复行驶。", ("FU-400", "高压保险丝"))
    read_and_reject(tale)
    plan_again_in_time(tale)
    complete(tale, "高压线束绝缘破损", "已更换高压线束并加装护套。")
    sign(tale)
    rate_badly(tale)
    call_back_and_close(tale)
    read_the_story(tale)
    take_the_records(tale)
    tamper(tale, lift_triggers)
