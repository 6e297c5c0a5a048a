import io
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from kpi.actions import making
from kpi.models import QuarterlyReport
from portal.kernel import clock
from portal.pdf.pool import POOL
from tests.kpi.cohort import add, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(at("2026-11-22 12:00")):
        yield


def run(*arguments):
    out = StringIO()
    call_command("quarterly_report", *arguments, stdout=out)
    return out.getvalue()


def test_one_report_is_one_file(side_a, tmp_path):
    add(side_a)
    target = tmp_path / "new" / "report.pdf"
    run("2026Q3", "--partner", side_a.partner.code, "--out", str(target))
    POOL.close()
    assert side_a.partner.name in PdfReader(io.BytesIO(target.read_bytes())).pages[0].extract_text()


def test_all_reports_are_a_folder(side_a, side_b, customer, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: b"%PDF /Type /Pages /Count 7 >>")
    add(side_a, customer=customer)
    answer = json.loads(run("2026Q3", "--all", "--out", str(tmp_path), "--json"))
    assert {row["scope"] for row in answer["reports"]} == {"brand", "partner", "customer"}
    names = {"2026Q3-brand.pdf", f"2026Q3-{side_a.partner.code}.pdf", f"2026Q3-{customer.code}.pdf"}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert QuarterlyReport.objects.count() == 3


def test_a_report_that_fails_ends_with_1(side_a, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "render", lambda *args, **options: 1 / 0)
    with pytest.raises(SystemExit) as ended:
        run("2026Q3", "--brand", "--out", str(tmp_path / "x.pdf"))
    assert ended.value.code == 1


@pytest.mark.parametrize(
    "arguments",
    [("2026Q7", "--brand"), ("2027Q4", "--brand"), ("2026Q3", "--partner", "X"), ("2026Q3", "--customer", "X")],
)
def test_wrong_use_is_told_with_code_2(arguments, tmp_path):
    with pytest.raises(CommandError) as refused:
        run(*arguments, "--out", str(tmp_path / "x.pdf"))
    assert refused.value.returncode == 2
    assert not QuarterlyReport.objects.exists()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError) as refused:
        run("2026Q3", "--brand", "--out", str(tmp_path))
    assert refused.value.returncode == 2
