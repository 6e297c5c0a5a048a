"""A list as a sheet: what stands on the page, without its colours and links, masked, row after row."""

import itertools
from datetime import UTC, date, datetime

import pytest
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from partners.models import Stock, StockMove
from portal.exchange.link_cells import LinkCell
from portal.exchange.listing import Listing, plain
from portal.exchange.moments import MomentCell
from portal.webkit import show
from tests import factories as make
from tests.cast import actor


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (0, "0"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 1, 5, tzinfo=UTC), "2026-03-01 09:05"),
        (("late", "已逾期"), "已逾期"),
        ("a < b\nc", "a < b\nc"),
        ("—", ""),
        (gettext_lazy("Yes"), "是"),
        (format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', "甲 & 乙", "W-1"), "甲 & 乙 W-1"),
        (format_html('<a href="/x"><svg><path d="M0"/></svg><span>{}</span></a>', "页"), "页"),
        (show.moment(datetime(2026, 3, 1, 1, 5, tzinfo=UTC)), "2026-03-01 09:05"),
    ],
)
def test_a_cell_says_what_the_page_says(value, text):
    assert plain(value) == text


class Page:
    """An admin whose list has one column."""

    model, not_exported, personal_columns = Stock, (), {}

    def __init__(self, value, **options):
        self.told = value
        vars(self).update(options)

    def get_list_display(self, request):
        return ("told_shown",)

    def prepare_rows(self, rows):
        pass

    def told_shown(self, row):
        return self.told


def line_of(page, *, masked=True):
    class Rows:
        def iterator(self, chunk_size):
            return iter([Stock()])

    return next(Listing(page, None).lines(Rows(), masked=masked))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("赵女士 13812345678", "赵女士 138****5678"),
        ("021-50001234", "021*****1234"),
        ("FW20260610-0001", "FW20260610-0001"),
        ("LSV00000000000012", "LSV00000000000012"),
    ],
)
def test_f06_telephone_numbers_leave_masked_wherever_they_stand(said, shown):
    assert line_of(Page(said)) == [shown]
    assert line_of(Page(said), masked=False) == [said]


def test_f06_a_column_of_names_is_masked_as_a_whole():
    page = Page("王建国", personal_columns={"told_shown": "name"})
    assert Listing(page, None).has_personal_data
    assert line_of(page) == ["王**"]
    assert line_of(page, masked=False) == ["王建国"]


def test_f09_rows_are_fetched_in_portions_and_leave_one_by_one(rf, brand_manager):
    asked = []

    class Endless:
        def iterator(self, chunk_size):
            asked.append(chunk_size)
            return (StockMove(pk=n, reason=str(n)) for n in itertools.count())

    page = admin.site._registry[StockMove]
    request = rf.get("/")
    request.actor = actor(brand_manager)
    listing = Listing(page, request)
    listing.columns = [place for place in listing.columns if place.column_name == "reason"]
    first = list(itertools.islice(listing.lines(Endless(), masked=True), 3))
    assert (first, asked) == ([["0"], ["1"], ["2"]], [500])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-01 09:00", "2026-03-01 09:00"),
        ("2026/3/1 9:05:30", "2026-03-01 09:05:30"),
        ("2026年3月1日 9：05", "2026-03-01 09:05"),
        ("2026-03-01T09:00:00", "2026-03-01 09:00"),
    ],
)
def test_g11_a_moment_is_read_as_people_write_it(text, shown):
    cell = MomentCell()
    assert cell.render(cell.clean(text)) == shown


@pytest.mark.parametrize("text", ["2026-03-01", "2026-02-30 09:00", "0026-03-01 09:00", "46082.375", "明天九点", "1e9"])
def test_g11_what_is_no_moment_is_told(text):
    with pytest.raises(ValueError, match="2026-03-01 09:00"):
        MomentCell().clean(text)


@pytest.mark.parametrize(("code", "words"), [("EVV", "EV"), ("完全不同", "新建")])
def test_an_unknown_code_names_the_remedy(line, brand_manager, code, words):
    cell = LinkCell(type(line), "code")
    cell.actor = actor(brand_manager)
    with pytest.raises(ValueError, match=words):
        cell.clean(code)


def test_a12_the_remedy_names_no_row_out_of_sight(partner_a, partner_b, brand):
    cell = LinkCell(type(partner_a), "code")
    cell.actor = actor(make.member("brand_manager", brand, regions=("江苏省",)))
    with pytest.raises(ValueError, match="P-A") as caught:
        cell.clean("P-A")
    assert "P-A”" in str(caught.value)
    assert str(caught.value).count("P-A") == 1
