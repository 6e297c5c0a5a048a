"""Score, grade, gaps and deadlines at their edges (R109–R114, R182, I05)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.choices.outlet_inspection import (
    FindingState,
    Grade,
    InspectionKind,
    InspectionState,
    PhotoNeed,
    Result,
)
from partners.rules import outlet_inspection as rules
from partners.rules.outlet_inspection import Mark
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.worktime.calendar import WorkCalendar

MARKS = st.lists(
    st.builds(
        Mark,
        number=st.just("1"),
        result=st.sampled_from([*Result.values, ""]),
        weight=st.integers(1, 100),
        core=st.booleans(),
    ),
    max_size=40,
)


def mark(result: str, weight: int = 1, **values) -> Mark:
    return Mark("1.1", result, weight, **values)


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        ([], None),
        ([mark(Result.NOT_APPLICABLE, 9)], None),
        ([mark(Result.PASS)], "100.00"),
        ([mark(Result.FAIL), mark(Result.PASS, 2)], "66.67"),
        ([mark(Result.PARTLY), mark(Result.NOT_APPLICABLE, 50)], "50.00"),
        # 1/16 of 100 is 6.25; half of it 3.125 is rounded up.
        ([mark(Result.PARTLY), mark(Result.FAIL, 15)], "3.13"),
        ([mark(""), mark(Result.PASS)], "100.00"),
    ],
)
def test_the_score_is_the_weighted_share_of_what_applies(marks, points):
    assert rules.score(marks) == (None if points is None else Decimal(points))


@given(MARKS)
@settings(max_examples=60)
def test_the_score_stays_within_its_bounds_and_never_falls_by_a_pass(marks):
    before = rules.score(marks)
    assert before is None or Decimal(0) <= before <= Decimal(100)
    after = rules.score([*marks, mark(Result.PASS, 3)])
    assert after is not None
    assert before is None or after >= before


@given(MARKS, st.integers(2, 9))
@settings(max_examples=40)
def test_only_the_proportion_of_weights_counts(marks, factor):
    scaled = [Mark(one.number, one.result, one.weight * factor, one.core) for one in marks]
    assert rules.score(scaled) == rules.score(marks)


@pytest.mark.parametrize(
    ("points", "failures", "expected"),
    [
        (None, 0, ""),
        ("79.99", 0, Grade.FAILED),
        ("80.00", 0, Grade.PASSED),
        ("94.99", 0, Grade.PASSED),
        ("95.00", 0, Grade.EXCELLENT),
        ("99.00", 1, Grade.FAILED),
    ],
)
def test_one_core_item_fails_whatever_the_score(points, failures, expected):
    reached = None if points is None else Decimal(points)
    assert rules.grade(reached, failures, Decimal(80), Decimal(95)) == expected


def test_partly_is_no_core_failure():
    marks = [mark(Result.PARTLY, core=True), mark(Result.FAIL, core=True), mark(Result.FAIL)]
    assert rules.core_failures(marks) == 1


@pytest.mark.parametrize(
    ("need", "result", "owed"),
    [
        (PhotoNeed.NEVER, Result.FAIL, False),
        (PhotoNeed.ON_FAULT, Result.FAIL, True),
        (PhotoNeed.ON_FAULT, Result.PARTLY, True),
        (PhotoNeed.ON_FAULT, Result.PASS, False),
        (PhotoNeed.ALWAYS, Result.PASS, True),
        (PhotoNeed.ALWAYS, Result.NOT_APPLICABLE, False),
    ],
)
def test_when_a_photo_is_owed(need, result, owed):
    assert rules.owes_photo(need, result) is owed


def test_gaps_name_what_is_missing():
    marks = [
        Mark("1.1", "", 1),
        Mark("1.2", Result.FAIL, 1, photo=PhotoNeed.ON_FAULT),
        Mark("1.3", Result.FAIL, 1, photo=PhotoNeed.ON_FAULT, photos=1, remark="灯箱不亮"),
        Mark("1.4", Result.PASS, 1, photo=PhotoNeed.ALWAYS),
        Mark("1.5", Result.NOT_APPLICABLE, 1),
        Mark("1.6", Result.NOT_APPLICABLE, 1, remark="无体验区"),
    ]
    assert [gap.number for gap in rules.gaps(marks)] == ["1.1", "1.2", "1.2", "1.4", "1.5"]


def test_what_makes_a_finding():
    assert rules.makes_finding(Result.FAIL, partly_too=False)
    assert rules.makes_finding(Result.PARTLY, partly_too=True)
    assert not rules.makes_finding(Result.PARTLY, partly_too=False)
    assert not rules.makes_finding(Result.PASS, partly_too=True)


def test_deadlines_count_working_days_only():
    friday = datetime(2026, 9, 25, 16, tzinfo=clock.LOCAL)
    # Mid-Autumn and National Day take the days between, make-up days give some back.
    days = [rules.due_day(WorkCalendar(), friday, n) for n in (1, 3)]
    assert days[0] > friday.date()
    assert days == [day for day in days if WorkCalendar().is_workday(day)]
    assert rules.due_day(WorkCalendar(), datetime(2026, 6, 12, 16, tzinfo=clock.LOCAL), 1) == date(2026, 6, 15)


def test_overdue_begins_the_day_after():
    day = date(2026, 6, 10)
    assert not rules.is_overdue(FindingState.OPEN, day, day)
    assert rules.is_overdue(FindingState.OPEN, day, date(2026, 6, 11))
    assert not rules.is_overdue(FindingState.REPORTED, day, date(2026, 6, 30))


def test_reminders_come_on_the_first_day_and_every_week():
    day = date(2026, 6, 10)
    assert not rules.reminder_due(day, None, day)
    assert rules.reminder_due(day, None, date(2026, 6, 11))
    assert not rules.reminder_due(day, date(2026, 6, 11), date(2026, 6, 17))
    assert rules.reminder_due(day, date(2026, 6, 11), date(2026, 6, 18))


def test_who_may_make_which_step():
    planned, done = InspectionState.PLANNED, InspectionState.CLOSED
    assert rules.may(Role.BRAND_MANAGER, "begin_inspection", InspectionKind.PLANNED, planned)
    assert not rules.may(Role.DISPATCHER, "begin_inspection", InspectionKind.PLANNED, planned)
    assert rules.may(Role.DISPATCHER, "begin_inspection", InspectionKind.SELF, planned)
    refused = rules.may(Role.BRAND_MANAGER, "begin_inspection", InspectionKind.SELF, planned)
    assert not refused
    assert not refused.wrong_state
    late = rules.may(Role.BRAND_MANAGER, "cancel_inspection", InspectionKind.PLANNED, done)
    assert not late
    assert late.wrong_state
    assert not rules.may(Role.PARTNER_MANAGER, "close_inspection", InspectionKind.SELF, InspectionState.SUBMITTED)
    assert not rules.may_re_check(Role.AUDITOR, InspectionState.RECTIFYING)
    assert rules.may_re_check(Role.BRAND_MANAGER, InspectionState.RECTIFYING)
    assert rules.may_re_check(Role.BRAND_MANAGER, done).wrong_state
    assert not rules.may_settle(Role.TECHNICIAN, "report", FindingState.OPEN)
    assert not rules.may_settle(Role.PARTNER_MANAGER, "decide", FindingState.REPORTED)
    assert rules.may_settle(Role.PARTNER_MANAGER, "report", FindingState.REPORTED).wrong_state


def test_what_the_partner_does_not_see():
    assert InspectionState.UNDER_WAY in rules.hidden_from_partner(InspectionKind.MYSTERY)
    assert InspectionState.CANCELLED in rules.hidden_from_partner(InspectionKind.MYSTERY)
    assert InspectionState.SUBMITTED not in rules.hidden_from_partner(InspectionKind.MYSTERY)
    assert rules.hidden_from_partner(InspectionKind.RANDOM) == (InspectionState.PLANNED, InspectionState.CANCELLED)
    assert rules.hidden_from_partner(InspectionKind.PLANNED) == ()
