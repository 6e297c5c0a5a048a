"""The parts list as a sheet: all rows or none, monstrous numbers, old encodings, and no file without its entry."""

import io
import os
import time
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from partners.models import SparePart
from portal.accounts.actor import Actor
from portal.exchange import log, running
from portal.exchange.cells import DecimalCell
from portal.exchange.reading import read
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.models import JournalEntry
from tests import factories as make
from tests.factories.stock import SparePartFactory

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("SHEET_ROWS", "250"))
HEADINGS = "配件编号,配件名称,产品线,单位,公司认证,成本价（元）,启用日期,替代件\n"


@pytest.fixture(autouse=True)
def _own_waiting_room(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mary(client, brand_manager):
    client.force_login(brand_manager)
    return client


def page(name):
    return reverse(f"admin:partners_sparepart_sheet_{name}")


def upload(client, data, name="parts.csv"):
    data = data if isinstance(data, bytes) else data.encode()
    return client.post(page("import"), {"file": SimpleUploadedFile(name, data)})


def confirmed(client, data, name="parts.csv"):
    return client.post(page("confirm"), {"token": upload(client, data, name).context["token"]})


def rows(count, wrong=None):
    sheet = Sheet(["number", "name", "cost_price"])
    for n in range(count):
        sheet.add(n + 2, [f"P-{n:05d}", "接触器", "abc" if n == wrong else "12.50"])
    return sheet


def test_g05_one_bad_row_changes_nothing(db):
    """`SHEET_ROWS=5000` for the whole of it."""
    resource = resource_for(SparePart)
    outcome = running.take(resource(Actor.system()), rows(ROWS, wrong=ROWS - 10))
    (problem,) = outcome.problems
    assert (problem.line, str(problem.column), problem.value) == (ROWS - 8, "成本价（元）", "abc")
    assert str(problem.reason)
    assert (SparePart.objects.count(), SparePart.history.count()) == (0, 0)


def test_g05_the_mended_sheet_goes_in_with_its_history(db):
    outcome = running.take(resource_for(SparePart)(Actor.system()), rows(100))
    assert (outcome.good, outcome.new) == (True, 100)
    assert (SparePart.objects.count(), SparePart.history.count()) == (100, 100)


@pytest.mark.parametrize(("text", "value"), [("1,234.50", "1234.50"), ("１２", "12"), ("+5", "5"), ("1e2", "100")])
def test_numbers_as_people_write_them(text, value):
    assert DecimalCell().value(text) == Decimal(value)


@pytest.mark.parametrize("text", ["12,5", "1,23", ",5", "1,2345", "1e99999999999"])
def test_g11_a_comma_never_changes_a_number_in_silence(text):
    with pytest.raises(ValueError, match=r"number|数"):
        DecimalCell().value(text)


@pytest.mark.parametrize("column", [5, 6])
@pytest.mark.parametrize("value", ["1e1000000", "NaN", "-Infinity", "9" * 9000, "1_000", "٣٤", "0x1F", "12;5"])
def test_g04_monstrous_cells_are_row_errors_at_once(mary, column, value):
    cells = ["P-1", "接触器", "", "件", "是", "1", "2026-01-01", ""]
    cells[column] = value
    begin = time.monotonic()
    response = upload(mary, HEADINGS + ",".join(cells) + "\n")
    assert time.monotonic() - begin < 10, "a hang"
    problems = response.context["outcome"].problems
    assert {problem.line for problem in problems} == {2}
    assert not SparePart.objects.exists()


def test_g11_gbk_and_leading_zeros(mary):
    text = HEADINGS + "007,漏电检测板,,件,是,185.00,2026年3月1日,\n"
    assert confirmed(mary, text.encode("gb18030")).status_code == 302
    part = SparePart.objects.get()
    assert (part.number, part.name, part.cost_price) == ("007", "漏电检测板", Decimal("185.00"))
    assert part.valid_from == date(2026, 3, 1)


def test_g11_dates_since_1904(mary):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.append(HEADINGS.strip().split(","))
    page.append(["P-1", "接触器", "", "件", "是", 12.5, date(2026, 3, 1), ""])
    buffer = io.BytesIO()
    book.save(buffer)
    assert confirmed(mary, buffer.getvalue(), "parts.xlsx").status_code == 302
    assert SparePart.objects.get().valid_from == date(2026, 3, 1)


def test_a_formula_is_refused_with_its_place(mary):
    book = Workbook()
    book.active.append(["配件编号", "配件名称", "成本价（元）"])
    book.active.append(["P-1", "接触器", "=1+1"])
    buffer = io.BytesIO()
    book.save(buffer)
    (problem,) = upload(mary, buffer.getvalue(), "parts.xlsx").context["outcome"].problems
    assert (problem.line, str(problem.column)) == (2, "成本价（元）")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "==1+1", "＝SUM(1)", "@x", "\t=1"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_f01_a_name_that_looks_like_a_formula_goes_out_as_text_and_comes_back(mary, name, kind):
    SparePartFactory(number="P-1", name=name)
    data = b"".join(mary.post(page("export"), {"kind": kind, "purpose": "核对"}).streaming_content)
    assert name in {cell for row in read(data).rows for cell in row}
    if kind == "csv":
        assert f"'{name}".encode() in data.replace(b'"', b"")


def test_a_part_replaces_one_that_is_there(mary):
    SparePartFactory(number="P-2")
    good = HEADINGS + "P-1,旧件,,件,是,1,2026-01-01,P-2\n"
    assert confirmed(mary, good).status_code == 302
    (problem,) = upload(mary, HEADINGS + "P-3,旧件,NO,件,是,1,,\n").context["outcome"].problems
    assert "NO" in str(problem.reason)
    assert SparePart.objects.get(number="P-1").superseded_by.number == "P-2"
    circle = upload(mary, HEADINGS + "P-2,新件,,件,是,1,,P-1\n").context["outcome"]
    assert [problem.line for problem in circle.problems] == [2]


def test_f05_no_file_leaves_without_its_entry(mary, monkeypatch):
    SparePartFactory(number="P-1")
    before = JournalEntry.objects.count()

    def fails(*args, **kwargs):
        raise RuntimeError("the journal is away")

    monkeypatch.setattr(log, "note", fails)
    with pytest.raises(RuntimeError):
        mary.post(page("export"), {"kind": "csv", "purpose": "核对"})
    assert JournalEntry.objects.count() == before


def test_g06_history_and_entry_belong_to_the_rows(mary, monkeypatch):
    """When the entry cannot be written, the rows are not either."""
    token = upload(mary, HEADINGS + "P-1,接触器,,件,是,1,,\n").context["token"]

    def fails(*args, **kwargs):
        raise RuntimeError("the journal is away")

    monkeypatch.setattr(log, "note", fails)
    with pytest.raises(RuntimeError):
        mary.post(page("confirm"), {"token": token})
    assert (SparePart.objects.count(), SparePart.history.count()) == (0, 0)


def test_who_takes_in_parts(client, brand):
    from portal.accounts.roles import Role  # noqa: PLC0415

    for role, status in ((Role.TECHNICAL, 200), (Role.SERVICE_DESK, 403), (Role.LEGAL, 403)):
        client.force_login(make.member(role, brand, username=f"u-{role}"))
        assert client.get(page("import")).status_code == status
