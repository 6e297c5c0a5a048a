"""Staff at their pages: who is faster, who is a stranger, who only reads (C01, R219)."""

import pytest

from kpi.actions.making import make_now
from kpi.actions.report import request_report
from kpi.queries.scope import Scope
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.journal.models import JournalEntry
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests import factories as make
from tests.browser.visitor import PHONE
from tests.tickets.stages import picture
from tickets.choices import TicketState

pytestmark = pytest.mark.browser


def test_of_two_technicians_the_second_reads_who_was_faster(stage, visitor):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    ann, amy = visitor("Ann", PHONE), visitor("Amy", PHONE)
    amy.tolerates(409)
    for person in (ann, amy):
        person.sign_in(person.name.lower())
        person.open(f"/field/{ticket.number}/")
    ann.press("接单")
    ann.send("接单", within="#confirm-dialog")
    ann.sees("已接单")
    amy.press("接单")
    amy.send("接单", within="#confirm-dialog")
    amy.sees(f"已被抢先：Ann 已接下 {ticket.number}")
    ticket.refresh_from_db()
    assert ticket.owner == stage.ann


def test_a_stranger_finds_nothing_of_partner_a(stage, visitor):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION, files=[picture("故障.png")])
    key = Attachment.objects.filter(subject=f"ticket:{ticket.pk}").first().key
    bob = visitor("Bob", PHONE)
    bob.tolerates(404)
    bob.sign_in("bob")
    bob.sees("待办")
    bob.misses(ticket.number)
    bob.open(f"/field/{ticket.number}/")
    bob.misses(ticket.title)
    bob.sees("页面不存在")
    for path in (
        f"/field/{ticket.number}/complete/",
        f"/files/{key}/",
        f"/files/{key}/thumb/",
        f"/tickets/{ticket.number}/record/1.pdf",
        f"/tickets/{ticket.number}/record/3.pdf",
        "/reports/",
    ):
        assert bob.fetch(path)[0] == 404, path
    for path in (f"/admin/tickets/ticket/{ticket.pk}/change/", "/admin/"):
        status, body = bob.fetch(path)
        assert status in (302, 403, 404), path
        assert ticket.number not in body.decode()
    bob.open("/field/search/?q=" + ticket.number)
    bob.sees("没有")


def test_the_auditor_downloads_and_changes_nothing(stage, visitor):
    ticket = stage.ticket_in(TicketState.CLOSED)
    quarter = Quarter.of(clock.now())
    report = make_now(request_report(stage.manager, quarter, Scope(partner=stage.side.partner), queue=False))
    make.member(Role.AUDITOR, username="eve", name="Eve")
    eve = visitor("Eve")
    eve.tolerates(403, 404)
    eve.sign_in("eve")
    eve.sees("季度", "合作伙伴A有限公司", str(quarter))
    with eve.page.expect_download() as waiting:
        eve.page.get_by_role("link", name="下载").first.click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    assert JournalEntry.objects.filter(subject=f"quarterlyreport:{report.pk}", verb="report.download").count() == 1
    eve.open("/admin/tickets/ticket/?queue=all")
    for path in (
        f"/admin/tickets/ticket/{ticket.pk}/change/",
        "/admin/tickets/customer/",
        "/admin/partners/partner/",
    ):
        eve.open(path)
        assert eve.page.locator("main form[method=post], .ak-bar a").count() == 0, path
    assert eve.fetch("/admin/tickets/ticket/add/")[0] in (302, 403, 404)
    assert eve.fetch("/admin/kpi/quarterlyreport/make/")[0] in (302, 403, 404)
