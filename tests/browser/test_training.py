"""A technician is trained, examined and certified on a telephone; when the certificate ends, nothing is dispatched."""

import re
from datetime import timedelta

import pytest

from partners.actions import enrolment
from partners.models import Certificate, CourseSession, ExamAttempt
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import Refused
from tests import factories as make
from tests.browser.visitor import PHONE
from tests.cast import actor
from tests.factories import training
from tickets.choices import TicketState

pytestmark = pytest.mark.browser


def test_train_examine_certify_expire(stage, visitor):
    ann, line = stage.ann, stage.line
    ann.certificates.all().delete()
    stage.side.technicians[1].certificates.all().delete()
    course = training.CourseFactory(name="高压安全上岗培训", product_line=line, self_enrolment=True)
    training.PaperFactory(course=course)
    trainer = make.member(Role.TECHNICAL, stage.brand, name="程讲师")
    session = training.SessionFactory(course=course, trainer=trainer)
    phone = visitor("Ann", PHONE)
    phone.sign_in("ann")

    phone.open("/field/more/")
    phone.page.get_by_role("link", name=re.compile("我的培训")).click()
    phone.sees("缺少", "没有它不能接单")
    phone.page.get_by_role("link", name=re.compile("高压安全上岗培训")).first.click()
    phone.sees("请先参加培训")
    phone.send("为我报名")
    phone.sees("已报名")

    CourseSession.objects.filter(pk=session.pk).update(starts_at=clock.now() - timedelta(hours=5))
    row = session.enrolments.get()
    enrolment.record_attendance(actor(trainer), session, [row.pk])
    phone.open(f"/field/training/courses/{course.pk}/")
    phone.press("开始考试")
    phone.send("开始", within="#confirm-dialog")
    phone.sees("全部已保存")
    attempt = ExamAttempt.objects.get()
    phone.page.context.set_offline(True)
    tick(phone, attempt, 0)
    phone.sees("没有网络")
    phone.page.context.set_offline(False)
    phone.sees("全部已保存")
    phone.page.reload()
    phone.sees("1 / 4")
    for place in range(1, 4):
        tick(phone, attempt, place)
    phone.sees("4 / 4", "全部已保存")
    phone.press("交卷")
    phone.send("交卷", within="#confirm-dialog")
    phone.sees("100", "通过", "等待电容放电后验电")
    given = Certificate.objects.get(course=course)
    phone.open("/field/training/certificates/")
    phone.sees(given.number, "有效")
    assert phone.fetch(f"/certificates/{given.pk}.pdf")[1][:5] == b"%PDF-"

    assert stage.ticket_in(TicketState.ACCEPTED).owner == ann
    Certificate.objects.filter(pk=given.pk).update(
        valid_from="2024-01-01", valid_until=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="Ann"):
        stage.dispatch(stage.ticket_in(TicketState.REGISTERED))
    phone.open("/field/training/")
    phone.sees("已过期")


def tick(phone, attempt, place):
    (right,) = attempt.sheet[place]["right"]
    phone.page.locator(f"input[name=q{place}][value='{right}']").check()
