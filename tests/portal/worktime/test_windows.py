"""Opening windows: read, refused, written."""

import pytest

from portal.worktime.windows import CLOSED, clean, minute_of, parse, written


def test_windows_are_read_in_order_and_written_back():
    windows = parse([["13:00", "18:00"], ["09:00", "12:00"]])
    assert windows == ((540, 720), (780, 1080))
    assert written(windows) == [["09:00", "12:00"], ["13:00", "18:00"]]


def test_a_window_may_reach_midnight():
    assert parse([["00:00", "24:00"]]) == ((0, 1440),)


def test_no_window_is_a_closed_day():
    assert parse([]) == CLOSED


@pytest.mark.parametrize("text", ["9", "09-00", "aa:00", "09:60", "24:01", "-1:00", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError):
        minute_of(text)


@pytest.mark.parametrize("rows", ["09:00-18:00", None, {"a": 1}, [["09:00"]], [[9, 18]], ["09:00"]])
def test_a_shape_that_is_none_is_refused(rows):
    with pytest.raises(ValueError):
        parse(rows)


@pytest.mark.parametrize("pairs", [[(60, 60)], [(120, 60)], [(0, 100), (90, 200)], [(0, 1441)], [(-5, 10)]])
def test_empty_overlapping_and_foreign_windows_are_refused(pairs):
    with pytest.raises(ValueError):
        clean(pairs)
