"""From a fault to an article and back: found in the ticket, helped, contributed, reviewed (R018, R177, R178)."""

import pytest

from partners.models import Article
from portal.accounts.roles import Role
from tests import factories as make
from tests.browser.visitor import PHONE
from tests.factories import knowledge as write
from tickets.choices import TicketState
from tickets.models import ArticleVote

pytestmark = pytest.mark.browser


def test_a_technician_finds_what_helps_and_gives_something_back(stage, visitor):
    article = write.published("按启动键后无法启动", "## 处理\n\n1. 查急停", "充电桩没有反应", lines=[stage.line])
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    make.member(Role.TECHNICAL, stage.brand, username="tom", name="Tom")
    ann = visitor("Ann", PHONE)
    ann.sign_in("ann")
    ann.open("/field/knowledge/")
    ann.field("搜索").press_sequentially("启动")
    ann.sees(article.title, within="#results")
    ann.open(f"/field/{ticket.number}/")
    ann.follow(article.title, within="#articles")
    ann.sees("查急停")
    ann.send("已解决")
    ann.sees("已关联", within="#articles")
    assert ArticleVote.objects.get().article == article
    stage.confirm(stage.complete(ticket))
    ann.open(f"/field/{ticket.number}/")
    ann.follow("投稿到知识库")
    ann.fill("标题", "保险丝熔断导致无法启动")
    ann.send("提交审核")
    ann.sees("审核中", "保险丝熔断导致无法启动")
    made = Article.objects.get(source=ticket.number)
    tom = visitor("Tom")
    tom.sign_in("tom")
    tom.open("/admin/partners/article/?queue=review")
    tom.sees(made.title)
    tom.open(f"/admin/partners/article/{made.pk}/change/")
    tom.sees("更换保险丝后恢复正常")
    tom.follow("发布")
    tom.send("发布")
    tom.sees("已发布")
    ann.open("/field/knowledge/mine/")
    ann.sees("已发布", "计入贡献：")
