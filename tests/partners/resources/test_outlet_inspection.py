"""Sheets: items of drafts come in, released ones and results never (R109–R114; B10)."""

import pytest

from partners.choices.outlet_inspection import Result
from partners.models import CheckItem
from partners.resources.outlet_inspection import CheckItemResource, FindingResource, InspectionResource
from portal.exchange import running
from portal.exchange.sheet import Sheet
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db
HEAD = ["code", "place", "section", "text", "weight", "core", "photo", "days"]


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


def sheet(*rows):
    return Sheet(HEAD, [list(row) for row in rows], [n + 2 for n in range(len(rows))])


def row(code="WD-01/1/3.2", section="waiting", weight="2", days="3", text="提供饮用水"):
    return code, "9", section, text, weight, "no", "always", days


def test_items_of_a_draft_are_taken_in(mary):
    inspect.draft(mary)
    changed = row("WD-01/1/1.1", "signage", text="门头标识完整")
    outcome = running.take(CheckItemResource(mary), sheet(row(), changed), lambda done: None)
    assert (outcome.new, outcome.changed) == (1, 1)
    made = CheckItem.objects.get(code="WD-01/1/3.2")
    assert (made.number, made.weight, made.days) == ("3.2", 2, 3)
    assert made.version.number == 1


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (row(code="WD-09/1/3.2"), "code"),
        (row(code="WD-01/x/3.2"), "code"),
        (row("WD-01/01/1.1", "signage"), "code"),
        (row("WD-01/01/3.9"), "code"),
        (row(section="interface"), "section"),
        (row(weight="0"), "weight"),
        (row(days="1e9"), "days"),
        (row(text=""), "text"),
    ],
)
def test_g05_one_bad_row_and_nothing_is_taken(mary, bad, column):
    inspect.draft(mary)
    outcome = running.check(CheckItemResource(mary), sheet(row("WD-01/1/3.9"), bad))
    assert not outcome.good
    label = CheckItemResource(mary).fields[column].label
    assert [(problem.line, str(problem.column)) for problem in outcome.problems] == [(3, str(label))]
    assert not CheckItem.objects.filter(code="WD-01/1/3.9").exists()


def test_released_items_stay_as_they_are(mary):
    inspect.released(mary)
    outcome = running.check(CheckItemResource(mary), sheet(row("WD-01/1/1.1", "signage"), row()))
    assert [problem.line for problem in outcome.problems] == [2, 3]


def test_results_go_out_in_scope(mary, outlet_a, manager_b):
    inspection = inspect.submitted(mary, outlet_a, i1_1=Result.FAIL)
    told = InspectionResource(mary)
    (line,) = told.lines(told.get_queryset(), masked=True)
    assert (line[0], "80.00" in line or "75.00" in line) == (inspection.number, True)
    found = FindingResource(mary)
    (line,) = found.lines(found.get_queryset(), masked=True)
    assert "灯箱不亮" in line
    assert not list(FindingResource(actor(manager_b)).get_queryset())
