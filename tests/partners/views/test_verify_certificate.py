"""A printed certificate can be checked by everybody, and says whether it holds today (R115, R035)."""

import pytest
from django.conf import settings
from django.urls import reverse

from partners.actions import certificate
from partners.models import Certificate
from partners.rules.certificate_code import code
from tests.cast import actor


@pytest.fixture
def held(ann_staff):
    return ann_staff.certificates.get()


def page(client, held, asked=""):
    return client.get(reverse("verify_certificate", args=[asked or code(settings.SECRET_KEY, held.pk, held.number)]))


def test_a_genuine_certificate_is_valid_and_hides_the_name(client, held):
    text = page(client, held).content.decode()
    assert "证书有效" in text
    assert "A**" in text
    assert ">Ann" not in text


def test_a_revoked_one_is_genuine_but_not_valid(client, held, brand_manager):
    certificate.revoke(actor(brand_manager), held, "弄虚作假")
    text = page(client, held).content.decode()
    assert "目前无效" in text
    assert "弄虚作假" not in text


def test_an_expired_one_says_so(client, held):
    Certificate.objects.filter(pk=held.pk).update(valid_until="2020-06-01")
    assert "已过期" in page(client, held).content.decode()


def test_an_invented_code_is_unknown(client, held):
    assert page(client, held, f"ZS{held.pk}-AAAAAAAAAA").status_code == 404


def test_the_field_for_codes_knows_certificates(client, held):
    asked = code(settings.SECRET_KEY, held.pk, held.number).lower()
    answer = client.get(reverse("verify_ask"), {"code": f" {asked} "})
    assert answer["Location"] == reverse("verify_certificate", args=[asked])
