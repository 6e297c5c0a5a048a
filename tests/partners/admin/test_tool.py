"""Tools and diagnostic tools in the admin: lists with filters, deeds, adding, strangers, export (R020, R179)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partners.actions import tool_grant, tool_use
from partners.choices.tool import ToolState
from partners.choices.tool_grant import UseResult
from partners.models import Calibration, DiagnosticTool, Tool, ToolGrant, ToolType
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories.tool import DiagnosticToolFactory, ToolFactory, ToolTypeFactory, calibrated, granted

pytestmark = pytest.mark.django_db
MODELS = ["tooltype", "tool", "calibration", "diagnostictool", "toolgrant", "tooluse", "reorderpoint"]


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:partners_{model}_{page}", args=args)


def deed(row, name: str) -> str:
    return reverse(f"admin:partners_{row._meta.model_name}_deed", args=[row.pk, name])


@pytest.fixture
def tool(outlet_a):
    return ToolFactory(outlet=outlet_a)


@pytest.fixture
def use(ann, partner_a, line):
    grant = granted(partner_a)
    row = tool_use.open_tool(actor(ann), grant, tool_use.Job("FW-1", line, serial="SN-7"), "read_codes", "读故障码")
    tool_use.tell_result(actor(ann), row, UseResult.FOUND, "E21")
    return row


@pytest.mark.parametrize("role", ["technical", "auditor"])
def test_readers_open_every_list_and_row_with_each_filter(client, request, role, tool, use):
    client.force_login(request.getfixturevalue(role))
    row = calibrated(tool)
    rows = [tool.type, tool, row, use.grant.tool, use.grant, use]
    for each in rows:
        name = each._meta.model_name
        assert client.get(url(name, "changelist")).status_code == 200
        assert client.get(url(name, "change", each.pk)).status_code == 200
    for name, key, values in (
        ("tool", "calibration", ("overdue", "valid", "soon", "?")),
        ("calibration", "counts", ("yes", "rejected", "recent")),
        ("toolgrant", "standing", ("valid", "expiring", "expired", "future", "asked", "withdrawn", "?")),
        ("tooluse", "result", ("found", "none", "?")),
    ):
        for value in values:
            assert client.get(url(name, "changelist"), {key: value}).status_code in (200, 302), (name, value)
    assert client.get(url("outlet", "change", tool.outlet.pk)).status_code == 200


def test_a_region_hides_the_others(client, tool, use):
    calibrated(tool)
    client.force_login(make.member("brand_manager", regions=("四川省",)))
    for each in (tool, tool.calibrations.get(), use.grant, use):
        assert client.get(url(each._meta.model_name, "change", each.pk)).status_code == 404
    assert client.post(deed(use.grant, "withdraw"), {"reason": "x"}).status_code == 404


def test_the_technical_department_keeps_catalogues_and_tools(client, technical, outlet_a, outlet_b, line):
    client.force_login(technical)
    data = {"code": "GJ-1", "name": "万用表", "kind": "test", "interval_months": "6", "quantity": "1", "active": "on"}
    assert (
        client.post(url("tooltype", "add"), {**data, "tiers": ["basic"], "product_lines": [line.pk]}).status_code == 302
    )
    kind = ToolType.objects.get()
    assert (kind.tiers, list(kind.product_lines.all())) == (["basic"], [line])
    inline = {"calibrations-TOTAL_FORMS": "0", "calibrations-INITIAL_FORMS": "0"}
    sent = {"number": "", "type": kind.pk, "outlet": outlet_a.pk, **inline}
    assert client.post(url("tool", "add"), sent).status_code == 302
    tool = Tool.objects.get()
    assert tool.number.startswith("GJ")
    changed = {"outlet": outlet_a.pk, "note": "备用", **inline}
    assert client.post(url("tool", "change", tool.pk), changed).status_code == 302
    elsewhere = client.post(url("tool", "change", tool.pk), {**changed, "outlet": outlet_b.pk})
    assert "只能在同一合作伙伴的网点之间调拨" in elsewhere.content.decode()
    ToolType.objects.update(active=False)
    assert "已不在目录中" in client.post(url("tool", "add"), sent).content.decode()
    told = {"checked_on": f"{clock.today()}", "body": "计量院", "certificate_number": "J1", "result": "passed"}
    assert client.post(deed(tool, "calibrate"), told).status_code == 302
    row = Calibration.objects.get()
    assert client.post(deed(row, "reject"), {"reason": ""}).status_code == 400
    assert client.post(deed(row, "reject"), {"reason": "无盖章"}).status_code == 302
    assert client.post(deed(tool, "state"), {"state": "retired", "reason": "报废"}).status_code == 302
    tool.refresh_from_db()
    assert (tool.note, tool.state) == ("备用", "retired")
    data = {
        "code": "ZD-1",
        "name": "诊断台",
        "functions": ["read_codes"],
        "risk": "low",
        "address": "javascript:alert(1)",
    }
    assert client.post(url("diagnostictool", "add"), data).status_code == 200
    assert client.post(url("diagnostictool", "add"), {**data, "address": "https://d.example.com"}).status_code == 302
    assert DiagnosticTool.objects.get().functions == ["read_codes"]


def test_opening_a_tool_in_the_admin(client, technical, partner_a, bob_staff, line):
    tool = DiagnosticToolFactory()
    client.force_login(technical)
    inline = {"uses-TOTAL_FORMS": "0", "uses-INITIAL_FORMS": "0"}
    data = {"tool": tool.pk, "partner": partner_a.pk, "functions": ["read_codes"], **inline}
    data |= {"valid_from": f"{clock.today()}", "valid_until": f"{clock.today() + timedelta(days=9)}"}
    answer = client.post(url("toolgrant", "add"), {**data, "people": [bob_staff.pk]})
    assert "只能指定该合作伙伴的人员" in answer.content.decode()
    assert client.post(url("toolgrant", "add"), {**data, "valid_until": ""}).status_code == 200
    assert client.post(url("toolgrant", "add"), {**data, "product_lines": [line.pk]}).status_code == 302
    grant = ToolGrant.objects.get()
    assert (grant.state, list(grant.product_lines.all()), grant.decided_by) == ("granted", [line], technical)
    assert client.post(deed(grant, "approve"), {}).status_code == 409
    assert client.post(deed(grant, "withdraw"), {"reason": "收回"}).status_code == 302


def test_deciding_a_request_in_the_admin(client, technical, manager_a):
    tool = DiagnosticToolFactory()
    rows = [tool_grant.ask(actor(manager_a), tool, ["read_codes"], "读码")]
    client.force_login(technical)
    text = client.get(deed(rows[0], "approve")).content.decode()
    assert f"{clock.today()}" in text
    data = {"functions": ["read_codes"], "valid_from": f"{clock.today()}", "valid_until": f"{clock.today()}"}
    assert client.post(deed(rows[0], "approve"), {**data, "valid_until": "2020-01-01"}).status_code == 400
    assert client.post(deed(rows[0], "approve"), data).status_code == 302
    rows.append(tool_grant.ask(actor(manager_a), tool, ["read_codes"], "读码"))
    assert client.post(deed(rows[1], "refuse"), {"reason": "先培训"}).status_code == 302


def test_the_log_is_taken_out_and_never_written(client, auditor, brand_manager, use):
    client.force_login(auditor)
    answer = client.post(reverse("admin:partners_tooluse_sheet_export"), {"kind": "csv", "purpose": "审计"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "FW-1" in text
    assert use.grant.tool.name in text
    assert "E21" in text
    client.force_login(brand_manager)
    assert client.get(reverse("admin:partners_tooluse_sheet_import")).status_code == 403
    assert client.get(url("tooluse", "add")).status_code == 403
    assert client.post(url("tooluse", "change", use.pk), {"purpose": "x"}).status_code == 403


def test_required_tools_stand_on_the_outlet(client, brand_manager, outlet_a, line):
    kind = ToolTypeFactory(name="兆欧表")
    kind.product_lines.add(line)
    client.force_login(brand_manager)
    text = client.get(url("outlet", "change", outlet_a.pk)).content.decode()
    assert "兆欧表" in text
    assert "缺少" in text


def test_of_a_retired_tool_nothing_changes_any_more(client, brand_manager, manager_a, tool):
    client.force_login(brand_manager)
    page = url("tool", "change", tool.pk)
    assert 'name="note"' in client.get(page).content.decode()
    Tool.objects.filter(pk=tool.pk).update(state=ToolState.RETIRED)
    text = client.get(page).content.decode()
    assert 'name="note"' not in text
    assert 'name="_save"' not in text
    client.force_login(manager_a)
    answer = client.get(reverse("house:tool_change", args=[tool.pk]))
    assert answer.status_code == 409
    assert "重新登记" in answer.content.decode()
