"""Customers without account: by number and code, anonymously, by keyboard alone (R130, R193, R214, R220)."""

import re

import pytest

from tests.browser.visitor import PHONE
from tickets.choices import TicketState
from tickets.models import SatisfactionFeedback, Ticket
from tickets.rules.region import REGIONS

pytestmark = pytest.mark.browser


def test_tracking_by_number_telephone_and_code(stage, visitor, post):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    guest = visitor("赵女士", PHONE)
    guest.tolerates(400)
    guest.open("/track/")
    guest.fill("工单编号", ticket.number)
    guest.fill("联系电话", "13900000000")
    guest.send("查询进度")
    guest.sees("没有与该编号和电话相符的工单")
    assert guest.field("工单编号").input_value() == ticket.number, "what was typed stays"
    guest.fill("联系电话", f"+86 {ticket.contact_phone}")
    guest.send("查询进度")
    guest.sees(ticket.number, "处理中")
    guest.misses("更换保险丝")  # what was done, and by whom, only with the code
    guest.send("发送验证码")
    guest.sees("验证码已发送至联系人邮箱")
    code = re.search(r"\d{6}(?!\d)", post("的验证码").split("验证码为")[1])[0]
    guest.fill("六位验证码", "000000" if code != "000000" else "000001")
    guest.send("打开工单")
    guest.sees("验证码不正确")
    guest.fill("六位验证码", code)
    guest.send("打开工单")
    guest.sees("更换保险丝", within="ol.story")
    guest.fill("您要补充什么？", "车停在地下二层。")
    guest.send("发送")
    guest.sees("感谢您，我们已转达处理人员")
    guest.sees("车停在地下二层", within="ol.story")


def test_an_anonymous_rating(stage, visitor, post):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    guest = visitor("赵女士", PHONE)
    link = re.search(r"https?://\S+", post("请评价"))[0]
    guest.open(link)
    for question in ("总体评价", "服务时效", "技术能力", "服务态度"):
        guest.stars(question, "非常满意")
    guest.field("匿名评价").check()
    guest.send("提交评价")
    guest.sees("感谢您的评价")
    given = SatisfactionFeedback.objects.get()
    assert (given.overall, given.ticket, given.rated_by) == (5, None, "")
    guest.open(link)
    guest.sees("感谢您的评价")  # and no second time
    dora = visitor("Dora")
    dora.sign_in("dora")
    dora.open(f"/admin/tickets/ticket/{ticket.pk}/change/")
    dora.misses("非常满意")


def test_the_request_by_keyboard_alone(stage, visitor):
    guest = visitor("赵女士")
    guest.open("/request/")
    keys = guest.page.keyboard
    keys.press("Tab")
    assert guest.focused().inner_text() == "跳到正文"
    keys.press("Enter")
    guest.tab_to("category")
    keys.press("ArrowRight")
    for name, text in (
        ("description", "充电到一半就停。"),
        ("contact_name", "赵女士"),
        ("contact_phone", "021-50001234"),
    ):
        guest.tab_to(name)
        keys.type(text)
    guest.tab_to("region")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    assert "提交请求" in guest.focused().inner_text()
    with guest.page.expect_navigation():
        keys.press("Enter")
    guest.sees("您的请求已提交")
    ticket = Ticket.objects.get()
    assert (ticket.description, ticket.region, ticket.category) == ("充电到一半就停。", REGIONS[0], "consultation")


def test_a_wrong_request_keeps_what_was_typed(stage, visitor):
    guest = visitor("赵女士", PHONE)
    guest.tolerates(400)
    guest.open("/request/")
    guest.fill("问题描述", "充电到一半就停。")
    guest.fill("您的姓名", "赵女士")
    guest.choose("区域", "上海市")
    guest.send("提交请求")
    guest.sees("请填写联系电话，以便我们联系您")
    assert guest.field("问题描述").input_value() == "充电到一半就停。"
    guest.fill("电话", "电话没有")
    guest.send("提交请求")
    guest.sees("电话号码格式不正确")


def test_a_cut_link_is_told_in_words(stage, visitor, post):
    stage.ticket_in(TicketState.RECEIVED)
    link = re.search(r"https?://\S+", post("已收到您的服务请求"))[0]
    guest = visitor("赵女士", PHONE)
    guest.tolerates(404, 410)
    guest.open(link)
    guest.sees("充电桩无法启动")
    answer = guest.open(link[:-2] + "/")
    assert answer.status in (404, 410)
    guest.sees("链接")
