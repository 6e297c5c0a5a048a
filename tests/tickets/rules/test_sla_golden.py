"""N01: complaints around every make-up day and holiday of 2024–2026, against the State Council's notices."""

import json
from datetime import date, datetime, time, timedelta

import pytest

from tests.conftest import shared_data
from tests.tickets.rules.sla_story import CALENDAR, LOCAL
from tickets.rules.sla_clock import Case, compute
from tickets.rules.sla_policy import DEFAULT_POLICY

ONE_DAY = timedelta(days=1)
YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def notices():
    """Day: whether it is off, as the notices of these years and their neighbours name it."""
    files = sorted(shared_data("cn_holidays").glob("20*.json"))
    rows = (row for file in files for row in json.loads(file.read_text("utf-8"))["days"])
    return {date.fromisoformat(row["date"]): row["isOffDay"] for row in rows}


def is_off(day, notices):
    return notices.get(day, day.weekday() >= 5)


def due(received, n, notices):
    """The end of the n-th working day after the day of receipt, walked by the notices."""
    day = received.date()
    while n:
        day += ONE_DAY
        n -= not is_off(day, notices)
    return datetime.combine(day, time(18), LOCAL)


def receipts(notices):
    """One minute before closing on each day of a notice, the day before and the day after, of the three years."""
    named = [day for day in notices if day.year in YEARS]
    days = {day + shift * ONE_DAY for day in named for shift in (-1, 0, 1)}
    return [datetime.combine(day, time(17, 59), LOCAL) for day in sorted(days) if day.year in YEARS]


def test_n01_every_complaint_around_a_holiday_is_due_by_the_notice(notices):
    cases = [(received, kind, n) for received in receipts(notices) for kind, n in (("response", 1), ("resolution", 5))]
    assert len(cases) >= 200
    assert sum(received.weekday() == 4 for received, _, _ in cases) > 20  # Fridays
    for received, kind, n in cases:
        case = Case(received, "complaint", "portal", "advanced")
        clocks = {clock.kind: clock for clock in compute(case, [], DEFAULT_POLICY, CALENDAR, received)}
        assert clocks[kind].due_at == due(received, n, notices), (received, kind)


def test_n01_the_worked_friday(notices):
    """Friday 2026-09-25 is Mid-Autumn; the Sunday before was a make-up day: 1 working day from Thursday is Monday."""
    received = datetime(2026, 9, 24, 17, 59, tzinfo=LOCAL)
    assert due(received, 1, notices) == datetime(2026, 9, 28, 18, tzinfo=LOCAL)
