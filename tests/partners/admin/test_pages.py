"""Each page of the partner network opens for its readers, changes for brand managers, and hides strangers' rows."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.choices import ContractState, Standing
from partners.choices.contract import VersionState
from partners.models import Certificate, Outlet, Partner, PartnerContract
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from tests import factories as make
from tests.factories.contract import VersionFactory

MODELS = ["partner", "outlet", "staff", "certificate", "partnercontract", "productline", "productmodel"]


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:partners_{model}_{page}", args=args)


@pytest.mark.parametrize("role", ["brand_manager", "service_desk", "legal", "technical", "marketing", "auditor"])
@pytest.mark.parametrize("model", MODELS)
def test_readers_open_lists(client, request, side_a, model, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "add")).status_code == (200 if role == "brand_manager" else 403)


@pytest.mark.parametrize("role", ["brand_manager", "legal"])
def test_readers_open_rows(client, request, side_a, role):
    client.force_login(request.getfixturevalue(role))
    rows = [side_a.partner, side_a.outlet, side_a.technicians[0], side_a.partner.contracts.get()]
    rows.append(side_a.technicians[0].certificates.get())
    for row in rows:
        assert client.get(url(row._meta.model_name, "change", row.pk)).status_code == 200
        assert client.get(url(row._meta.model_name, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_administrators_and_partners_see_nothing_of_it(client, administrator, ann, model):
    client.force_login(administrator)
    assert client.get(url(model, "changelist")).status_code == 403
    client.force_login(ann)
    assert client.get(url(model, "changelist")).status_code == 302


def test_a03_a_regional_manager_neither_sees_nor_is_offered_other_partners(client, brand, side_a, side_b):
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",)))
    for model in ("partner", "outlet", "staff", "partnercontract"):
        text = client.get(url(model, "changelist")).content.decode()
        assert "合作伙伴A" in text or "A服务网点" in text or "Ann" in text
        assert "合作伙伴B" not in text
        assert "B服务网点" not in text
    assert client.get(url("partner", "change", side_b.partner.pk)).status_code == 404


@pytest.mark.parametrize(
    ("model", "field"), [("outlet", "partner"), ("partnercontract", "partner"), ("staff", "outlet")]
)
def test_a07_autocomplete_stays_in_scope(client, brand, side_a, side_b, model, field):
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",)))
    asked = {"app_label": "partners", "model_name": model, "field_name": field}
    results = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert len(results) == 1
    assert "A" in results[0]["text"]


PARTNER = {
    "code": "N1",
    "name": "新伙伴",
    "short_name": "新",
    "channel_type": "agent",
    "region": "上海市",
    "outlets-TOTAL_FORMS": 0,
    "outlets-INITIAL_FORMS": 0,
    "contracts-TOTAL_FORMS": 0,
    "contracts-INITIAL_FORMS": 0,
}


def test_a_new_partner_gets_its_organisation(client, brand_manager):
    client.force_login(brand_manager)
    assert client.post(url("partner", "add"), PARTNER | {"uscc": make.credit_code(9)}).status_code == 302
    assert Partner.objects.get().organisation.code == "N1"


def test_a_wrong_credit_code_is_told_and_a_reason_lets_it_pass(client, brand_manager, settings):
    settings.LANGUAGE_CODE = "en"
    client.force_login(brand_manager)
    wrong = make.credit_code(9)[:-1] + "I"
    response = client.post(url("partner", "add"), PARTNER | {"uscc": wrong})
    assert response.status_code == 200
    assert "use digits and capitals" in response.content.decode()
    assert 'value="新伙伴"' in response.content.decode()
    accepted = PARTNER | {"uscc": wrong, "uscc_exception": "试点时期的编码"}
    assert client.post(url("partner", "add"), accepted).status_code == 302


def test_b01_a_forged_standing_in_the_form_is_ignored(client, brand_manager, partner_a):
    client.force_login(brand_manager)
    client.post(url("partner", "add"), PARTNER | {"standing": "terminated"})
    assert Partner.objects.get(code="N1").standing == Standing.ACTIVE


def test_standing_changes_with_a_reason_and_stands_in_the_journal(client, brand_manager, partner_a):
    client.force_login(brand_manager)
    page = url("partner", "deed", partner_a.pk, "standing")
    assert client.get(page).status_code == 200
    assert client.post(page, {"standing": "suspended", "reason": " "}).status_code == 400
    assert client.post(page, {"standing": "suspended", "reason": "两季度不达标"}).status_code == 302
    assert Partner.objects.get(pk=partner_a.pk).standing == Standing.SUSPENDED
    assert "两季度不达标" in entries_for(partner_a).get().sentence()


@pytest.mark.parametrize("role", ["service_desk", "legal", "auditor"])
def test_readers_cannot_do_deeds(client, request, partner_a, role):
    client.force_login(request.getfixturevalue(role))
    page = url("partner", "deed", partner_a.pk, "standing")
    assert client.post(page, {"standing": "terminated", "reason": "x"}).status_code == 403
    assert Partner.objects.get(pk=partner_a.pk).standing == Standing.ACTIVE


def test_a_contract_begins_and_ends_by_deeds(client, brand_manager, partner_a):
    contract = make.ContractFactory(partner=partner_a, state=ContractState.DRAFT)
    client.force_login(brand_manager)
    assert client.post(url("partnercontract", "deed", contract.pk, "begin")).status_code == 409
    VersionFactory(contract=contract, state=VersionState.SIGNED)
    assert client.post(url("partnercontract", "deed", contract.pk, "terminate"), {"reason": "x"}).status_code == 409
    assert client.post(url("partnercontract", "deed", contract.pk, "begin")).status_code == 302
    assert client.post(url("partnercontract", "deed", contract.pk, "terminate"), {"reason": "x"}).status_code == 302
    assert PartnerContract.objects.get(pk=contract.pk).state == ContractState.TERMINATED
    assert [entry.verb for entry in entries_for(contract)] == ["contract_begun", "contract_ended"]


def test_a_binding_contract_is_not_rewritten(client, brand_manager, partner_a):
    contract = partner_a.contracts.get()
    client.force_login(brand_manager)
    values = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}
    values |= {"tier": "basic", "number": "X", "signed_at": "北京"}
    client.post(url("partnercontract", "change", contract.pk), values)
    fresh = PartnerContract.objects.get(pk=contract.pk)
    assert (fresh.tier, fresh.number, fresh.signed_at) == (contract.tier, contract.number, "北京")


def test_an_outlet_with_area_and_tiers(client, brand_manager, partner_a, line):
    client.force_login(brand_manager)
    values = {
        "partner": partner_a.pk,
        "code": "W9",
        "name": "新网点",
        "region": "上海市",
        "coverage": ["上海市", "江苏省"],
        "tiers": ["basic"],
        "product_lines": [line.pk],
        "capacity": 5,
        "active": "on",
        "staff-TOTAL_FORMS": 0,
        "staff-INITIAL_FORMS": 0,
    }
    assert client.post(url("outlet", "add"), values).status_code == 302
    outlet = Outlet.objects.get(code="W9")
    assert (outlet.coverage, outlet.tiers, list(outlet.product_lines.all())) == (
        ["上海市", "江苏省"],
        ["basic"],
        [line],
    )


def test_a_certificate_added_on_the_person_s_page_is_journalled(client, brand_manager, ann_staff):
    other = make.ProductLineFactory()
    client.force_login(brand_manager)
    known = ann_staff.certificates.get()
    values = {
        "outlet": ann_staff.outlet_id, "number": ann_staff.number, "name": "Ann", "post": ann_staff.post,
        "user": ann_staff.user_id, "on_duty": "on", "active": "on",
        "certificates-TOTAL_FORMS": 2, "certificates-INITIAL_FORMS": 1,
        "certificates-0-id": known.pk, "certificates-0-staff": ann_staff.pk, "certificates-0-number": known.number,
        "certificates-0-product_line": known.product_line_id, "certificates-0-valid_from": "2020-01-01",
        "certificates-0-valid_until": "2039-12-31", "certificates-1-staff": ann_staff.pk,
        "certificates-1-number": "NEW-1", "certificates-1-product_line": other.pk,
        "certificates-1-valid_from": "2026-01-01", "certificates-1-valid_until": "2027-01-01",
    }  # fmt: skip
    response = client.post(url("staff", "change", ann_staff.pk), values)
    assert response.status_code == 302
    assert Certificate.objects.filter(number="NEW-1").exists()
    assert [entry.verb for entry in entries_for(ann_staff)] == ["certificate_issued"]


def test_staff_take_accounts_of_their_own_partner_only(ann_staff, bob):
    ann_staff.user = bob
    with pytest.raises(Exception, match="user"):
        ann_staff.full_clean()


def test_r01_telephone_numbers_are_masked_for_who_only_looks(client, legal, service_desk, ann_staff):
    client.force_login(legal)
    assert ann_staff.phone not in client.get(url("staff", "change", ann_staff.pk)).content.decode()
    assert ann_staff.name not in client.get(url("staff", "changelist"), {"q": ann_staff.phone}).content.decode()


@pytest.mark.parametrize("model", ["partner", "outlet", "staff"])
def test_a_telephone_number_must_look_like_one(side_a, model):
    row = {"partner": side_a.partner, "outlet": side_a.outlet, "staff": side_a.technicians[0]}[model]
    row.phone = "abc"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.error_dict) == ["phone"]
    for right in ("", "13800001234", "021-50001234", "400-800-1234"):
        row.phone = right
        row.full_clean()


def test_what_lies_below_a_row_is_headed_by_its_name_and_absent_before_the_row_is(client, brand_manager, side_a):
    client.force_login(brand_manager)
    below = [
        form.opts for form in client.get(url("partner", "change", side_a.partner.pk)).context["inline_admin_formsets"]
    ]
    assert [str(inline.page.short_description) for inline in below] == ["服务网点", "合作协议"]
    assert not client.get(url("partner", "add")).context["inline_admin_formsets"]


def test_who_only_reads_closes_a_page_and_archives_nothing(client, auditor, side_a):
    client.force_login(auditor)
    text = client.get(url("partner", "change", side_a.partner.pk)).content.decode()
    assert "关闭" in text
    assert "归档" not in text
