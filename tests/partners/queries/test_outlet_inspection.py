"""Figures for the assessment of a partner, and outlets by their last inspection (R182)."""

from decimal import Decimal

import pytest

from partners.actions import outlet_inspection as inspecting
from partners.actions.outlet_inspection_list import release
from partners.choices.outlet_inspection import InspectionKind, Result
from partners.models import CheckItem, CheckList, CheckVersion, Outlet, OutletDraw
from partners.queries import outlet_inspection as queries
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


def test_nothing_inspected_has_no_score(partner_a):
    found = queries.figures(partner_a, Quarter(2026, 2))
    assert (found.inspections, found.score, found.open_findings) == (0, None, 0)


def test_the_latest_of_each_outlet_counts(mary, outlet_a, partner_a, outlet_b):
    other = make.OutletFactory(partner=partner_a, code="W-A2")
    inspect.submitted(mary, outlet_a, i5_1=Result.FAIL)
    inspect.submitted(mary, outlet_a, i1_1=Result.FAIL)
    inspect.submitted(mary, other)
    inspect.submitted(mary, outlet_b, i5_1=Result.FAIL)
    found = queries.figures(partner_a, Quarter.of(clock.now()))
    assert (found.inspections, found.outlets, found.failed) == (3, 2, 2)
    assert found.score == Decimal("87.50")  # 75 and 100
    assert (found.open_findings, found.overdue_findings) == (2, 0)
    assert queries.figures(partner_a, Quarter.of(clock.now()).previous()).inspections == 0


def test_self_inspections_are_no_proof(mary, outlet_a, partner_a, manager_a):
    alan = actor(manager_a)
    row = inspecting.begin_self(alan, outlet_a, inspect.check_list_of(mary))
    done = inspecting.submit(alan, inspect.answered(alan, row, i1_1=Result.FAIL))
    found = queries.figures(partner_a, Quarter.of(clock.now()))
    assert done.findings.count() == 1
    assert (found.inspections, found.open_findings) == (0, 0)
    assert queries.with_plan(Outlet.objects.filter(pk=outlet_a.pk)).get().last_at is None


def test_the_plan_knows_last_and_next(mary, outlet_a):
    inspect.submitted(mary, outlet_a, {"kind": InspectionKind.MYSTERY}, i1_1=Result.FAIL)
    coming = inspect.planned(mary, outlet_a)
    row = queries.with_plan(Outlet.objects.filter(pk=outlet_a.pk)).get()
    assert (row.last_score, row.next_on, row.findings_open) == (Decimal("75.00"), coming.planned_on, 1)
    assert row.findings_late == 0


def test_a_partner_sees_released_lists_only(mary, manager_a, dispatcher_a, ann):
    version = inspect.draft(mary)
    alan, dick = actor(manager_a), actor(dispatcher_a)
    assert not CheckList.objects.visible_to(alan).exists()
    release(mary, version, clock.today())
    for person in (alan, dick):
        assert CheckList.objects.visible_to(person).exists()
        assert CheckItem.objects.visible_to(person).count() == 4
    assert not CheckVersion.objects.visible_to(actor(ann)).exists()
    assert not OutletDraw.objects.visible_to(alan).exists()
