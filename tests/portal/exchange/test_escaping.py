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
#: Texts that a writer could take for its own markup.
MARKUP = [
    "<r>&</r>", "<r><t>abc</t></r>", "</t></is></c><c r='B2'><f>1+1</f></c>",
    '<r><t>a</t></r></is></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="inlineStr"><is><r><t>b</t></r>',
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


@pytest.mark.parametrize("text", [*EVIL, *MARKUP])
def test_f01_an_xlsx_cell_is_text(text):
    page = load_workbook(io.BytesIO(written("xlsx", [[text]])))["Sheet1"]
    assert [cell.data_type for row in page.iter_rows() for cell in row] == ["s", "s"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text", [*EVIL, *MARKUP, *PLAIN[:-2], "line\r\nbreak", "bell\x07", "\uffff", "a < b & c", "_x000D_ literal"]
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


@given(
    st.sampled_from(["a", "<r>", "<r><t>", "<"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["z", "</r>", "</t></r>", ">"]),
)
def test_f01_every_text_comes_back_from_an_xlsx(before, text, after):
    sheet = reading.read(written("xlsx", [[before + text + after]]))
    assert str(sheet.rows[0][0]) == before + text + after


def test_f09_an_xlsx_that_breaks_off_leaves_no_scratch_file(tmp_path):
    def rows():
        yield ["one"]
        raise LookupError

    with pytest.raises(LookupError):
        writing.write("xlsx", io.BytesIO(), ["A"], rows(), scratch=tmp_path)
    assert list(tmp_path.iterdir()) == []
