"""Formulas leave as text and come back as they were (F01, F03)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.exchange import reading, writing
from portal.exchange.escaping import escape, restore

EVIL = [
    "=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "|cmd", "%0A",
    "'=1", "''=1", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
]  # fmt: skip
PLAIN = ["上海市", "'quoted'", "O'Neil", "a=b", "13800000000", "", "0012"]


def written(kind: str, rows: list[list[str]]) -> bytes:
    target = io.BytesIO()
    writing.write(kind, target, ["A"], rows)
    return target.getvalue()


@pytest.mark.parametrize("text", EVIL)
def test_f01_a_csv_cell_cannot_run(text):
    (_, (cell,)) = csv.reader(io.StringIO(written("csv", [[text]]).decode("utf-8-sig"), newline=""))
    assert cell.startswith("'")


@pytest.mark.parametrize("text", EVIL)
def test_f01_an_xlsx_cell_is_text(text):
    page = load_workbook(io.BytesIO(written("xlsx", [[text]])))["Sheet1"]
    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text", [*EVIL, *PLAIN[:-2], "line\r\nbreak", "bell\x07", "\uffff", "a < b & c", "_x000D_ literal"]
)
def test_f01_reading_restores_what_was_written(kind, text):
    sheet = reading.read(written(kind, [[text], ["end"]]))
    assert [str(cell) for (cell,) in sheet.rows] == [text, "end"]


def test_f03_two_equal_signs_stay_two():
    assert escape("==1+1") == "'==1+1"
    assert restore(escape("==1+1")) == "==1+1"


@pytest.mark.parametrize("text", PLAIN)
def test_harmless_text_is_left_alone(text):
    assert escape(text) == text


@given(st.text())
def test_escaping_is_reversible(text):
    assert restore(escape(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_f01_every_text_comes_back_from_an_xlsx(text):
    sheet = reading.read(written("xlsx", [[f"a{text}z"]]))
    assert str(sheet.rows[0][0]) == f"a{text}z"


def test_f09_an_xlsx_that_breaks_off_leaves_no_scratch_file(tmp_path):
    def rows():
        yield ["one"]
        raise LookupError

    with pytest.raises(LookupError):
        writing.write("xlsx", io.BytesIO(), ["A"], rows(), scratch=tmp_path)
    assert list(tmp_path.iterdir()) == []
