"""The partner's pages: findings by urgency, corrections, objections, self-inspection (R182, I05)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.choices.outlet_inspection import FindingState, Result
from partners.models import OutletInspection
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect
from tests.tickets.views.field_page import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def partner(manager_a):
    return browser(manager_a)


@pytest.fixture
def finding(mary, outlet_a):
    return inspect.submitted(mary, outlet_a, i1_1=Result.FAIL).findings.get()


def test_empty_lists_say_what_will_come(partner, mary, outlet_a):
    assert "还没有检查" in partner.get("/field/inspections/").content.decode()
    for tab, words in (("findings", "没有待整改项"), ("decided", "还没有办结的整改项")):
        assert words in partner.get("/field/inspections/", {"tab": tab}).content.decode()


def test_overdue_is_red_on_list_menu_and_first_page(partner, finding):
    assert "已逾期" not in partner.get("/field/inspections/").content.decode()
    with clock.travel(clock.end_of(finding.due_on + timedelta(days=1))):
        assert "is-late" in partner.get("/field/inspections/").content.decode()
        assert "1 个整改项已逾期" in partner.get("/field/inspections/").content.decode()
        assert 'nav-count">1' in partner.get("/field/more/").content.decode()
        assert "网点检查整改项逾期" in partner.get("/field/").content.decode()


def test_a_correction_is_reported_with_a_photo(partner, finding):
    address = f"/field/findings/{finding.pk}/"
    bare = partner.post(address, {"what": "report", "measures": "已更换灯箱"})
    assert bare.status_code == 400
    assert "已更换灯箱" in bare.content.decode()
    sent = {"what": "report", "measures": "已更换灯箱", "photos": inspect.photo()}
    assert partner.post(address, sent).status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.REPORTED
    assert partner.post(address, {**sent, "photos": inspect.photo()}).status_code == 409
    assert "整改待审" in partner.get(address).content.decode()


def test_an_objection_is_sent_once(partner, finding):
    address = f"/field/findings/{finding.pk}/"
    assert partner.post(address, {"what": "object", "text": " "}).status_code == 400
    assert partner.post(address, {"what": "object", "text": "当日停电"}).status_code == 302
    assert "当日停电" in partner.get(address).content.decode()
    assert partner.post(address, {"what": "object", "text": "再说一次"}).status_code == 409


def test_somebody_of_the_outlet_is_made_responsible(partner, finding, ann_staff, bob_staff):
    address = f"/field/findings/{finding.pk}/"
    assert partner.post(address, {"what": "owner", "owner": bob_staff.pk}).status_code == 400
    assert partner.post(address, {"what": "owner", "owner": ann_staff.pk}).status_code == 302
    finding.refresh_from_db()
    assert finding.owner == ann_staff


def test_nothing_happens_by_a_post_without_a_deed(partner, finding):
    assert partner.post(f"/field/findings/{finding.pk}/", {"what": "close"}).status_code == 400


def test_a_self_inspection_from_beginning_to_end(partner, mary, outlet_a, outlet_b):
    check_list = inspect.check_list_of(mary)
    page = "/field/inspections/?tab=inspections"
    assert partner.post(page, {"outlet": outlet_b.pk, "check_list": check_list.pk}).status_code == 400
    begun = partner.post(page, {"outlet": outlet_a.pk, "check_list": check_list.pk})
    row = OutletInspection.objects.get()
    assert begun.url == f"/inspect/{row.number}/"
    assert partner.post(page, {"outlet": outlet_a.pk, "check_list": check_list.pk}).status_code == 409
    given_up = {"what": "cancel", "reason": "选错检查表"}
    assert partner.post(f"/inspect/{row.number}/", given_up).status_code == 302
    partner.post(page, {"outlet": outlet_a.pk, "check_list": check_list.pk})
    row = OutletInspection.objects.exclude(pk=row.pk).get()
    for one in row.answers.all():
        partner.post(f"/inspect/{row.number}/{one.pk}/", {"result": "pass"})
    row.refresh_from_db()
    assert partner.post(f"/inspect/{row.number}/submit/", {"version": row.version}).status_code == 302
    assert "100.00" in partner.get(page).content.decode()


def test_scores_over_time_are_drawn(partner, mary, outlet_a):
    for _time in range(2):
        inspect.submitted(mary, outlet_a)
    assert "<svg" in partner.get("/field/inspections/?tab=inspections").content.decode().split("历次得分")[1]


def test_scores_of_two_outlets_are_two_lines(partner, mary, outlet_a):
    other = make.OutletFactory(partner=outlet_a.partner, code="W-A2", name="苏州东店")
    for outlet in (outlet_a, outlet_a, other):
        inspect.submitted(mary, outlet)
    page = "/field/inspections/?tab=inspections"
    assert [name for name, _chart in partner.get(page).context["charts"]] == [outlet_a.name]
    inspect.submitted(mary, other)
    answer = partner.get(page)
    assert [name for name, _chart in answer.context["charts"]] == [outlet_a.name, "苏州东店"]
    assert answer.content.decode().split("历次得分")[1].count("<svg") >= 2


def test_the_form_of_a_correction_asks_for_photos_and_only_for_photos(partner, finding):
    address = f"/field/findings/{finding.pk}/"
    legend = partner.get(address).content.decode().split("整改照片")[1].split("</legend>")[0]
    assert "required-mark" in legend
    sent = {"what": "report", "measures": "已更换灯箱"}
    assert "请附上整改照片" in partner.post(address, sent).content.decode()
    paper = SimpleUploadedFile("证明.pdf", b"%PDF-1.4\n", "application/pdf")
    assert "不是图片" in partner.post(address, {**sent, "photos": paper}).content.decode()


def test_a_self_inspection_under_way_is_led_to(partner, mary, outlet_a):
    sent = {"outlet": outlet_a.pk, "check_list": inspect.check_list_of(mary).pk}
    page = "/field/inspections/?tab=inspections"
    partner.post(page, sent)
    answer = partner.post(page, sent)
    assert answer.status_code == 409
    assert f'href="/inspect/{OutletInspection.objects.get().number}/"' in answer.content.decode()
