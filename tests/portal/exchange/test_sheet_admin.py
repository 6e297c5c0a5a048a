"""Import and export through the admin's pages: two steps, bound to who uploaded, all or nothing."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.models import Outlet, Partner
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.exchange import waiting
from portal.exchange.reading import read
from portal.journal.log import entries_for
from portal.kernel import clock
from tests import factories as make

HEADINGS = "合作伙伴编码,合作伙伴名称,简称,渠道类型,区域,电话\n"
GOOD = HEADINGS + "N1,新伙伴一,新一,经销商,上海市,021-50001234\nN2,新伙伴二,新二,Agent,江苏省,\n"


def page(name: str, model: str = "partners_partner") -> str:
    return reverse(f"admin:{model}_sheet_{name}")


def upload(client, text, name="partners.csv", model="partners_partner"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(page("import", model), {"file": SimpleUploadedFile(name, data)})


def token_of(response) -> str:
    return response.context["token"]


@pytest.fixture(autouse=True)
def _own_waiting_room(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mary(client, brand_manager):
    client.force_login(brand_manager)
    return client


def test_the_first_step_writes_nothing_and_shows_what_would_happen(mary):
    response = upload(mary, GOOD)
    assert response.status_code == 200
    assert response.context["outcome"].new == 2
    assert not Partner.objects.exists()


def test_the_second_step_writes_all_and_journals(mary, brand_manager):
    token = token_of(upload(mary, GOOD))
    response = mary.post(page("confirm"), {"token": token})
    assert response.status_code == 302
    assert sorted(Partner.objects.values_list("code", "organisation__code")) == [("N1", "N1"), ("N2", "N2")]
    entry = entries_for(brand_manager).get()
    assert (entry.verb, entry.facts["new"]) == ("sheet_imported", 2)
    assert not list(waiting.folder().iterdir())


def test_headings_and_choices_in_english(mary):
    text = "Partner code,partner NAME,Short name,Channel type,Region\nN1,One,O,Distributor,上海市\n"
    assert upload(mary, text).context["outcome"].good


def test_g05_one_bad_row_names_line_column_and_reason(mary, settings):
    settings.LANGUAGE_CODE = "en"
    rows = "".join(f"N{n},name,short,agent,上海市,\n" for n in range(50))
    response = upload(mary, HEADINGS + rows + "X,name,short,rocket,上海市,\n")
    (problem,) = response.context["problems"]
    assert (problem.line, str(problem.column), problem.value) == (52, "Channel type", "rocket")
    assert "is not one of" in problem.reason
    assert "token" not in response.context or not response.context["token"]


def test_g05_what_only_fails_when_written_writes_nothing(mary):
    token = token_of(upload(mary, GOOD))
    make.OrganisationFactory(code="N2")  # taken between the two steps
    response = mary.post(page("confirm"), {"token": token})
    assert response.status_code == 200
    assert [problem.line for problem in response.context["problems"]] == [3]
    assert not Partner.objects.exists()


def test_g08_another_person_cannot_confirm(client, brand_manager, brand):
    client.force_login(brand_manager)
    token = token_of(upload(client, GOOD))
    client.force_login(make.member(Role.BRAND_MANAGER, brand))
    assert client.post(page("confirm"), {"token": token}).status_code == 404


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "../../etc/passwd", lambda t: ""])
def test_g08_an_edited_token_is_unknown(mary, change):
    token = token_of(upload(mary, GOOD))
    assert mary.post(page("confirm"), {"token": change(token)}).status_code == 404


def test_g08_a_token_serves_its_own_sheet_only(mary):
    token = token_of(upload(mary, GOOD))
    assert mary.post(page("confirm", "partners_outlet"), {"token": token}).status_code == 404


def test_g08_a_file_changed_on_disk_is_refused(mary):
    token = token_of(upload(mary, GOOD))
    (path,) = waiting.folder().iterdir()
    path.write_bytes(b"something else")
    assert mary.post(page("confirm"), {"token": token}).status_code == 404


def test_g10_what_waits_is_private_and_purged(mary):
    upload(mary, GOOD)
    (path,) = waiting.folder().iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert waiting.folder().stat().st_mode & 0o777 == 0o700
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for age, gone in ((timedelta(minutes=59), 0), (timedelta(minutes=61), 1)):
        with clock.travel(written + age):
            assert waiting.purge(hours=1) == gone


def test_an_update_shows_before_and_after_and_leaves_the_rest(mary, partner_a):
    response = upload(mary, "合作伙伴编码,简称\nP-A,新简称\n")
    ((line, key, changes),) = response.context["changes"]
    assert (line, key, changes[0][1:]) == (2, "P-A", ("A", "新简称"))
    mary.post(page("confirm"), {"token": token_of(response)})
    fresh = Partner.objects.get(pk=partner_a.pk)
    assert (fresh.short_name, fresh.name, fresh.uscc) == ("新简称", partner_a.name, partner_a.uscc)
    assert fresh.history.first().history_user == User.objects.get(username="mary")


def test_no_sheet_writes_a_workflow_column(mary, partner_a):
    response = upload(mary, "合作伙伴编码,合作状态\nP-A,终止\n")
    assert len(response.context["problems"]) == 1
    assert upload(mary, f"合作伙伴编码,合作状态\nP-A,{partner_a.standing}\n").context["outcome"].unchanged == 1


def test_a12_a_row_of_another_region_is_an_error_and_shows_nothing(client, brand, partner_a, partner_b):
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",)))
    response = upload(client, HEADINGS + "P-B,mine,mine,agent,上海市,\n")
    assert response.context["problems"]
    assert partner_b.phone not in response.content.decode()
    outlets = "网点编码,合作伙伴,网点名称,区域\nW9,P-B,x,上海市\n"
    assert upload(client, outlets, model="partners_outlet").context["problems"]
    elsewhere = upload(client, HEADINGS + "N1,n,n,agent,江苏省,\n")
    assert elsewhere.context["problems"]


@pytest.mark.parametrize("role", ["service_desk", "legal", "auditor", "administrator", "ann"])
def test_b10_who_may_not_import_gets_403_and_writes_nothing(client, request, role):
    client.force_login(request.getfixturevalue(role))
    before = Partner.objects.count()
    codes = {upload(client, GOOD).status_code, client.post(page("confirm"), {"token": "x"}).status_code}
    assert codes <= {403, 302}
    assert Partner.objects.count() == before


@pytest.mark.parametrize("role", ["technical", "marketing", "administrator"])
def test_b10_who_may_not_export_gets_403(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.post(page("export"), {"kind": "csv", "purpose": "x"}).status_code == 403


def export(client, query="", **wishes):
    response = client.post(page("export") + query, {"kind": "csv", "purpose": "季度核对", **wishes})
    return response, b"".join(response.streaming_content) if response.streaming else b""


def test_f05_an_export_is_masked_filtered_scoped_and_journalled(mary, brand_manager, partner_a, partner_b):
    response, data = export(mary, "?q=P-A")
    assert response.status_code == 200
    assert partner_a.phone not in data.decode()
    assert [row[0] for row in read(data).rows] == ["P-A"]
    entry = entries_for(brand_manager).get()
    assert entry.verb == "sheet_exported"
    assert (entry.facts["rows"], entry.facts["filter"], entry.facts["masked"]) == (1, "q=P-A", True)
    assert len(entry.facts["sha256"]) == 64


def test_f06_data_in_full_needs_role_and_password(mary, client, partner_a, service_desk):
    refused, _data = export(mary, unmasked="on", password="wrong")
    assert refused.status_code == 400
    _response, data = export(mary, unmasked="on", password=make.PASSWORD)
    assert partner_a.phone in data.decode()
    client.force_login(service_desk)
    _response, data = export(client, unmasked="on", password=make.PASSWORD)
    assert partner_a.phone not in data.decode()


def test_an_export_needs_a_purpose(mary, partner_a):
    assert export(mary, purpose=" ")[0].status_code == 400


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("model", ["partner", "outlet", "staff", "certificate", "partnercontract", "productline"])
def test_what_is_exported_comes_back_unchanged(mary, side_a, side_b, kind, language, model, settings):
    """The same columns both ways; masked cells leave what they hide as it is."""
    settings.LANGUAGE_CODE = language
    response = mary.post(page("export", f"partners_{model}"), {"kind": kind, "purpose": "x"})
    data = b"".join(response.streaming_content)
    outcome = upload(mary, data, name=f"x.{kind}", model=f"partners_{model}").context["outcome"]
    assert [problem.reason for problem in outcome.problems] == []
    assert outcome.unchanged == outcome.total > 0


def test_f01_a_name_that_is_a_formula_survives_the_round_trip(mary, partner_a):
    Partner.objects.filter(pk=partner_a.pk).update(name="=1+1")
    _response, data = export(mary)
    assert b"'=1+1" in data
    assert upload(mary, data).context["outcome"].unchanged == 1


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_template_has_the_headings(mary, kind, start):
    response = mary.get(page("template"), {"kind": kind})
    data = b"".join(response.streaming_content)
    assert data.startswith(start)
    assert "合作伙伴编码" in (data.decode() if kind == "csv" else io.BytesIO(data) and "合作伙伴编码")


@pytest.mark.parametrize(
    "text",
    [
        "合作伙伴编码,unknown\nN1,x\n",
        "合作伙伴名称\nx\n",
        "合作伙伴编码,合作伙伴编码\nN1,N1\n",
        HEADINGS,
        "合作伙伴编码,\nN1,x\n",
    ],
    ids=["unknown", "no key", "twice", "no rows", "no heading"],
)
def test_wrong_headings_are_told(mary, text):
    response = upload(mary, text)
    assert response.context["problems"]


def test_a_key_twice_or_missing_is_told_with_its_line(mary):
    response = upload(mary, GOOD + "N1,again,a,agent,上海市,\n,none,n,agent,上海市,\n")
    assert [problem.line for problem in response.context["problems"]] == [4, 5]


def test_a_broken_file_is_told_and_the_page_stays(mary):
    response = upload(mary, HEADINGS.encode("gbk") + b"N1,\xff\xff,a,b,c,d\n")
    assert response.status_code == 400
    assert "GBK" in response.content.decode()


def test_an_outlet_stays_with_its_partner(mary, outlet_a, partner_b):
    text = "网点编码,合作伙伴\nW-A,P-B\n"
    assert upload(mary, text, model="partners_outlet").context["problems"]
    assert Outlet.objects.get(pk=outlet_a.pk).partner_id == outlet_a.partner_id


@pytest.mark.parametrize("value", ["1e1000000", "NaN", "Infinity", "9" * 5000, "-1", "1.5", "abc"])
def test_g04_monstrous_numbers_are_row_errors(mary, outlet_a, value):
    text = f"网点编码,未结工单上限\nW-A,{value}\n"
    assert len(upload(mary, text, model="partners_outlet").context["problems"]) == 1


def test_a_list_and_boxes(mary, outlet_a):
    text = "网点编码,服务范围,服务等级,启用\nW-A,上海市、江苏省；浙江省,基础、Advanced,否\n"
    response = upload(mary, text, model="partners_outlet")
    mary.post(page("confirm", "partners_outlet"), {"token": token_of(response)})
    fresh = Outlet.objects.get(pk=outlet_a.pk)
    assert fresh.coverage == ["上海市", "江苏省", "浙江省"]
    assert fresh.tiers == ["basic", "advanced"]
    assert not fresh.active
