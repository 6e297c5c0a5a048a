import pytest
from django.urls import reverse

from kpi.actions import making
from kpi.actions.report import request_report
from kpi.queries.scope import BRAND, Scope
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests import factories as make
from tests.cast import actor
from tests.kpi.cohort import at

LIST = "/reports/"


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: b"%PDF /Type /Pages /Count 7 >>")
    with clock.travel(at("2026-11-22 12:00")):
        yield


@pytest.fixture
def reports(side_a, side_b, customer, brand_manager):
    scopes = {
        "a": Scope(side_a.partner),
        "b": Scope(side_b.partner),
        "customer": Scope(customer=customer),
        "brand": BRAND,
    }
    asked = {name: request_report(actor(brand_manager), Quarter(2026, 3), scope) for name, scope in scopes.items()}
    return {name: making.make_now(report) for name, report in asked.items()}


def shown(client, user, query=""):
    client.force_login(user)
    return {report.subject_name for report, _count in client.get(LIST + query).context["reports"]}


def take(client, user, report):
    client.force_login(user)
    return client.get(reverse("reports:file", args=[report.pk]))


def test_auditors_and_brand_managers_find_all(client, reports, auditor, brand_manager):
    for user in (auditor, brand_manager):
        assert len(shown(client, user)) == 4


def test_a01_a_partner_manager_finds_only_his_own(client, reports, manager_a, side_a):
    assert shown(client, manager_a) == {side_a.partner.name}


@pytest.mark.parametrize(
    "role", [Role.SERVICE_DESK, Role.MARKETING, Role.DISPATCHER, Role.TECHNICIAN, Role.ADMINISTRATOR]
)
def test_for_others_the_page_does_not_exist(client, reports, role):
    client.force_login(make.member(role))
    assert client.get(LIST).status_code == 404
    assert client.get(reverse("reports:file", args=[reports["a"].pk])).status_code == 404


def test_strangers_are_asked_to_sign_in(client, reports):
    for url in (LIST, reverse("reports:file", args=[reports["a"].pk])):
        assert client.get(url).status_code == 302


def test_every_download_is_on_record_with_who_and_when(client, reports, auditor):
    answer = take(client, auditor, reports["a"])
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    last = entries_for(reports["a"]).last()
    assert (last.verb, last.actor["user"], last.happened_at) == ("report.download", auditor.pk, clock.now())


def test_a01_partner_b_gets_404_on_a_report_of_partner_a(client, reports, manager_b):
    for name in ("a", "customer", "brand"):
        assert take(client, manager_b, reports[name]).status_code == 404
    assert take(client, manager_b, reports["b"]).status_code == 200
    assert entries_for(reports["a"]).last().verb == "report.make"


def test_a_report_in_the_making_cannot_be_taken(client, brand_manager):
    report = request_report(actor(brand_manager), Quarter(2026, 3), BRAND)
    assert take(client, brand_manager, report).status_code == 409
    assert b"every 3s" in client.get(LIST).content


@pytest.mark.parametrize(
    ("query", "number"),
    [("?quarter=2026Q3", 4), ("?quarter=2026Q2", 0), ("?scope=brand", 1), ("?partner=P-A", 1), ("?text=P-A", 1),
     ("?text=合作伙伴B", 1), ("?scope=nonsense", 4), ("?text=%25", 0), ("?page=99", 4)],
)  # fmt: skip
def test_the_list_is_narrowed(client, reports, auditor, query, number):
    assert len(shown(client, auditor, query)) == number


def test_a_report_is_found_by_its_code(client, reports, auditor, side_b):
    assert shown(client, auditor, f"?text={reports['b'].printed_code.lower()}") == {side_b.partner.name}


def test_a_short_word_is_not_taken_for_the_beginning_of_a_code(client, reports, auditor, side_a, side_b):
    b = reports["b"]
    type(b).objects.filter(pk=b.pk).update(code="PA" + b.code[2:])
    assert shown(client, auditor, "?text=P-A") == {side_a.partner.name}
    assert shown(client, auditor, f"?text=pa{b.code[2:4]}-{b.code[4:8]}") == {side_b.partner.name}


def test_the_number_of_queries_does_not_grow(client, reports, auditor, django_assert_max_num_queries):
    client.force_login(auditor)
    with django_assert_max_num_queries(10):
        client.get(LIST)
