from datetime import timedelta

import pytest

from kpi.queries.cases import backlog, late_resolutions, low_scores
from kpi.queries.scope import BRAND, Scope
from kpi.rules.period import of_quarter
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.kpi.cohort import add, at, call_back, rate

Q3 = of_quarter(Quarter(2026, 3))
NOW = at("2026-09-20 12:00")


@pytest.fixture(autouse=True)
def _in_september():
    with clock.travel(NOW):
        yield


def test_late_tickets_come_latest_first_with_their_reasons(side_a):
    due = at("2026-08-12 09:00")
    done = {"resolution_met": False, "ticket__completed_at": due + timedelta(hours=3), "resolution_due_at": due}
    add(side_a, **done, rejections=1)
    add(side_a, resolution_due_at=due, state="in_progress")
    add(side_a, resolution_met=True, resolution_due_at=due)
    add(side_a, resolution_due_at=NOW + timedelta(hours=1))
    number, shown = late_resolutions(BRAND, Q3, NOW, most=5)
    assert number == 2
    assert [case.late for case in shown] == [NOW - due, timedelta(hours=3)]
    assert [case.done for case in shown] == [False, True]
    assert shown[1].place == side_a.outlet.name


def test_the_list_of_late_tickets_is_capped_and_its_number_is_not(side_a):
    for _ in range(4):
        add(side_a, resolution_due_at=at("2026-08-12 09:00"))
    number, shown = late_resolutions(BRAND, Q3, NOW, most=2)
    assert (number, len(shown)) == (4, 2)


def test_r224_low_scores_carry_cause_and_measures_and_no_telephone(side_a):
    worst, other = add(side_a), add(side_a)
    rate(worst, side_a, 1, suggestions="打 13812345678 找我")
    rate(other, side_a, 4, timeliness=2)
    rate(add(side_a), side_a, 3)
    rate(None, side_a, 1, on="2026-08-01")
    call_back(worst, cause="客户电话 13912345678")
    number, shown = low_scores(BRAND, Q3, most=5)
    assert (number, [case.called_back for case in shown]) == (2, [True, False])
    assert (shown[0].words, shown[0].cause) == ("打 138****5678 找我", "客户电话 139****5678")
    assert shown[1].scores == (2, 4, 4, 4)


def test_another_scope_sees_none_of_it(side_a, side_b):
    rate(add(side_a, resolution_due_at=at("2026-08-12 09:00")), side_a, 1)
    other = Scope(partner=side_b.partner)
    assert late_resolutions(other, Q3, NOW, most=5) == (0, [])
    assert low_scores(other, Q3, most=5) == (0, [])


def test_open_tickets_by_age(side_a):
    for received in ("2026-09-20 08:00", "2026-09-14 08:00", "2026-01-01 08:00"):
        add(side_a, received, state="in_progress")
    add(side_a, "2026-09-20 08:00", state="closed")
    assert backlog(BRAND) == [(1, 1), (3, 0), (7, 1), (30, 0), (None, 1)]
