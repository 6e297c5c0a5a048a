import pytest
from django.urls import reverse

from kpi.actions import making
from kpi.actions.report import request_report
from kpi.models import QuarterlyReport
from kpi.queries.scope import BRAND, Scope
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests import factories as make
from tests.cast import actor
from tests.kpi.cohort import add, at

LIST = "/admin/kpi/quarterlyreport/"
ADD = f"{LIST}add/"


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: b"%PDF /Type /Pages /Count 7 >>")
    with clock.travel(at("2026-11-22 12:00")):
        yield


def ask(client, **data):
    return client.post(ADD, {"quarter": "2026Q3", "language": "zh-hans", **data})


def test_a_brand_manager_has_a_partner_s_report_made(client, brand_manager, side_a, run_tasks):
    client.force_login(brand_manager)
    assert client.get(ADD).status_code == 200
    assert ask(client, scope="partner", partner=side_a.partner.pk)["Location"] == LIST
    assert b"report-progress" in client.get(LIST).content
    run_tasks()
    report = QuarterlyReport.objects.get()
    page = client.get(LIST).content.decode()
    assert reverse("admin:kpi_quarterlyreport_file", args=[report.pk]) in page
    assert "every 3s" not in page
    assert client.get(f"{LIST}{report.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{report.pk}/history/").status_code == 200


def test_all_are_queued_with_one_press(client, brand_manager, side_a, side_b, customer):
    add(side_a, customer=customer)
    client.force_login(brand_manager)
    ask(client, scope="all")
    assert sorted(QuarterlyReport.objects.values_list("scope", flat=True)) == ["brand", "customer", "partner"]


@pytest.mark.parametrize(
    "data", [{"scope": "partner"}, {"scope": "customer"}, {"scope": "nobody"}, {"scope": "brand", "quarter": "1999Q1"}]
)
def test_what_is_missing_is_told_and_nothing_is_made(client, brand_manager, data):
    client.force_login(brand_manager)
    answer = ask(client, **data)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert not QuarterlyReport.objects.exists()


def test_a03_a_manager_of_a_region_is_refused_the_whole_brand(client, side_a, side_b):
    client.force_login(make.member(Role.BRAND_MANAGER, regions=(side_a.partner.region,)))
    assert ask(client, scope="brand").status_code == 403
    assert ask(client, scope="partner", partner=side_b.partner.pk).status_code == 400
    assert ask(client, scope="partner", partner=side_a.partner.pk).status_code == 302


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.MARKETING, Role.AUDITOR])
def test_readers_read_and_make_nothing(client, role, brand_manager):
    report = making.make_now(request_report(actor(brand_manager), Quarter(2026, 3), BRAND))
    client.force_login(make.member(role))
    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 403
    assert ask(client, scope="brand").status_code == 403
    assert client.get(reverse("admin:kpi_quarterlyreport_file", args=[report.pk])).content.startswith(b"%PDF")
    assert entries_for(report).last().verb == "report.download"


def test_a_reader_of_a_region_gets_404_on_another_s(client, side_a, side_b, brand_manager):
    report = making.make_now(request_report(actor(brand_manager), Quarter(2026, 3), Scope(side_b.partner)))
    client.force_login(make.member(Role.AUDITOR, regions=(side_a.partner.region,)))
    assert client.get(reverse("admin:kpi_quarterlyreport_file", args=[report.pk])).status_code == 404
    assert client.get(f"{LIST}{report.pk}/change/").status_code == 404
