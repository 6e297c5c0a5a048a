"""A service quality review, from data over minutes and decision to the task that the partner does (R076, R225)."""

import re
from datetime import timedelta

import pytest

from partners.choices.meeting import MeetingKind
from partners.models import CooperationTask, Meeting
from portal.kernel import clock
from tests.browser.visitor import PHONE
from tests.factories import cooperation as given
from tickets.choices import TicketState

pytestmark = pytest.mark.browser


def test_a_review_is_prepared_from_data_and_its_decision_is_done(stage, visitor):
    stage.ticket_in(TicketState.RESOLVED)
    row = given.planned(
        stage.manager, stage.side.partner, kind=MeetingKind.QUALITY, title="上半年服务质量分析会",
        starts_at=clock.now() + timedelta(days=9),
    )  # fmt: skip
    mary = visitor("Mary")
    mary.sign_in("mary")
    page = f"/admin/partners/meeting/{row.pk}/change/"
    mary.open("/admin/partners/meeting/calendar/")
    mary.sees("上半年服务质量分析会")
    mary.open(page)
    for name in ("用数据填写议程", "发出邀请"):
        mary.follow(name)
        mary.send(name)
    mary.sees("服务数据", "满意度与投诉")
    Meeting.objects.filter(pk=row.pk).update(starts_at=clock.now() - timedelta(hours=2))
    mary.open(page)
    mary.follow("登记召开")
    for box in mary.page.get_by_role("checkbox").all():
        box.check()
    mary.send("登记召开")
    given.discussed(Meeting.objects.get(pk=row.pk))
    mary.open(page)
    boss = stage.side.manager
    row.decisions.create(
        item=row.items.first(), text="补齐绝缘工具", owner=boss, due_on=clock.today() + timedelta(days=7)
    )
    mary.open(page)
    mary.follow("决议转为任务")
    mary.send("决议转为任务")
    mary.sees("已将 1 项决议转为任务。")
    mary.follow("发布会议纪要")
    mary.send("发布会议纪要")
    alan = visitor("Alan", PHONE)
    alan.sign_in(boss.username)
    alan.open(f"/field/meetings/{row.pk}/")
    alan.sees("补齐绝缘工具")
    alan.send("确认会议纪要")
    task = CooperationTask.objects.get(decision__isnull=False)
    alan.open("/field/cooperation/tasks/")
    alan.follow(task.title)
    alan.fill("结果", "绝缘工具已补齐并检定")
    alan.send("报告完成")
    alan.sees("已报告完成。")
    mary.open(f"/admin/partners/cooperationtask/{task.pk}/change/")
    mary.sees("绝缘工具已补齐并检定", re.compile("已完成"))
