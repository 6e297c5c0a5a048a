"""The telephone pages: begun, item by item, resumed, handed in; strangers find nothing (R109–R114, R182)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from partners.actions import outlet_inspection as inspecting
from partners.choices.outlet_inspection import InspectionKind, InspectionState, Result
from partners.models import OutletInspection
from partners.reports.outlet_inspection import inspection_pdf
from portal.accounts.roles import Role
from portal.files import storage
from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect
from tests.tickets.views.field_page import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def phone(brand_manager):
    return browser(brand_manager)


def page(row, step=""):
    return f"/inspect/{row.number}/{step}/" if step else f"/inspect/{row.number}/"


def test_an_inspector_finds_what_is_before_him(phone, mary, outlet_a):
    assert "没有待进行的检查" in phone.get("/inspect/").content.decode()
    row = inspect.planned(mary, outlet_a)
    assert row.number in phone.get("/inspect/").content.decode()
    assert "开始检查" in phone.get(page(row)).content.decode()
    assert phone.post(page(row), {"what": "begin"}).status_code == 302
    row.refresh_from_db()
    assert row.state == InspectionState.UNDER_WAY
    assert phone.post(page(row), {"what": "begin"}).status_code == 409


def test_each_answer_is_saved_and_leads_to_the_next(phone, mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    first, second = list(row.answers.order_by("item__place"))[:2]
    assert "要求 R109" in phone.get(page(row, first.pk)).content.decode()
    answer = phone.post(page(row, first.pk), {"result": "pass"})
    assert answer.url == page(row, second.pk)
    held = phone.post(page(row, second.pk), {"result": "fail", "remark": "有积水"}, headers={"X-Hold": "1"})
    assert held.json()["next"].startswith(page(row))
    second.refresh_from_db()
    assert (second.result, second.remark) == (Result.FAIL, "有积水")
    text = phone.get(page(row)).content.decode()
    assert "2 / 4" in text
    assert "继续" in text
    assert "有积水" in phone.get(page(row, second.pk)).content.decode()


def test_an_answer_without_remark_or_photo_is_saved_and_says_what_is_missing(phone, mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    first, second = list(row.answers.order_by("item__place"))[:2]
    here = page(row, first.pk)
    assert "还缺" not in phone.get(here).content.decode()
    assert phone.post(here, {"result": "fail"}).url == here
    text = phone.get(here).content.decode()
    assert "本项还缺" in text
    assert "缺少照片" in text
    assert f'href="{page(row, second.pk)}"' in text
    held = phone.post(here, {"result": "na"}, headers={"X-Hold": "1"})
    assert held.json()["next"] == here
    first.refresh_from_db()
    assert first.result == Result.NOT_APPLICABLE
    assert phone.post(here, {"result": "na", "remark": "本店没有"}).url == page(row, second.pk)
    assert "本项还缺" not in phone.get(here).content.decode()


def test_a_photo_goes_with_the_answer(phone, mary, outlet_a, client, manager_a, manager_b):
    row = inspect.under_way(mary, outlet_a)
    one = row.answers.order_by("item__place").first()
    phone.post(page(row, one.pk), {"result": "fail", "remark": "灯箱不亮", "photos": inspect.photo()})
    key = Attachment.objects.get(subject=subject_of(one)).key
    address = reverse("files:thumb", args=[key])
    assert phone.get(address).status_code == 200
    # The partner reads it when it is handed in, another partner never (A08).
    assert browser(manager_a).get(address).status_code == 404
    inspect.answered(mary, row)
    phone.post(page(row, "submit"), {"version": row.version})
    assert browser(manager_a).get(address).status_code == 200
    assert browser(manager_b).get(address).status_code == 404


def test_a_wrong_photo_is_removed_until_the_sheet_is_handed_in(
    phone, mary, outlet_a, manager_a, brand, django_capture_on_commit_callbacks
):
    row = inspect.under_way(mary, outlet_a)
    one = row.answers.order_by("item__place").first()
    inspecting.answer(mary, one, Result.FAIL, "积水", [inspect.photo("错.png"), inspect.photo("对.png")])
    wrong, right = Attachment.objects.filter(subject=subject_of(one))
    here = page(row, f"{one.pk}/photo")
    assert here in phone.get(page(row, one.pk)).content.decode()
    assert browser(make.member(Role.BRAND_MANAGER, brand, username="other")).post(here).status_code == 403
    assert browser(manager_a).post(here, {"photo": wrong.key}).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.post(here, {"photo": wrong.key}).url == page(row, one.pk)
    assert list(Attachment.objects.filter(subject=subject_of(one))) == [right]
    with pytest.raises(FileNotFoundError):
        storage.open_file(wrong.key)
    with storage.open_file(right.key) as kept:
        assert kept.read()
    assert "错.png" in entries_for(row).last().sentence()
    assert phone.post(here, {"photo": wrong.key}).status_code == 409
    Attachment.objects.filter(pk=right.pk).update(uploaded_by="Bob · 品牌")
    assert phone.post(here, {"photo": right.key}).status_code == 403
    Attachment.objects.filter(pk=right.pk).update(uploaded_by=mary.label)
    inspecting.submit(mary, inspect.answered(mary, row))
    assert phone.post(here, {"photo": right.key}).status_code == 409
    assert 'id="remove-photo"' not in phone.get(page(row, one.pk), follow=True).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(phone, mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    one = row.answers.first()
    program = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00" + b"\0" * 64, content_type="image/jpeg")
    for data in ({"remark": "灯箱不亮"}, {"result": "fail", "remark": "灯箱不亮", "photos": program}):
        answer = phone.post(page(row, one.pk), data)
        assert answer.status_code == 400
        assert "灯箱不亮" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_summary_names_what_is_missing_and_then_lets_go(phone, mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    text = phone.get(page(row, "submit")).content.decode()
    assert "还缺 4 处" in text
    assert "网点签字" not in text
    refused = phone.post(page(row, "submit"), {"version": row.version})
    assert refused.status_code == 400
    inspect.answered(mary, row, i5_1=Result.FAIL)
    text = phone.get(page(row, "submit")).content.decode()
    assert "网点签字" in text
    assert "50.00" in text
    sent = {"version": row.version, "key": "0b2f0f0e-6ef5-4a6e-9d0b-4dd1a2f6a111", "representative": "王店长"}
    for _press in range(2):
        assert phone.post(page(row, "submit"), sent).status_code == 302
    row.refresh_from_db()
    assert row.state == InspectionState.RECTIFYING
    assert entries_for(row).filter(verb="submit_inspection").count() == 1
    text = phone.get(page(row)).content.decode()
    assert "核心项不合格 1 个" in text
    assert phone.get(page(row, "submit")).status_code == 302


def test_c08_a_form_of_an_older_state_is_told(phone, mary, outlet_a):
    row = inspect.answered(mary, inspect.under_way(mary, outlet_a))
    assert phone.post(page(row, "submit"), {"version": row.version - 1}).status_code == 409
    one = row.answers.first()
    phone.post(page(row, "submit"), {"version": row.version})
    assert phone.post(page(row, one.pk), {"result": "fail"}).status_code == 409
    assert phone.get(page(row, one.pk)).url == page(row)


def test_the_sheet_on_paper(phone, mary, outlet_a, manager_a, manager_b):
    row = inspect.under_way(mary, outlet_a)
    address = f"/inspections/{row.number}.pdf"
    assert phone.get(address).status_code == 404
    inspect.answered(mary, row, i1_1=Result.FAIL)
    phone.post(page(row, "submit"), {"version": row.version, "representative": "王店长"})
    for somebody, status in ((manager_a, 200), (manager_b, 404)):
        assert browser(somebody).get(address).status_code == status
    answer = phone.get(address)
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    assert "检查项" in text
    assert "议项" not in text
    assert text.index("得分") < text.index("合格线") < text.index("核心项不合格")


def test_the_sheet_counts_its_pages_repeats_heads_and_invents_no_signature(phone, mary, outlet_a):
    items = tuple({**item, "number": f"{n}.{item['number']}"} for n in range(9) for item in inspect.ITEMS)
    inspect.released(mary, items=items)
    row = inspect.answered(mary, inspect.under_way(mary, outlet_a))
    for one in row.answers.all():
        inspecting.answer(mary, one, Result.FAIL, "灯箱不亮。" * 6, [inspect.photo()])
    phone.post(page(row, "submit"), {"version": row.version, "representative": "王店长"})
    pages = [
        one.extract_text() for one in PdfReader(BytesIO(phone.get(f"/inspections/{row.number}.pdf").content)).pages
    ]
    assert len(pages) > 2
    for n, text in enumerate(pages, 1):
        assert f"第 {n} 页 / 共 {len(pages)} 页" in text
        assert row.number in text
    first = next(n for n, text in enumerate(pages) if "整改期限" in text)
    assert all("整改期限" in text for text in pages[first:-1])
    assert "灯箱不亮" in pages[first].split("整改期限")[1]
    assert "服务标准的要求" in "".join(pages)
    assert "无人签字" in pages[-1]
    assert "日期" not in pages[-1]


def test_the_sheet_of_a_mystery_visit_asks_the_outlet_for_no_signature(mary, outlet_a, monkeypatch):
    monkeypatch.setattr(
        "partners.reports.outlet_inspection.render", lambda name, context, **_: render_to_string(name, context)
    )
    texts = {}
    for kind in (InspectionKind.MYSTERY, InspectionKind.PLANNED):
        row = inspect.answered(mary, inspect.under_way(mary, outlet_a, kind=kind))
        texts[kind] = inspection_pdf(inspecting.submit(mary, row, representative="王店长"))
    assert "王店长" in texts[InspectionKind.PLANNED]
    assert "王店长" not in texts[InspectionKind.MYSTERY]
    assert "无人为网点签字" not in texts[InspectionKind.MYSTERY]
    assert "神秘" in texts[InspectionKind.MYSTERY]


def test_a01_strangers_find_nothing(mary, outlet_a, manager_b, ann, brand):
    row = inspect.submitted(mary, outlet_a, i1_1=Result.FAIL)
    finding = row.findings.get()
    regional = make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",), username="regional")
    for stranger in (manager_b, regional):
        for step in ("", "submit", row.answers.first().pk):
            assert browser(stranger).get(page(row, step)).status_code == 404
    assert browser(manager_b).get(f"/field/findings/{finding.pk}/").status_code == 404
    for address in (page(row), "/inspect/", "/field/inspections/", f"/field/findings/{finding.pk}/"):
        assert browser(ann).get(address).status_code == 403


def test_a_mystery_visit_is_no_page_for_the_partner_until_it_is_handed_in(mary, outlet_a, manager_a):
    row = inspect.under_way(mary, outlet_a, kind=InspectionKind.MYSTERY)
    partner = browser(manager_a)
    assert partner.get(page(row)).status_code == 404
    assert row.number not in partner.get("/field/inspections/?tab=inspections").content.decode()
    inspect.answered(mary, row)
    browser_of_brand = browser(make.UserFactory._meta.model.objects.get(pk=mary.user_id))
    browser_of_brand.post(page(row, "submit"), {"version": row.version})
    assert partner.get(page(row)).status_code == 200


def test_the_partner_neither_fills_in_nor_hands_in(mary, outlet_a, manager_a):
    row = inspect.under_way(mary, outlet_a)
    partner = browser(manager_a)
    text = partner.get(page(row)).content.decode()
    assert "门头标识" not in text
    assert partner.get(page(row, row.answers.first().pk)).status_code == 404
    assert partner.post(page(row, row.answers.first().pk), {"result": "pass"}).status_code == 404
    assert partner.post(page(row, "submit"), {}).status_code == 404
    assert OutletInspection.objects.get(pk=row.pk).state == InspectionState.UNDER_WAY


def test_it_is_called_off_with_a_reason(phone, mary, outlet_a, manager_a):
    row = inspect.under_way(mary, outlet_a)
    assert "取消检查" in phone.get(page(row)).content.decode()
    assert "取消检查" not in browser(manager_a).get(page(row)).content.decode()
    for data in ({}, {"what": "cancel", "reason": " "}):
        assert phone.post(page(row), data).status_code == 400
    assert phone.post(page(row), {"what": "cancel", "reason": "店面停电"}).status_code == 302
    text = phone.get(page(row)).content.decode()
    assert "店面停电" in text
    assert text.count("未检查") == row.answers.count()
    assert phone.post(page(row), {"what": "cancel", "reason": "店面停电"}).status_code == 409
