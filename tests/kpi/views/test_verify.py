import pytest

from kpi.actions import making
from kpi.actions.report import request_report
from kpi.queries.scope import BRAND, Scope
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests import factories as make
from tests.cast import actor
from tests.kpi.cohort import at


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: b"%PDF /Type /Pages /Count 7 >>")
    with clock.travel(at("2026-11-22 12:00")):
        yield


@pytest.fixture
def made(brand_manager):
    return lambda scope: making.make_now(request_report(actor(brand_manager), Quarter(2026, 3), scope))


@pytest.mark.parametrize("attribute", ["code", "printed_code"])
def test_a_genuine_code_shows_what_was_made_and_its_digest(client, made, side_a, attribute):
    report = made(Scope(side_a.partner))
    answer = client.get(f"/verify/{getattr(report, attribute)}/")
    assert answer.status_code == 200
    for words in (report.sha256, side_a.partner.name, "2026Q3", report.printed_code):
        assert words in answer.content.decode()


@pytest.mark.parametrize("code", ["AAAA", "<script>", "0" * 300, "' OR 1=1"])
def test_an_unknown_code_is_404_in_words(client, db, code):
    answer = client.get(f"/verify/{code}/")
    assert answer.status_code == 404
    assert b"<script>" not in answer.content.split(b"<main", 1)[1].split(b"</main", 1)[0]
    assert b"badge-state" in answer.content


def test_a_report_in_the_making_proves_nothing(client, brand_manager):
    report = request_report(actor(brand_manager), Quarter(2026, 3), BRAND)
    assert client.get(f"/verify/{report.code}/").status_code == 404


def test_the_name_of_a_person_is_not_told_to_strangers(client, made):
    report = made(Scope(customer=make.CustomerFactory(kind="person", name="欧阳明月", uscc="")))
    page = client.get(f"/verify/{report.code}/").content.decode()
    assert "欧阳明月" not in page
    assert "欧**" in page


def test_a_typed_code_leads_to_its_own_address(client, db):
    assert client.get("/verify/").status_code == 200
    assert client.get("/verify/", {"code": " ab-cd "})["Location"] == "/verify/ABCD/"
    assert client.get("/verify/", {"code": "../x"}).status_code == 200
