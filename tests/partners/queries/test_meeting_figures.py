"""The agenda as each reader sees it: his own company's rows, in his language, with arrows and colours (R225, A01)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation

from partners.actions import meeting
from partners.choices.cooperation import PlanStage
from partners.choices.meeting import MeetingKind
from partners.models import AgendaItem
from partners.queries import agenda
from partners.queries import meeting_figures as figures
from portal.kernel import clock
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 18, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def alan(manager_a):
    return actor(manager_a)


def items_for(row, who, source) -> list:
    return [item for item in figures.shown(row, who) if item.row.source == source]


def test_a01_a_partner_reads_on_the_agenda_only_rows_of_his_own(
    mary, alan, ann, bob, manager_b, auditor, brand_manager, partner_a, partner_b
):
    given.plan(mary, partner_a, number="HZ-A", title="甲方提升计划")
    given.plan(mary, partner_b, number="HZ-B", title="乙方提升计划")
    for owner, title in ((ann, "甲方任务"), (bob, "乙方任务"), (brand_manager, "品牌任务")):
        given.task(mary, owner, title=title)
    row = given.invited(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)

    def seen(who) -> str:
        items = items_for(row, who, "plans") + items_for(row, who, "tasks")
        return "\n".join(item.listed + item.note for item in items)

    assert [word in seen(alan) for word in ("甲方提升计划", "甲方任务", "乙方", "品牌任务")] == [
        True,
        True,
        False,
        False,
    ]
    assert [word in seen(actor(manager_b)) for word in ("乙方任务", "甲方", "品牌任务")] == [True, False, False]
    for who in (mary, actor(auditor)):
        assert all(word in seen(who) for word in ("甲方提升计划", "乙方提升计划", "甲方任务", "乙方任务", "品牌任务"))


def test_a01_lists_kept_as_words_are_not_shown_to_partners_of_a_common_meeting(mary, alan, partner_a, partner_b):
    row = given.planned(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    AgendaItem.objects.create(meeting=row, source="plans", title="合作计划", note="乙方提升计划 · 服务", place=40)
    assert [items_for(row, who, "plans")[0].note for who in (mary, alan)] == ["乙方提升计划 · 服务", ""]
    alone = given.planned(mary, partner_a)
    AgendaItem.objects.create(meeting=alone, source="plans", title="合作计划", note="自己的计划", place=40)
    assert items_for(alone, alan, "plans")[0].note == "自己的计划"
    meeting.prepare(mary, row)
    assert items_for(row, mary, "plans")[0].note == ""


def test_no_company_crowds_out_the_rows_of_another(mary, alan, ann, bob, partner_a, partner_b):
    for number in range(agenda.ROWS + 2):
        given.task(mary, bob, title=f"乙方任务 {number}")
    given.task(mary, ann, title="甲方任务", due_on=TODAY + timedelta(days=30))
    row = given.invited(mary, partner_a, partner_b, kind=MeetingKind.SUMMIT)
    assert "甲方任务" in items_for(row, alan, "tasks")[0].listed
    assert len(row.items.get(source="tasks").rows) == agenda.ROWS + 1


def test_the_agenda_is_read_in_the_language_of_the_reader(mary, alan, partner_a):
    given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    row = given.invited(mary, partner_a)
    with translation.override("en"):
        item = items_for(row, alan, "plans")[0]
        assert (str(item.row), item.lines[0].label) == ("Cooperation plans and goals", "Goals due")
        assert item.listed.endswith(str(PlanStage.SERVICE.label))
        english = item.listed
    with translation.override("zh-hans"):
        item = items_for(row, alan, "plans")[0]
        assert (str(item.row), item.lines[0].label) == ("合作计划与目标", "到期目标数")
        assert item.listed != english


def test_an_item_that_no_section_fills_has_a_name(mary, partner_a):
    row = given.planned(mary, partner_a)
    with pytest.raises(ValidationError):
        AgendaItem(meeting=row, title=" ").full_clean()
    AgendaItem(meeting=row, source="plans").full_clean()


def test_figures_are_said_to_reach_no_further_than_the_day_on_which_they_were_taken(mary, partner_a):
    row = given.planned(mary, partner_a, period_last=date(2026, 12, 31))
    assert row.figures_until == date(2026, 12, 31)
    row = meeting.prepare(mary, row)
    assert row.figures_until == TODAY
    assert figures.compared_with(row) == "2026-10-14 – 2026-10-31"


def drawn(value: str | None, earlier: str | None, good: str):
    return figures.line({"label": "x", "value": value, "before": earlier, "unit": "%", "good": good})


def test_a_figure_is_drawn_beside_the_one_before():
    line = drawn("90", "45", "up")
    assert (line.value, line.before, line.bar, line.bar_before) == ("90%", "45%", 100, 50)
    empty = drawn(None, "0", "up")
    assert (empty.value, empty.arrow, empty.trend, empty.bar) == ("—", "", "", 0)


@pytest.mark.parametrize(
    ("value", "earlier", "good", "arrow", "trend"),
    [
        ("3", "1", "up", "up", "better"), ("1", "3", "up", "down", "worse"),
        ("3", "1", "down", "up", "worse"), ("1", "3", "down", "down", "better"),
        ("3", "1", "", "up", ""), ("2", "2", "up", "", ""),
    ],
)  # fmt: skip
def test_the_arrow_is_where_the_number_went_and_the_colour_whether_that_is_good(value, earlier, good, arrow, trend):
    line = drawn(value, earlier, good)
    assert (line.arrow, line.trend) == (arrow, trend)
    page = render_to_string("partners/_figures.html", {"lines": [line]})
    assert ("▲" in page, "▼" in page) == (arrow == "up", arrow == "down")
    assert ("好于上期" in page) == (trend == "better")
