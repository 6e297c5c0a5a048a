"""The report's words and its PDF."""

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from kpi.queries.scope import BRAND, Scope
from kpi.reports import quarterly, tables
from kpi.rules.metric import METRICS
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.pdf import render
from portal.pdf.pool import POOL
from tests.kpi.cohort import add, at, at_random, call_back, rate

Q3 = Quarter(2026, 3)
NOW = at("2026-11-22 12:00")


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(NOW):
        yield


@pytest.fixture(scope="module", autouse=True)
def _close_the_child():
    yield
    POOL.close()


def context(scope=BRAND, language="zh-hans"):
    request = quarterly.Request(scope, Q3, "ABCD-EFGH", "https://example.com/verify/ABCDEFGH/", NOW)
    with translation.override(language):
        return quarterly.context(request)


def pdf_text(scope=BRAND, language="zh-hans"):
    with translation.override(language):
        pages = PdfReader(io.BytesIO(render(quarterly.TEMPLATE, context(scope, language), at=NOW))).pages
    return len(pages), "\n".join(page.extract_text() for page in pages)


@pytest.fixture
def busy_quarter(side_a, side_b, customer):
    for quarter in (Q3, Q3.previous()):
        at_random(side_a, 30, quarter.index, quarter)
        at_random(side_b, 10, quarter.index, quarter)
    low = add(side_a, customer=customer, resolution_due_at=at("2026-08-12 09:00"))
    rate(low, side_a, 1, suggestions="请打 13812345678")
    call_back(low, measures="派单员当日告知客户新的时间")
    return low


def test_r219_the_report_of_the_brand_has_every_section(busy_quarter):
    pages, text = pdf_text()
    assert 7 <= pages <= 12
    for metric in METRICS.values():
        assert translation.gettext(str(metric.name)) in text
    for words in (
        "售后服务季度报告",
        "2026Q3",
        "2025Q3",
        "ABCD-EFGH",
        busy_quarter.ticket.number,
        "派单员当日告知",
        f"/ {pages}",
    ):
        assert words in text
    assert "13812345678" not in text


def test_the_report_reads_in_english(busy_quarter):
    text = pdf_text(language="en")[1]
    for words in ("Quarterly after-sales service report", "Figures against targets", "Method"):
        assert words in text


def test_an_empty_quarter_makes_a_report_too(side_a):
    pages, text = pdf_text(Scope(partner=side_a.partner))
    assert pages >= 5
    assert "无数据" in text


def test_a_customer_reads_of_nobody_else(busy_quarter, side_b, served_b, customer):
    other = add(side_b, customer=served_b.customer, resolution_due_at=at("2026-08-12 09:00"))
    rate(other, side_b, 1)
    text = pdf_text(Scope(customer=customer))[1]
    assert busy_quarter.ticket.number in text
    for secret in (other.ticket.number, served_b.customer.name, side_b.outlet.name):
        assert secret not in text


def test_a_long_breakdown_is_cut_with_a_sentence(side_a):
    for n in range(tables.MOST_GROUPS + 3):
        add(side_a, region=f"区域{n:02d}")
    found = next(table for table in context()["tables"] if len(table.lines) == tables.MOST_GROUPS)
    assert "3" in found.rest


def test_durations_read_as_minutes_hours_or_days():
    with translation.override("en"):
        found = [tables.hours(value) for value in (None, *map(tables.Decimal, ("0.5", "30.77", "96")))]
    assert found == ["—", "30 min", "30.8 h", "4.0 d"]


def test_progress_is_told_while_it_is_made(side_a):
    told = []
    request = quarterly.Request(BRAND, Q3, "X", "https://example.com/", NOW)
    quarterly.context(request, told.append)
    assert told == sorted(told)
    assert told[-1] < 60
