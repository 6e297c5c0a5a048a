"""Documents: the same bytes for the same input, embedded fonts, words when they fail."""

import io
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from django.utils import translation
from pypdf import PdfReader

from portal.pdf import PdfFailed, render, render_html
from portal.pdf.document import data_uri, paper_brand
from portal.pdf.pool import POOL, Pool

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
FORM = {
    "form_code": "附件3",
    "form_title": "服务完成确认单",
    "number": "SR-2026-000123",
    "verification": {"code": "7F3K-92QD", "url": "https://service.example.com/verify/7F3K92QD"},
}


@pytest.fixture(scope="module", autouse=True)
def _close_the_child():
    yield
    POOL.close()


def sheet(**changes):
    with translation.override("zh-hans"):
        return render("pdf/base_form.html", {**FORM, **changes}, title="服务完成确认单", at=AT)


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def test_a_form_is_one_sheet_of_a4_with_its_words():
    pages = read(sheet()).pages
    assert len(pages) == 1
    assert [round(float(n)) for n in pages[0].mediabox[2:]] == [595, 842]
    text = pages[0].extract_text()
    for words in ("服务完成确认单", "SR-2026-000123", "7F3K-92QD", "第 1 页 / 共 1 页"):
        assert words in text


def test_the_same_input_gives_the_same_bytes_in_another_process_too():
    first = sheet()
    assert sheet() == first
    POOL.close()
    assert sheet() == first
    with override_settings(PDF_IN_PROCESS=True):
        assert sheet() == first


def test_another_input_gives_other_bytes():
    assert sheet(number="SR-2026-000124") != sheet()


def test_chinese_fonts_are_embedded():
    fonts = read(sheet()).pages[0]["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_user_text_is_escaped():
    text = read(sheet(number="<b>x</b>")).pages[0].extract_text()
    assert "<b>x</b>" in text


def test_the_date_of_the_document_is_the_one_given():
    assert read(sheet()).metadata["/CreationDate"].startswith("D:20261122")


def test_english_pages_count_in_english():
    with translation.override("en"):
        pdf = render("pdf/base_form.html", FORM, at=AT)
    assert "Page 1 of 1" in read(pdf).pages[0].extract_text()


def test_a_report_has_a_cover_contents_and_numbered_pages():
    context = {
        "report_title": "季度报告",
        "report_subtitle": "2026 年第三季度",
        "report_code": "QR-1",
        "cover_facts": [("报告期间", "2026Q3")],
        "contents": [("a", "一、总体情况", 1)],
    }
    pages = read(render("pdf/base_report.html", context, title="季度报告", at=AT)).pages
    assert "季度报告" in pages[0].extract_text()
    assert "2 / 2" in pages[1].extract_text()


def test_h10_a_document_that_takes_too_long_is_stopped_and_the_next_one_works():
    rows = "<tr><td>a<td>b<td>c<td>d</tr>" * 20000
    with override_settings(PDF_TIMEOUT=1), pytest.raises(PdfFailed) as caught:
        render_html(f"<table>{rows}</table>")
    assert str(caught.value)
    assert POOL.child is None or not POOL.child.alive
    assert render_html("<p>next").startswith(b"%PDF")


def test_h10_a_document_that_needs_too_much_memory_is_stopped(settings):
    POOL.close()
    settings.PDF_MEMORY_MB = 60
    rows = "<tr><td>a<td>b<td>c<td>d</tr>" * 20000
    with pytest.raises(PdfFailed):
        render_html(f"<table>{rows}</table>")
    POOL.close()


@pytest.mark.parametrize("html", ["<style>@page { size: 0 }</style>x", "\x00<p>", ""])
def test_h10_strange_markup_still_makes_a_document(html):
    assert render_html(html).startswith(b"%PDF")


def test_h10_three_thousand_nested_boxes_fail_in_words():
    with pytest.raises(PdfFailed) as caught:
        render_html("<div>" * 3000 + "x")
    assert str(caught.value)


def test_a_killed_child_is_replaced():
    render_html("<p>one")
    POOL.child.process.kill()
    POOL.child.process.wait()
    assert render_html("<p>two").startswith(b"%PDF")


def test_each_process_has_a_child_of_its_own(monkeypatch):
    pool = Pool()
    pool.owner = -1  # as after a fork
    pool.child = object()
    pool.close()
    assert pool.child is None


def test_pictures_come_in_as_data():
    assert data_uri(b"x", "image/png") == "data:image/png;base64,eA=="


def test_a_brand_sets_its_logo_and_colour():
    with override_settings(BRAND={"logo": "portal/mark.svg", "primary": "#008060"}):
        brand = paper_brand()
    assert brand["logo_url"].startswith("data:image/svg+xml;base64,")
    assert brand["primary"] == "#008060"


def test_a_colour_that_is_none_is_not_used():
    with override_settings(BRAND={"primary": "red;}</style>"}):
        assert paper_brand()["primary"] == "#1f5fbf"
