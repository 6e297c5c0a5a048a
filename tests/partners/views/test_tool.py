"""Tools and diagnostic tools on a telephone: seen, kept, asked for; a stranger's row is 404 (A01, R020, R179)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from partners.actions import tool_use
from partners.choices.tool import ToolState
from partners.models import Calibration, Tool, ToolGrant
from partners.queries.tool import outlet_tools
from portal.files.models import Attachment
from portal.kernel import clock
from tests.cast import actor
from tests.factories.tool import DiagnosticToolFactory, ToolFactory, ToolTypeFactory, calibrated, granted
from tests.tickets.views.field_page import browser

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def tool(outlet_a, line):
    kind = ToolTypeFactory(name="接地电阻测试仪")
    kind.product_lines.add(line)
    return ToolFactory(outlet=outlet_a, type=kind, number="ZC-7")


def page(name, *args):
    return reverse(f"house:{name}", args=args)


def test_the_list_shows_what_is_required_and_is_filtered(manager_a, tool, line):
    missing = ToolTypeFactory(name="红外热像仪")
    missing.product_lines.add(line)
    alan = browser(manager_a)
    text = alan.get(page("tools")).content.decode()
    assert "缺少" in text
    assert f"type={missing.pk}" in text
    for query, count in (
        ({"q": "ZC-7"}, 1),
        ({"standing": "valid"}, 0),
        ({"standing": "?"}, 1),
        ({"state": "retired"}, 0),
    ):
        assert len(alan.get(page("tools"), query).context["page"]) == count


def test_an_empty_list_says_what_to_do(manager_a):
    assert "还没有登记工具" in browser(manager_a).get(page("tools")).content.decode()


def test_a_manager_registers_calibrates_and_changes(manager_a, outlet_a, ann_staff, tool):
    alan = browser(manager_a)
    first = alan.get(page("tool_new"), {"type": tool.type.pk, "outlet": outlet_a.pk})
    assert f'<option value="{tool.type.pk}" selected' in first.content.decode()
    sent = {"type": tool.type.pk, "outlet": outlet_a.pk, "holder": ann_staff.pk, "bought_on": "2025-03-31"}
    assert alan.post(page("tool_new"), sent).status_code == 302
    row = Tool.objects.exclude(pk=tool.pk).get()
    paper = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    told = {"checked_on": f"{clock.today()}", "body": "计量院", "certificate_number": "JZ-1", "result": "passed"}
    assert alan.post(page("tool_calibrate", row.pk), {**told, "file": paper}).status_code == 302
    assert (
        reverse("files:attachment", args=[Attachment.objects.get().key])
        in alan.get(page("tool", row.pk)).content.decode()
    )
    assert alan.post(page("tool_state", row.pk), {"state": "out_of_order", "reason": "屏幕损坏"}).status_code == 302
    assert alan.post(page("tool_change", row.pk), {"outlet": outlet_a.pk, "note": "备用"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.note, row.holder) == (ToolState.OUT_OF_ORDER, "备用", None)


def test_a_form_sent_again_after_going_back_registers_one_tool(manager_a, outlet_a, tool):
    alan = browser(manager_a)
    key = alan.get(page("tool_new")).context["form"]["key"].value()
    sent = {"type": tool.type.pk, "outlet": outlet_a.pk, "key": str(key)}
    first = alan.post(page("tool_new"), sent)
    again = alan.post(page("tool_new"), {**sent, "note": "备用"}, follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "没有再次登记" in again.content.decode()
    assert Tool.objects.exclude(pk=tool.pk).count() == 1
    assert alan.post(page("tool_new"), {**sent, "key": ""}).status_code == 302
    assert Tool.objects.exclude(pk=tool.pk).count() == 2


def test_wrong_input_keeps_what_was_typed(manager_a, tool):
    alan = browser(manager_a)
    answer = alan.post(
        page("tool_calibrate", tool.pk), {"checked_on": "2099-01-01", "body": "计量院", "result": "passed"}
    )
    assert answer.status_code == 400
    assert "计量院" in answer.content.decode()
    paper = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    told = {"checked_on": "2099-01-01", "body": "计量院", "certificate_number": "1", "result": "passed", "file": paper}
    answer = alan.post(page("tool_calibrate", tool.pk), told)
    assert "日期还未到" in answer.content.decode()
    assert not Calibration.objects.exists()
    calibrated(tool)
    Tool.objects.filter(pk=tool.pk).update(note="")
    told |= {"checked_on": f"{clock.today()}", "certificate_number": Calibration.objects.get().certificate_number}
    told["file"] = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    assert alan.post(page("tool_calibrate", tool.pk), told).status_code == 400
    assert alan.post(page("tool_state", tool.pk), {"state": "retired", "reason": ""}).status_code == 400


def test_r179_a_tool_is_not_bought_after_its_calibration(manager_a, tool, outlet_a):
    calibrated(tool, clock.today() - timedelta(days=9))
    alan, sent = browser(manager_a), {"outlet": outlet_a.pk, "bought_on": f"{clock.today()}"}
    answer = alan.post(page("tool_change", tool.pk), sent)
    assert answer.status_code == 400
    assert "在该日之前已校准" in answer.content.decode()
    answer = alan.post(page("tool_new"), {**sent, "type": tool.type.pk, "number": "<b>7"})
    assert "资产编号只能" in answer.content.decode()
    sent["bought_on"] = "1989-12-31"
    assert "1990" in alan.post(page("tool_change", tool.pk), sent).content.decode()


@pytest.mark.parametrize(
    ("name", "content"), [("note.txt", "已校准".encode()), ("a.pdf", b"<html>x</html>"), ("a.pdf", b"MZ\x90\x00\x03")]
)
def test_e01_a_certificate_is_a_pdf_or_a_picture_and_the_refusal_says_so(manager_a, tool, name, content):
    told = {"checked_on": f"{clock.today()}", "body": "计量院", "certificate_number": "JZ-1", "result": "passed"}
    sent = {**told, "file": SimpleUploadedFile(name, content, "application/pdf")}
    answer = browser(manager_a).post(page("tool_calibrate", tool.pk), sent)
    assert answer.status_code == 400
    assert "PDF、JPEG、PNG" in answer.content.decode().split("is-invalid", 1)[-1]
    assert "不是扫描件" in answer.content.decode()
    assert not Calibration.objects.exists()


def test_others_look_and_strangers_find_nothing(ann, dispatcher_a, manager_b, bob, tool):
    for person in (ann, dispatcher_a):
        assert browser(person).get(page("tool", tool.pk)).status_code == 200
        assert browser(person).get(page("tool_change", tool.pk)).status_code == 403
    for name in ("tool", "tool_change", "tool_calibrate", "tool_state"):
        assert browser(manager_b).get(page(name, tool.pk)).status_code == 404
    assert len(browser(bob).get(page("tools")).context["page"]) == 0


def test_a_retired_tool_takes_no_state(manager_a, tool):
    alan = browser(manager_a)
    alan.post(page("tool_state", tool.pk), {"state": "retired", "reason": "报废"})
    assert alan.post(page("tool_state", tool.pk), {"state": "in_use", "reason": "x"}).status_code == 400
    assert len(alan.get(page("tools")).context["page"]) == 0


def test_grants_are_listed_and_asked_for(ann, manager_a, bob, partner_a, line):
    tool = DiagnosticToolFactory()
    tool.product_lines.add(line)
    granted(partner_a, tool, conditions="先拍照")
    person = browser(ann)
    text = person.get(page("tool_grants")).content.decode()
    assert tool.name in text
    assert "先拍照" in text
    assert tool.address not in text
    assert person.post(page("tool_ask", tool.pk), {"functions": ["read_codes"], "reason": ""}).status_code == 400
    assert person.post(page("tool_ask", tool.pk), {"functions": ["read_codes"], "reason": "读码"}).status_code == 302
    assert ToolGrant.objects.get(state="asked").asked_by == ann
    assert person.post(page("tool_ask", tool.pk), {"functions": ["read_codes"], "reason": "读码"}).status_code == 409
    assert "待审批" in browser(manager_a).get(page("tool_grants")).content.decode()
    assert "读码" not in browser(bob).get(page("tool_grants")).content.decode()
    tool.active = False
    tool.save()
    assert person.get(page("tool_ask", tool.pk)).status_code == 404


def test_the_log_is_searched_and_scoped(ann, amy, manager_a, partner_a, line):
    use = tool_use.open_tool(
        actor(ann), granted(partner_a), tool_use.Job("FW20200101-0001", line), "read_codes", "读故障码"
    )
    assert len(browser(ann).get(page("tool_uses")).context["page"]) == 1
    assert len(browser(amy).get(page("tool_uses")).context["page"]) == 0
    alan = browser(manager_a)
    assert len(alan.get(page("tool_uses"), {"q": use.staff.name}).context["page"]) == 1
    assert "没有符合条件" in alan.get(page("tool_uses"), {"q": "无"}).content.decode()


def test_functions_and_needs_are_named_as_the_language_does(dispatcher_a, partner_a, line, tool):
    grant = granted(partner_a)
    assert grant.function_names == "读取故障码、清除故障码"
    calibrated(tool)
    person = browser(dispatcher_a)
    assert "还可申请" not in person.get("/field/more/").content.decode()
    ToolGrant.objects.filter(pk=grant.pk).update(state="refused", decision="x")
    assert "服务工程师和负责人" in person.get(page("tool_grants")).content.decode()
    with translation.override("en"):
        assert granted(partner_a).function_names == "Read fault codes, Clear fault codes"
        assert str(outlet_tools([tool.outlet])[0].needs[0].state.label) == "Complete"
