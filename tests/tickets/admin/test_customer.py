"""Customers in the admin: the desk writes, others read masked, sheets both ways."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.roles import Role
from tests import factories as make
from tickets.models import Contact, Customer, Equipment

MODELS = ["customer", "equipment", "serviceagreement"]
HEADINGS = "客户编码,类型,客户名称,区域,联系人,联系电话\n"


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:tickets_{model}_{page}", args=args)


def upload(client, model: str, data: str | bytes, name="x.csv"):
    content = data.encode() if isinstance(data, str) else data
    return client.post(url(model, "sheet_import"), {"file": SimpleUploadedFile(name, content)})


def confirm(client, model: str, response):
    return client.post(url(model, "sheet_confirm"), {"token": response.context["token"]})


@pytest.fixture
def dora(client, service_desk):
    client.force_login(service_desk)
    return client


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("role", "status"), [("service_desk", 200), ("legal", 200), ("auditor", 200), ("marketing", 403)]
)
def test_who_opens_lists(client, request, served, model, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(url(model, "changelist")).status_code == status


@pytest.mark.parametrize("role", ["service_desk", "legal"])
def test_rows_open(client, request, served, role):
    client.force_login(request.getfixturevalue(role))
    for row in (served.customer, served.equipment, served.agreement):
        assert client.get(url(row._meta.model_name, "change", row.pk)).status_code == 200


def test_r01_who_only_looks_sees_and_finds_no_telephone(client, legal, service_desk, served):
    client.force_login(legal)
    page = client.get(url("customer", "change", served.customer.pk)).content.decode()
    assert served.contact.phone not in page
    assert served.contact.email not in page
    assert (
        served.customer.name
        not in client.get(url("customer", "changelist"), {"q": served.contact.phone}).content.decode()
    )
    client.force_login(service_desk)
    assert (
        served.customer.name in client.get(url("customer", "changelist"), {"q": served.contact.phone}).content.decode()
    )


def test_a03_customers_of_other_regions_are_hidden(client, brand, served, served_b):
    client.force_login(make.member(Role.SERVICE_DESK, brand, regions=("上海市",)))
    assert served_b.customer.name not in client.get(url("customer", "changelist")).content.decode()
    for row in (served_b.customer, served_b.equipment, served_b.agreement):
        assert client.get(url(row._meta.model_name, "change", row.pk)).status_code == 404


def test_a_sheet_makes_customers_with_their_contacts(dora):
    response = upload(
        dora, "customer", HEADINGS + "C1,单位,浦江物流,上海市,赵女士,13800000001\nC2,个人,钱先生,江苏省,,\n"
    )
    assert [p.reason for p in response.context["problems"]] == []
    confirm(dora, "customer", response)
    assert Customer.objects.get(code="C2").kind == "person"
    contact = Contact.objects.get()
    assert (contact.customer.code, contact.name, contact.phone, contact.primary) == (
        "C1",
        "赵女士",
        "13800000001",
        True,
    )


def test_a_contact_without_telephone_is_a_problem_of_that_column(dora):
    response = upload(dora, "customer", HEADINGS + "C1,单位,浦江物流,上海市,赵女士,\n")
    assert [(p.line, str(p.column)) for p in response.context["problems"]] == [(2, "联系电话")]


def test_a_sheet_changes_the_main_contact(dora, served):
    response = upload(dora, "customer", f"客户编码,联系电话\n{served.customer.code},13900000009\n")
    confirm(dora, "customer", response)
    assert Contact.objects.get(pk=served.contact.pk).phone == "13900000009"
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", MODELS)
def test_what_is_exported_comes_back_unchanged(dora, served, served_b, model, kind):
    response = dora.post(url(model, "sheet_export"), {"kind": kind, "purpose": "核对"})
    data = b"".join(response.streaming_content)
    assert served.contact.phone.encode() not in data
    outcome = upload(dora, model, data, f"x.{kind}").context["outcome"]
    assert [problem.reason for problem in outcome.problems] == []
    assert outcome.unchanged == outcome.total == 2


def test_equipment_names_its_customer_by_code_in_scope(client, brand, served, served_b, line):
    client.force_login(make.member(Role.SERVICE_DESK, brand, regions=("上海市",)))
    text = "序列号,客户,产品线,产品型号\nLSV001,%s,EV,EV-1\n"
    assert upload(client, "equipment", text % served_b.customer.code).context["problems"]
    confirm(client, "equipment", upload(client, "equipment", text % served.customer.code))
    assert Equipment.objects.get(serial_number="LSV001").customer == served.customer
