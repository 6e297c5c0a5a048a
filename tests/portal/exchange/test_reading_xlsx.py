"""xlsx files of friends and of others (G01, G03, G11)."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portal.exchange import limits, reading_xlsx
from portal.exchange.reading import read
from portal.exchange.sheet import Number, Unreadable, Unusable


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def book(*rows, formats=None, epoch=None) -> bytes:
    made = Workbook()
    if epoch:
        made.epoch = epoch
    for row in rows:
        made.active.append(row)
    for place, shown_as in (formats or {}).items():
        made.active[place].number_format = shown_as
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def replaced(data: bytes, name: str, change) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            content = source.read(part)
            archive.writestr(part, change(content) if part == name else content)
    return target.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return str(caught.value)


def cell(value, shown_as="General", **more) -> str:
    return read(book(["a"], [value], formats={"A2": shown_as}, **more)).rows[0][0]


def test_text_dates_numbers_and_truth():
    sheet = read(book(["a", "b", "c", "d"], ["上海", date(2026, 3, 1), 12.5, True], [None, None, None, None], ["x"]))
    assert sheet.rows == [["上海", "2026-03-01", "12.5", "TRUE"], ["x", "", "", ""]]
    assert sheet.lines == [2, 4]


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_g11_dates_of_both_epochs(epoch):
    assert cell(datetime(2026, 3, 1, 8, 30), "yyyy-mm-dd hh:mm", epoch=epoch) == "2026-03-01 08:30:00"


def test_g11_zeros_that_the_format_shows_are_kept():
    assert cell(1234, "0000000") == "0001234"


def test_g11_a_number_knows_that_it_is_one():
    assert isinstance(cell(2150001234), Number)


@pytest.mark.parametrize("value", [6217001234567890123, 1.5e17, float(10**15)])
def test_g11_a_number_that_a_spreadsheet_rounds_is_unusable(value):
    assert isinstance(cell(value), Unusable)


@pytest.mark.parametrize("value", ["=1+1", '=HYPERLINK("http://x")', "#REF!"])
def test_formulas_and_errors_hold_no_value(value):
    assert isinstance(cell(value), Unusable)


def test_g01_a_bomb_is_refused_from_the_directory_alone(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("unpacked"))
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(limits.UNPACKED // limits.MEBIBYTE + 1):
            part.write(b" " * limits.MEBIBYTE)
    assert "too large" in refusal(target.getvalue())


def test_g01_too_many_parts_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for n in range(limits.PARTS + 1):
            archive.writestr(f"{n}", b"")
    assert "too large" in refusal(target.getvalue())


XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/core.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("head", [XXE, LAUGHS, XXE.decode().encode("utf-16")], ids=["xxe", "laughs", "utf-16"])
def test_g03_document_types_are_refused_whoever_parses(part, head, monkeypatch):
    monkeypatch.setattr(reading_xlsx, "load_workbook", lambda *args, **kwargs: pytest.fail("parsed"))
    assert "document type" in refusal(replaced(book(["a"], ["b"]), part, lambda content: head + content))


def test_what_a_sheet_says_of_its_size_is_not_believed():
    data = replaced(
        book(["a"], ["b"]),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"'),
    )
    assert read(data).rows == [["b"]]


def test_a_row_at_the_end_of_the_world_is_not_walked_to():
    data = replaced(
        book(["a"], ["b"], ["c"]),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'<row r="3"', b'<row r="1048576"').replace(b'r="A3"', b'r="A1048576"'),
    )
    assert read(data).rows == [["b"]]


def test_a_value_without_heading_names_its_place():
    assert refusal(book(["a"], ["b", "stray"])) == "Line 2, column 2: a value without a heading."


def test_too_many_columns_and_rows():
    assert "columns" in refusal(book([f"h{n}" for n in range(limits.COLUMNS + 1)], ["x"]))


@pytest.mark.parametrize("data", [b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 old", book()])
def test_no_xlsx(data):
    assert refusal(data)


def test_a_damaged_part_is_told():
    data = replaced(book(["a"], ["b"]), "xl/worksheets/sheet1.xml", lambda content: content[:80])
    assert "damaged" in refusal(data)


def test_ten_megabytes_of_digits_are_no_hang():
    digits = b"9" * 9_000_000
    data = replaced(
        book(["a"], [7]), "xl/worksheets/sheet1.xml", lambda c: c.replace(b"<v>7</v>", b"<v>" + digits + b"</v>")
    )
    assert "damaged" in refusal(data)
