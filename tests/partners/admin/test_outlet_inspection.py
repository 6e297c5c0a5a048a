"""The admin pages of inspections: planned, decided, drawn; closed to others (R182, I05)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from partners.actions import outlet_inspection_finding as correcting
from partners.choices.outlet_inspection import FindingState, InspectionKind, InspectionState, ListState, Result
from partners.models import CheckItem, CheckVersion, OutletDraw, OutletInspection
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db
MODELS = (
    "checklist", "checkversion", "checkitem", "inspectionplan", "outletinspection", "outletinspectionfinding",
    "outletdraw",
)  # fmt: skip


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:partners_{model}_{page}", args=args)


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def inspection(mary, outlet_a):
    return inspect.submitted(mary, outlet_a, i1_1=Result.FAIL, i5_1=Result.FAIL)


@pytest.fixture
def drawn(client, brand_manager, mary, inspection):
    client.force_login(brand_manager)
    asked = {"check_list": inspection.check_version.check_list.pk, "size": 1, "planned_on": clock.today(), "seed": "s"}
    assert client.post(url("outletdraw", "add"), asked).status_code == 302
    return OutletDraw.objects.get()


def test_readers_open_lists_and_rows(client, inspection, drawn, brand_manager, auditor):
    rows = {
        "checklist": inspection.check_version.check_list_id,
        "checkversion": inspection.check_version_id,
        "checkitem": CheckItem.objects.first().pk,
        "inspectionplan": inspection.outlet_id,
        "outletinspection": inspection.pk,
        "outletinspectionfinding": inspection.findings.first().pk,
        "outletdraw": drawn.pk,
    }
    for reader, pages in ((auditor, ("change",)), (brand_manager, ("change", "history"))):
        client.force_login(reader)
        for model in MODELS:
            assert client.get(url(model, "changelist")).status_code == 200
            for page in pages:
                assert client.get(url(model, page, rows[model])).status_code == 200, model


def test_others_see_nothing_of_it(client, administrator, manager_a, inspection):
    for user, status in ((administrator, 403), (manager_a, 302)):
        client.force_login(user)
        for model in MODELS:
            assert client.get(url(model, "changelist")).status_code == status


def test_a03_a_regional_manager_sees_his_regions(client, brand, inspection):
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",), username="regional"))
    finding = inspection.findings.first()
    for model, pk in (
        ("outletinspection", inspection.pk),
        ("outletinspectionfinding", finding.pk),
        ("inspectionplan", inspection.outlet_id),
    ):
        assert "A服务网点" not in client.get(url(model, "changelist")).content.decode()
        for page in ("change", "history"):
            assert client.get(url(model, page, pk)).status_code == 404


def test_planned_from_the_plan(client, brand_manager, mary, outlet_a):
    check_list = inspect.check_list_of(mary)
    client.force_login(brand_manager)
    page = url("inspectionplan", "deed", outlet_a.pk, "plan")
    asked = {"check_list": check_list.pk, "kind": "mystery", "planned_on": clock.today() - timedelta(days=1)}
    assert client.post(page, asked).status_code == 400
    assert client.post(page, {**asked, "planned_on": clock.today(), "kind": "self"}).status_code == 400
    assert client.post(page, {**asked, "planned_on": clock.today()}).status_code == 302
    assert OutletInspection.objects.get().kind == InspectionKind.MYSTERY


@pytest.mark.parametrize(
    ("choice", "seen"), [("never", False), ("quarter", False), ("365", False), ("180", False), ("odd", True)]
)
def test_the_plan_finds_what_was_not_inspected(client, brand_manager, inspection, outlet_b, choice, seen):
    client.force_login(brand_manager)
    text = client.get(url("inspectionplan", "changelist"), {"not_since": choice}).content.decode()
    assert "B服务网点" in text
    assert ("A服务网点" in text) is seen


def test_decided_closed_and_re_checked(client, brand_manager, manager_a, inspection):
    client.force_login(brand_manager)
    first, second = inspection.findings.order_by("due_on")
    for finding in (first, second):
        correcting.report(actor(manager_a), finding, "已更换", [inspect.photo()])
    assert client.post(url("outletinspectionfinding", "deed", first.pk, "accept"), {}).status_code == 302
    back = url("outletinspectionfinding", "deed", second.pk, "send_back")
    assert client.post(back, {"reason": ""}).status_code == 400
    assert client.post(back, {"reason": "照片看不清"}).status_code == 302
    assert client.get(url("outletinspection", "deed", inspection.pk, "close")).status_code == 409
    day = clock.today() + timedelta(days=2)
    again = url("outletinspection", "deed", inspection.pk, "re_check")
    assert client.post(again, {"planned_on": day}).status_code == 302
    assert inspection.re_checks.get().planned_on == day
    correcting.object_to(actor(manager_a), second, "当日停电")
    drop = url("outletinspectionfinding", "deed", second.pk, "drop")
    assert client.post(drop, {"answer": "属实"}).status_code == 302
    second.refresh_from_db()
    assert second.state == FindingState.DROPPED
    assert client.post(url("outletinspection", "deed", inspection.pk, "close"), {}).status_code == 302
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.CLOSED


def test_findings_are_found_by_whom_they_wait_for(client, brand_manager, manager_a, inspection):
    client.force_login(brand_manager)
    first, second = inspection.findings.order_by("due_on")
    correcting.report(actor(manager_a), first, "已更换", [inspect.photo()])
    correcting.object_to(actor(manager_a), second, "当日停电")

    def listed(waits):
        text = client.get(url("outletinspectionfinding", "changelist"), {"waits": waits}).content.decode()
        return [number for number in ("5.1 ", "1.1 ") if f"<b>{number}" in text]

    assert listed("brand") == ["5.1 ", "1.1 "]
    assert listed("objection") == ["1.1 "]
    assert listed("late") == []
    assert listed("") == ["5.1 ", "1.1 "]
    assert client.post(url("outletinspectionfinding", "deed", second.pk, "keep"), {"answer": "维持"}).status_code == 302


def test_given_to_somebody_else_or_cancelled(client, brand_manager, mary, outlet_a):
    client.force_login(brand_manager)
    row = inspect.planned(mary, outlet_a)
    moved = {"inspector": brand_manager.pk, "planned_on": clock.today() + timedelta(days=4)}
    assert client.post(url("outletinspection", "deed", row.pk, "assign"), moved).status_code == 302
    assert client.post(url("outletinspection", "deed", row.pk, "cancel"), {"reason": "装修"}).status_code == 302
    row.refresh_from_db()
    assert (row.inspector, row.state) == (brand_manager, InspectionState.CANCELLED)


@pytest.mark.parametrize("role", ["service_desk", "auditor"])
def test_readers_do_no_deeds(client, request, inspection, role):
    client.force_login(request.getfixturevalue(role))
    assert client.post(url("outletinspection", "deed", inspection.pk, "re_check"), {}).status_code == 403
    assert client.post(url("inspectionplan", "deed", inspection.outlet_id, "plan"), {}).status_code == 403
    assert client.get(url("outletdraw", "add")).status_code == 403


def test_a_draw_says_at_its_field_what_is_wrong(client, brand_manager, mary, outlet_a):
    check_list = inspect.check_list_of(mary)
    client.force_login(brand_manager)
    asked = {"check_list": check_list.pk, "size": 1, "planned_on": clock.today(), "reason": "2026Q4"}
    yesterday = clock.today() - timedelta(days=1)
    later = clock.today() + timedelta(days=9)
    for change in ({"planned_on": yesterday}, {"size": 0}, {"not_since": "x"}):
        answer = client.post(url("outletdraw", "add"), {**asked, **change})
        assert answer.status_code == 200
        assert "2026Q4" in answer.content.decode()
    check_list.versions.update(valid_from=later)
    assert client.post(url("outletdraw", "add"), {**asked, "planned_on": later - timedelta(days=1)}).status_code == 200
    assert not OutletDraw.objects.exists()
    check_list.versions.update(valid_from=clock.today())
    outlet_a.active = False
    outlet_a.save()
    assert "请放宽条件" in client.post(url("outletdraw", "add"), asked).content.decode()


def test_a_draw_has_no_seed_to_type_and_a_repeated_one_says_why(client, brand_manager, drawn):
    assert len(drawn.seed) == 32
    client.force_login(brand_manager)
    add = url("outletdraw", "add")
    assert 'name="seed"' not in client.get(add).content.decode()
    asked = {"check_list": drawn.check_version.check_list_id, "size": 1, "planned_on": drawn.planned_on}
    refused = client.post(add, asked)
    assert drawn.number in refused.context["adminform"].form.errors["reason"][0]
    assert client.post(add, {**asked, "reason": "网点停业"}).status_code == 302
    again = OutletDraw.objects.get(repeats=drawn)
    assert "网点停业" in client.get(url("outletdraw", "change", again.pk)).content.decode()
    assert again.number in client.get(url("outletdraw", "change", drawn.pk)).content.decode()


def test_a_touched_draw_is_red(client, drawn):
    page = url("outletdraw", "change", drawn.pk)
    assert "c-green" in client.get(page).content.decode().split("刚刚重新抽取核对")[1]
    OutletDraw.objects.update(seed="another")
    assert "c-red" in client.get(page).content.decode().split("刚刚重新抽取核对")[1]


def test_a_list_is_written_released_and_then_only_read(client, brand_manager, mary):
    client.force_login(brand_manager)
    version = inspect.draft(mary)
    page = url("checkversion", "change", version.pk)
    assert 'name="items-0-text"' in client.get(page).content.decode()
    release = url("checkversion", "deed", version.pk, "release")
    assert client.post(release, {"valid_from": clock.today() - timedelta(days=1)}).status_code == 400
    assert client.post(release, {"valid_from": clock.today()}).status_code == 302
    assert 'name="items-0-text"' not in client.get(page).content.decode()
    client.post(page, {"pass_mark": "1", "top_mark": "2", "items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0})
    version.refresh_from_db()
    assert (version.pass_mark, version.state) == (80, ListState.RELEASED)
    draft = url("checklist", "deed", version.check_list_id, "draft")
    assert client.post(draft, {}).status_code == 302
    assert client.get(draft).status_code == 409
    assert CheckVersion.objects.filter(state=ListState.DRAFT).get().items.count() == 4


def test_partner_and_outlet_pages_tell_the_figures(client, brand_manager, inspection, partner_a, outlet_a):
    client.force_login(brand_manager)
    assert "2 个整改项未办结" in client.get(url("partner", "change", partner_a.pk)).content.decode()
    assert client.get(url("outlet", "change", outlet_a.pk)).status_code == 200


def test_a_number_that_stands_twice_is_said_in_words(client, brand_manager, mary):
    client.force_login(brand_manager)
    version = inspect.draft(mary)
    page = url("checkversion", "change", version.pk)
    form = client.get(page)
    sent = {}
    for shown in [form.context["adminform"].form, *form.context["inline_admin_formsets"][0].formset.forms]:
        values = {shown.add_prefix(name): shown[name].value() for name in shown.fields}
        sent |= {name: value for name, value in values.items() if value is not None and value is not False}
    management = form.context["inline_admin_formsets"][0].formset.management_form
    sent |= {management.add_prefix(name): management[name].value() for name in management.fields}
    sent["items-1-number"] = sent["items-0-number"]
    answer = client.post(page, sent)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "“检查项编号”在此出现了两次" in text
    with translation.override("en"):
        formset = answer.context["inline_admin_formsets"][0].formset
        assert "“Item number” stands here twice" in formset.get_unique_error_message(("version", "number"))
