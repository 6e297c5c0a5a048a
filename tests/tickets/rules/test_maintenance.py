"""When inspections fall due (R191)."""

from datetime import date

import pytest

from tickets.rules.maintenance import add_months, due_days, opens_on


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_end_with_the_month(day, months, then):
    assert add_months(day, months) == then


def test_r191_the_31st_comes_back_after_february():
    days = list(due_days(date(2026, 1, 31), 1, date(2026, 2, 1), date(2026, 4, 30)))
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_nothing_before_since_or_after_until():
    assert list(due_days(date(2026, 1, 1), 12, date(2026, 1, 2), date(2026, 12, 31))) == []
    with pytest.raises(ValueError, match="no interval"):
        list(due_days(date(2026, 1, 1), 0, date(2026, 1, 1), date(2026, 2, 1)))


def test_the_ticket_comes_the_lead_time_before():
    assert opens_on(date(2026, 3, 31), 14) == date(2026, 3, 17)
