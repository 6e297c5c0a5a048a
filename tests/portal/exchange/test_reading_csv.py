"""CSV in every encoding of a Chinese office; what is broken is told with its place (G11, G14)."""

import time

import pytest

from portal.exchange import limits
from portal.exchange.reading import read
from portal.exchange.sheet import Unreadable

TEXT = "客户编码,客户名称,电话\nC1,浦江物流,0215000\nC2,“联通”公司,010-1\n"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "gb2312", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_g11_every_encoding_gives_the_same_sheet(encoding):
    text = "Code," + TEXT if encoding in ("utf-16-le", "utf-16-be") else TEXT
    lines = [f"x,{line}" for line in TEXT.splitlines()] if text != TEXT else TEXT.splitlines()
    sheet = read("\n".join(lines).encode(encoding))
    assert [row[-1] for row in sheet.rows] == ["0215000", "010-1"]
    assert sheet.headers[-2:] == ["客户名称", "电话"]
    assert sheet.lines == [2, 3]


def test_gbk_that_happens_to_look_like_utf8_at_its_beginning():
    assert read("联通,名称\n1,上海电信有限公司的客户\n".encode("gbk")).headers == ["联通", "名称"]


def test_a_broken_byte_in_utf8_is_told_and_not_taken_for_gbk():
    lines = TEXT.encode().splitlines(keepends=True)
    words = refusal(lines[0] + lines[1].replace("江".encode(), b"\xe6\xb1") + lines[2])
    assert words.startswith("Line 2, character 5 cannot be read as UTF-8")


def test_a_broken_byte_in_gbk_is_told_with_its_line():
    data = TEXT.encode("gbk") + "C3,上海".encode("gbk") + b"\xff,1\n"
    assert refusal(data).startswith("Line 4, character 6 cannot be read as GBK")


@pytest.mark.parametrize("data", [TEXT.encode() + b"a,\0b,c\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"])
def test_g14_zero_bytes_are_no_text(data):
    assert "zero byte" in refusal(data)


def test_a_row_with_a_comma_too_many_names_line_and_column():
    assert "Line 3 has 4 columns, but the heading has 3" in refusal(b"a,b,c\n1,2,3\n4,5,6,7\n")


def test_a_row_with_a_comma_too_few_names_line_and_column():
    assert "broken from column 3 on" in refusal(b"a,b,c\n1,2\n")


def test_empty_cells_behind_the_heading_do_no_harm():
    assert read(b"a,b\n1,2,,\n").rows == [["1", "2"]]


def test_an_open_quotation_mark_names_the_line_where_the_row_begins():
    assert "begins on line 3 is broken" in refusal(b'a,b\n1,2\n3,"four\n5,6\n')


def test_line_numbers_count_breaks_inside_cells_and_empty_lines():
    sheet = read(b'a,b\n\n1,"two\nlines"\n3,4\n')
    assert sheet.lines == [3, 5]


@pytest.mark.parametrize(("delimiter", "row"), [(";", "1;2"), ("\t", "1\t2")])
def test_other_delimiters(delimiter, row):
    assert read(f"a{delimiter}b\n{row}\n".encode()).rows == [["1", "2"]]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1," + b"x" * 9_000_000 + b"\n",
        b"a," * 100_000 + b"\n" + b"1," * 100_000,
        b"x" * (limits.FILE + 1),
        b"a\n" + b"1\n" * (limits.ROWS + 1),
        b"a\n" + b"y" * (limits.CELL + 1) + b"\n",
        b"",
        b" \n\n",
    ],
    ids=["cell", "columns", "file", "rows", "long cell", "nothing", "blanks"],
)
def test_g14_what_is_too_large_is_refused_at_once(data):
    begin = time.monotonic()
    assert refusal(data)
    assert time.monotonic() - begin < 5  # a hang, not a speed


def test_numbers_keep_their_zeros():
    assert read(b"phone\n02150001234\n").rows == [["02150001234"]]
