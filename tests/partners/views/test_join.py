"""The public pages: apply, confirm, correct, take the invitation up; throttled, and without account (R105)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import application
from partners.models import PartnerApplication
from portal.links.tokens import issue
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories.application import ApplicationFactory
from tests.partners.actions.test_contract_version import PDF

pytestmark = pytest.mark.django_db


def values(line, **more) -> dict:
    form = {
        "name": "江海新能源服务有限公司", "short_name": "江海", "channel_type": "service_centre",
        "uscc": make.credit_code(42), "legal_representative": "周海生", "region": "上海市", "address": "申长路 9 号",
        "contact_name": "周敏", "phone": "13900001111", "email": "zhou@example.com", "areas": ["上海市"],
        "product_lines": [line.pk], "tier": "basic", "outlets-TOTAL_FORMS": 3, "outlets-INITIAL_FORMS": 0,
        "outlets-0-name": "闵行网点", "outlets-0-region": "上海市", "outlets-0-address": "申长路 9 号",
        "outlets-0-phone": "021-60001111",
    }  # fmt: skip
    return form | {"files": SimpleUploadedFile("执照.pdf", PDF, "application/pdf")} | more


def test_an_applicant_applies_confirms_and_is_heard_of(client, line, brand_manager):
    page = reverse("join:apply")
    assert client.get(page).status_code == 200
    assert client.post(page, values(line)).status_code == 302
    row = PartnerApplication.objects.get()
    assert (row.state, row.outlets.count()) == ("unconfirmed", 1)
    assert not PartnerApplication.objects.visible_to(actor(brand_manager)).exists()
    assert row.number in client.get(reverse("join:done")).content.decode()
    link = reverse("join:status", args=[issue(row, "apply", days=1)])
    assert client.get(link).status_code == 200
    assert PartnerApplication.objects.get().state == "unconfirmed"
    assert client.post(link).status_code == 302
    assert PartnerApplication.objects.get().state == "submitted"
    assert Notice.objects.filter(type="application.waits", user=brand_manager).count() == 1
    assert client.post(link).status_code == 302
    assert Notice.objects.filter(type="application.waits").count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("uscc", "91310000MA1000042X"), ("phone", "12"), ("outlets-0-phone", "x"), ("files", "")]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, line, field, value):
    answer = client.post(reverse("join:apply"), values(line, **{field: value}))
    assert answer.status_code == 400
    assert "江海新能源服务有限公司" in answer.content.decode()
    assert not PartnerApplication.objects.exists()


def test_many_applications_from_one_address_are_stopped(client, line):
    for n in range(5):
        client.post(reverse("join:apply"), values(line, uscc=make.credit_code(50 + n)))
    assert client.post(reverse("join:apply"), values(line, uscc=make.credit_code(60))).status_code == 429


def test_what_was_returned_is_corrected_by_the_link(client, line, brand_manager):
    row = ApplicationFactory(lines=[line])
    application.send_back(actor(brand_manager), row, "请更正地址")
    link = reverse("join:status", args=[issue(row, "apply", days=1)])
    assert "请更正地址" in client.get(link).content.decode()
    told = values(line, uscc=row.uscc, address="申长路 10 号")
    del told["files"]
    assert client.post(link, told).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.address, row.outlets.get().name) == ("submitted", "申长路 10 号", "闵行网点")


def test_a_link_of_another_purpose_opens_nothing(client, line):
    row = ApplicationFactory(lines=[line])
    assert client.get(reverse("join:status", args=[issue(row, "track", days=1)])).status_code == 404
    assert client.get(reverse("join:invitation", args=[issue(row, "apply", days=1)])).status_code == 404
