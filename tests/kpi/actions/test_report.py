import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from kpi.actions import making
from kpi.actions import report as actions
from kpi.models import QuarterlyReport, ReportState
from kpi.queries.report import by_code, downloads
from kpi.queries.scope import BRAND, Scope
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, PortalError, Refused
from portal.kernel.quarter import Quarter
from tests.cast import actor
from tests.kpi.cohort import add, at

Q3 = Quarter(2026, 3)
NOW = at("2026-11-22 12:00")


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(NOW):
        yield


@pytest.fixture
def quick_pdf(monkeypatch):
    """The layout has its own tests."""
    monkeypatch.setattr(making, "render", lambda template, context, **options: b"%PDF-1.7 << /Type /Pages /Count 9 >>")


def story(report):
    return list(entries_for(report).values_list("verb", flat=True))


def test_r219_from_request_to_download_everything_is_on_record(side_a, brand_manager, auditor, run_tasks):
    add(side_a)
    report = actions.request_report(actor(brand_manager), Q3, Scope(partner=side_a.partner))
    assert report.state == ReportState.QUEUED
    assert run_tasks() == 1
    report.refresh_from_db()
    assert (report.state, report.progress) == (ReportState.READY, 100)
    pdf = actions.download(actor(auditor), report, "192.0.2.1")
    assert hashlib.sha256(pdf).hexdigest() == report.sha256
    assert len(PdfReader(io.BytesIO(pdf)).pages) == report.pages
    assert story(report) == ["report.request", "report.make", "report.download"]
    last = entries_for(report).last()
    assert (last.facts["address"], last.actor_label) == ("192.0.2.1", actor(auditor).label)
    assert verify().intact
    assert downloads([report]) == {report.pk: 1}


def test_a_report_is_made_once_however_often_it_is_asked(brand_manager, quick_pdf):
    report = actions.request_report(actor(brand_manager), Q3, BRAND)
    making.make_now(report)
    first = report.sha256, report.file
    assert making.make_report.call(report.pk) == "nothing to do"
    report.refresh_from_db()
    assert (report.sha256, report.file) == first
    assert report.pages == 9


def test_made_again_is_a_new_report_and_the_old_one_stays(brand_manager, quick_pdf):
    first, second = (actions.request_report(actor(brand_manager), Q3, BRAND) for _ in range(2))
    assert first.code != second.code
    assert QuarterlyReport.objects.count() == 2


def test_a_failure_is_told_on_the_row(brand_manager, monkeypatch):
    def refuse(*args, **options):
        raise PortalError("The document took too long.")

    monkeypatch.setattr(making, "render", refuse)
    report = making.make_now(actions.request_report(actor(brand_manager), Q3, BRAND))
    assert (report.state, report.error) == (ReportState.FAILED, "The document took too long.")
    assert story(report)[-1] == "report.fail"


def test_what_nobody_expected_is_not_told_to_everybody(brand_manager, monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: 1 / 0)
    report = making.make_now(actions.request_report(actor(brand_manager), Q3, BRAND))
    assert report.state == ReportState.FAILED
    assert "division" not in report.error


def test_m12_what_a_dead_worker_left_is_taken_up_again(brand_manager, quick_pdf, run_tasks):
    report = actions.request_report(actor(brand_manager), Q3, BRAND)
    QuarterlyReport.objects.update(state=ReportState.RUNNING)
    assert making.take_up_stuck() == 0
    with clock.travel(NOW + making.STUCK_AFTER + timedelta(seconds=1)):
        assert making.take_up_stuck() == 1
        assert making.take_up_stuck() == 0
        run_tasks()
    report.refresh_from_db()
    assert report.state == ReportState.READY
    assert story(report).count("report.make") == 1


def test_two_workers_leave_one_file(brand_manager, quick_pdf):
    report = actions.request_report(actor(brand_manager), Q3, BRAND)
    making.make_now(report)
    assert making._finish(report, b"late") is False
    assert default_storage.listdir("reports")[1].count(report.file.split("/")[1]) == 1


def test_a_report_that_is_not_ready_cannot_be_taken(brand_manager):
    report = actions.request_report(actor(brand_manager), Q3, BRAND)
    with pytest.raises(Conflict):
        actions.download(actor(brand_manager), report)
    assert story(report) == ["report.request"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BRAND_MANAGER, Role.SYSTEM}))
def test_only_brand_managers_make_reports(db, role):
    with pytest.raises(Refused):
        actions.request_report(Actor(role=role), Q3, BRAND)


def test_a03_a_manager_of_a_region_makes_only_its_reports(side_a, side_b):
    manager = Actor(role=Role.BRAND_MANAGER, regions=(side_a.partner.region,))
    assert actions.may_request(manager, Scope(partner=side_a.partner))
    for scope in (BRAND, Scope(partner=side_b.partner)):
        assert not actions.may_request(manager, scope)


def test_a_quarter_to_come_has_no_report(brand_manager):
    with pytest.raises(InvalidInput):
        actions.request_report(actor(brand_manager), Quarter(2027, 1), BRAND)


def test_all_or_none_are_queued(side_a, side_b):
    manager = Actor(role=Role.BRAND_MANAGER, regions=(side_a.partner.region,))
    with pytest.raises(Refused):
        actions.request_reports(manager, Q3, [Scope(partner=side_a.partner), BRAND])
    assert not QuarterlyReport.objects.exists()


def test_a_code_is_found_as_it_was_printed_and_only_when_ready(brand_manager, quick_pdf):
    report = actions.request_report(actor(brand_manager), Q3, BRAND)
    assert by_code(report.code) is None
    making.make_now(report)
    assert by_code(f" {report.printed_code.lower()} ") == report
    assert by_code("") is None


def test_pages_are_counted_in_packed_documents_too():
    assert making.pages_of(b"no pdf") == 0
    assert making.pages_of(b"<< /Count 3 /Kids [] /Type /Pages >>") == 3
