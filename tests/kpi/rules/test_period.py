from datetime import UTC, date, datetime

import pytest

from kpi.rules.period import freeze_at, of_days, of_quarter
from portal.kernel.errors import InvalidInput
from portal.kernel.quarter import Quarter

Q3 = Quarter(2026, 3)


def test_r014_a_quarter_freezes_fifteen_days_after_its_end():
    assert freeze_at(Q3) == datetime(2026, 10, 15, 16, tzinfo=UTC)


def test_a_past_quarter_is_as_it_was_frozen_and_a_present_one_as_now():
    now = datetime(2026, 10, 1, tzinfo=UTC)
    assert of_quarter(Q3).as_of(now) == now
    assert of_quarter(Q3.previous()).as_of(now) == freeze_at(Q3.previous())


def test_a_span_of_days_is_as_known_now():
    now = datetime(2026, 10, 1, tzinfo=UTC)
    assert of_days(date(2026, 1, 1), date(2026, 1, 1)).as_of(now) == now


def test_a_span_cannot_end_before_it_begins():
    with pytest.raises(InvalidInput):
        of_days(date(2026, 1, 2), date(2026, 1, 1))
