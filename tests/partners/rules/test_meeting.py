"""The governance calendar at its edges: halves, first period, late, turn of the year (R041, R076, R225)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from partners.choices.meeting import Cadence, MeetingKind, MeetingState, SlotState
from partners.rules.meeting import (
    GRACE,
    LEAD,
    Slot,
    Span,
    before,
    covered,
    fits_kind,
    in_state,
    keeps_meetings,
    planned_day,
    reply_open,
    slots,
    stands,
    to_create,
    workdays_after,
    workdays_before,
)
from portal.accounts.roles import Role

DAYS = some.dates(date(2020, 1, 1), date(2035, 12, 31))
MONTHS = some.sampled_from(Cadence.values)


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("day", "months", "first", "last", "name"),
    [
        (date(2026, 1, 1), 6, date(2026, 1, 1), date(2026, 6, 30), "2026H1"),
        (date(2026, 6, 30), 6, date(2026, 1, 1), date(2026, 6, 30), "2026H1"),
        (date(2026, 7, 1), 6, date(2026, 7, 1), date(2026, 12, 31), "2026H2"),
        (date(2026, 12, 31), 12, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2028, 2, 29), 1, date(2028, 2, 1), date(2028, 2, 29), "2028M02"),
        (date(2026, 12, 1), 2, date(2026, 11, 1), date(2026, 12, 31), "2026B6"),
        (date(2026, 12, 1), 3, date(2026, 10, 1), date(2026, 12, 31), "2026Q4"),
    ],
)
def test_r225_periods_divide_the_year(day, months, first, last, name):
    span = Span.of(day, months)
    assert (span.first, span.last, str(span)) == (first, last, name)


@given(DAYS, MONTHS)
@settings(max_examples=80)
def test_every_day_lies_in_exactly_one_period(day, months):
    span = Span.of(day, months)
    assert span.first <= day <= span.last
    assert span.next().previous() == span
    assert span.next().first == span.last + timedelta(days=1)
    assert not span.previous().first <= day <= span.previous().last


def test_r225_a_review_is_owed_a_month_after_each_half():
    owed = slots(MeetingKind.QUALITY, 6, date(2025, 8, 10), date(2026, 12, 31))
    assert owed == [
        Slot(Span(date(2025, 7, 1), 6), date(2026, 1, 31)),
        Slot(Span(date(2026, 1, 1), 6), date(2026, 7, 31)),
    ]


def test_r041_a_summit_is_owed_within_its_year():
    assert [slot.due_on for slot in slots(MeetingKind.SUMMIT, 12, date(2026, 12, 31), date(2027, 12, 31))] == [
        date(2026, 12, 31),
        date(2027, 12, 31),
    ]


def test_nothing_is_owed_before_the_first_period_ends():
    assert slots(MeetingKind.JOINT, 3, date(2026, 11, 26), date(2026, 12, 30)) == []


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        (date(2026, 11, 15), []),
        (date(2026, 11, 16), ["2026Q4"]),
        (date(2026, 11, 17), ["2026Q4"]),
        (date(2026, 12, 31), ["2026Q4"]),
        (date(2027, 1, 1), ["2026Q4"]),
        (date(2027, 2, 13), ["2026Q4"]),
        (date(2027, 2, 14), ["2026Q4", "2027Q1"]),
        (date(2028, 1, 10), ["2027Q4"]),
    ],
)
def test_r076_a_meeting_is_planned_45_days_ahead_and_the_last_late_one_made_up(today, periods):
    owed = to_create(MeetingKind.JOINT, 3, date(2026, 10, 5), today)
    assert [str(slot.span) for slot in owed] == periods


@given(some.sampled_from([(MeetingKind.JOINT, m) for m in Cadence.values] + [(MeetingKind.QUALITY, 6)]), DAYS, DAYS)
@settings(max_examples=120)
def test_the_calendar_never_owes_one_period_twice(cycle, since, until):
    kind, months = cycle
    owed = slots(kind, months, since, until)
    assert len({str(slot.span) for slot in owed}) == len(owed)
    assert all(a.due_on < b.due_on for a, b in pairwise(owed))
    assert all(slot.due_on == slot.span.last + timedelta(days=GRACE[kind]) <= until for slot in owed)
    assert not owed or owed[0].span == Span.of(since, months)
    made = to_create(kind, months, since, until)
    assert all(slot.due_on <= until + LEAD for slot in made)
    assert sum(slot.due_on < until for slot in made) <= 1


@given(DAYS, some.integers(0, 45))
@settings(max_examples=80)
def test_the_planned_day_is_a_working_day_ahead(due_on, lead):
    today = due_on - timedelta(days=lead)
    day = planned_day(due_on, today, weekday)
    assert weekday(day)
    assert day > today


@pytest.mark.parametrize(
    ("due_on", "today", "day"),
    [
        (date(2026, 12, 31), date(2026, 11, 17), date(2026, 12, 21)),
        (date(2027, 1, 31), date(2026, 12, 20), date(2027, 1, 21)),
        (date(2026, 12, 29), date(2026, 11, 17), date(2026, 12, 18)),
        (date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 1)),
        (date(2026, 11, 30), date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 12, 1), date(2026, 11, 20), date(2026, 11, 23)),
    ],
)
def test_the_planned_day_keeps_a_margin_where_it_can(due_on, today, day):
    assert planned_day(due_on, today, weekday) == day


def test_working_days_are_counted_around_weekends():
    monday = date(2026, 11, 23)
    assert workdays_before(monday, 5, weekday) == date(2026, 11, 16)
    assert workdays_after(monday, 5, weekday) == date(2026, 11, 30)
    assert workdays_before(monday, 0, weekday) == monday


@pytest.mark.parametrize(
    ("state", "today", "shown"),
    [
        (MeetingState.RELEASED, date(2027, 1, 1), SlotState.HELD),
        (MeetingState.HELD, date(2026, 1, 1), SlotState.HELD),
        (MeetingState.PLANNED, date(2026, 12, 31), SlotState.PLANNED),
        (MeetingState.INVITED, date(2027, 1, 1), SlotState.OVERDUE),
        (None, date(2026, 12, 31), SlotState.COMING),
        (None, date(2027, 1, 1), SlotState.OVERDUE),
        (MeetingState.CANCELLED, date(2026, 12, 1), SlotState.COMING),
    ],
)
def test_how_a_box_stands(state, today, shown):
    assert stands(state, date(2026, 12, 31), today) == shown


@pytest.mark.parametrize(
    ("kind", "months", "day", "first", "last"),
    [
        (MeetingKind.QUALITY, 6, date(2026, 7, 15), date(2026, 1, 1), date(2026, 6, 30)),
        (MeetingKind.QUALITY, 6, date(2026, 1, 2), date(2025, 7, 1), date(2025, 12, 31)),
        (MeetingKind.JOINT, 3, date(2026, 11, 26), date(2026, 10, 1), date(2026, 11, 26)),
        (MeetingKind.SUMMIT, 12, date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_what_the_figures_are_about(kind, months, day, first, last):
    assert covered(kind, months, day) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), (date(2025, 7, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 10, 1), date(2026, 11, 26), (date(2026, 8, 5), date(2026, 9, 30))),
        (date(2026, 5, 5), date(2026, 5, 5), (date(2026, 5, 4), date(2026, 5, 4))),
    ],
)
def test_the_days_before(first, last, expected):
    assert before(first, last) == expected


def test_how_often_the_standard_asks_for():
    assert fits_kind(MeetingKind.JOINT, 2)
    assert fits_kind(MeetingKind.QUALITY, 6)
    assert "半年" in str(fits_kind(MeetingKind.QUALITY, 3).reason)
    assert not fits_kind(MeetingKind.QUALITY, 12)
    assert not fits_kind(MeetingKind.SUMMIT, 6)


def test_minutes_are_answered_until_their_last_day():
    last = date(2026, 12, 1)
    assert reply_open(MeetingState.RELEASED, last, last)
    assert not reply_open(MeetingState.RELEASED, last, last + timedelta(days=1))
    assert not reply_open(MeetingState.HELD, None, last)


def test_who_keeps_meetings_and_in_which_state():
    assert keeps_meetings(Role.BRAND_MANAGER)
    assert not keeps_meetings(Role.TECHNICAL)
    assert in_state(MeetingState.HELD, MeetingState.HELD)
    assert in_state(MeetingState.HELD, MeetingState.PLANNED).wrong_state
