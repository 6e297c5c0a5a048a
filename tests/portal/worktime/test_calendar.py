"""The working calendar: arithmetic, overrides, identity (workflow.md, Working time and rules 2, 9)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.worktime.calendar import STATUTORY_DAYS, Override, WorkCalendar
from portal.worktime.choices import DayKind

LOCAL = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
SPLIT = WorkCalendar(code="split", windows=((540, 720), (780, 1080)))


def at(day, clock="00:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LOCAL)


def end_of(day):
    return at(day, "18:00")


def test_n01_five_working_days_from_the_eve_of_national_day_walk_over_the_make_up_saturday():
    received = at("2026-09-30", "10:00")
    assert CALENDAR.end_of_nth_workday(received, 5) == end_of("2026-10-13")
    worked = [day.day.day for day in CALENDAR.walk(received, 5) if day.is_work]
    assert worked == [8, 9, 10, 12, 13]


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-30 17:59", 1, "2026-10-08"),  # the last minute before the long holiday
        ("2026-09-30 18:01", 1, "2026-10-08"),  # after hours is still that day
        ("2026-10-01 12:00", 1, "2026-10-08"),  # received on a holiday
        ("2026-10-09 23:59", 1, "2026-10-10"),  # Friday to the make-up Saturday
        ("2026-10-10 09:00", 1, "2026-10-12"),
        ("2026-02-13 17:59", 1, "2026-02-14"),  # make-up Saturday before Spring Festival
        ("2026-02-14 17:59", 1, "2026-02-24"),
        ("2026-12-31 23:59", 1, "2027-01-04"),  # New Year is a Friday; 2027 is computed
        ("2025-12-31 10:00", 1, "2026-01-04"),  # make-up Sunday
        ("2024-09-30 17:59", 3, "2024-10-10"),
        ("2025-09-30 17:59", 3, "2025-10-11"),
        ("2024-02-09 17:59", 2, "2024-02-19"),
    ],
)
def test_n01_golden_cases_of_working_days(start, n, due):
    assert CALENDAR.end_of_nth_workday(at(*start.split()), n) == end_of(due)


def test_days_carry_kind_and_name():
    days = {text: CALENDAR.day_kind(date.fromisoformat(text)) for text in ("2026-10-01", "2026-10-04", "2026-10-10")}
    assert [day.kind for day in days.values()] == [DayKind.STATUTORY, DayKind.REST, DayKind.MAKEUP]
    assert days["2026-10-01"].name == "国庆节"
    assert not CALENDAR.is_workday(date(2026, 10, 1))
    assert CALENDAR.is_workday(date(2026, 10, 10))
    assert DayKind.MAKEUP.is_work
    assert not DayKind.REST.is_work


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-10-09 17:59", 2, "2026-10-10 09:01"),
        ("2026-10-09 17:59", 1, "2026-10-09 18:00"),
        ("2026-10-09 20:00", 30, "2026-10-10 09:30"),
        ("2026-10-09 08:00", 540, "2026-10-09 18:00"),
        ("2026-10-01 08:00", 541, "2026-10-09 09:01"),
    ],
)
def test_working_minutes_pass_in_windows_only(start, minutes, due):
    assert CALENDAR.add_minutes(at(*start.split()), minutes) == at(*due.split())


def test_nothing_to_add_is_the_start_itself():
    start = at("2026-10-03", "12:00")
    assert CALENDAR.add_minutes(start, 0) == start


def test_several_windows_a_day():
    assert SPLIT.add_minutes(at("2026-10-09", "11:30"), 60) == at("2026-10-09", "13:30")
    assert SPLIT.working_seconds(at("2026-10-09", "12:10"), at("2026-10-09", "12:50")) == 0
    assert SPLIT.end_of_nth_workday(at("2026-10-08", "12:00"), 1) == end_of("2026-10-09")


def test_working_seconds_between_moments():
    assert CALENDAR.working_seconds(at("2026-09-30", "17:00"), at("2026-10-08", "10:00")) == 2 * 3600
    assert CALENDAR.working_seconds(at("2026-10-08", "10:00"), at("2026-09-30", "17:00")) == 0
    assert WorkCalendar().working_seconds(at("2015-01-01"), at("2026-01-01")) > 0


def test_microseconds_are_kept():
    start = at("2026-10-09", "17:59") + timedelta(microseconds=7)
    assert CALENDAR.add_minutes(start, 1) == at("2026-10-10", "09:00") + timedelta(microseconds=7)


def test_answers_are_in_utc_and_naive_moments_are_refused():
    assert CALENDAR.add_minutes(at("2026-10-09"), 5).tzinfo is UTC
    with pytest.raises(ValueError, match="aware"):
        CALENDAR.add_minutes(datetime(2026, 1, 1), 5)


def test_a_limit_is_at_least_one_day():
    with pytest.raises(ValueError, match="at least 1"):
        CALENDAR.end_of_nth_workday(at("2026-10-09"), 0)


def test_long_limits_widen_the_table_by_themselves():
    fresh = WorkCalendar()
    assert fresh.end_of_nth_workday(at("2026-01-05"), 2500).year == 2036
    assert fresh.add_minutes(at("2026-01-05"), 540 * 6000).year > 2045
    assert fresh.working_seconds(at("2020-01-01"), at("2060-01-01")) > 0


def test_a_limit_beyond_the_end_of_time_is_refused():
    with pytest.raises(ValueError, match="end of time"):
        WorkCalendar(with_holidays=False).end_of_nth_workday(at("9980-01-05"), 5000)


# Rows over the library


def closed(day, reason="盘点"):
    return Override(date.fromisoformat(day), DayKind.REST, reason)


def test_a_local_closing_day_moves_a_due_time_later_never_earlier():
    mine = WorkCalendar(overrides=(closed("2026-10-09"),))
    start = at("2026-10-08", "12:00")
    assert mine.end_of_nth_workday(start, 1) == end_of("2026-10-10")
    assert mine.day_kind(date(2026, 10, 9)).name == "盘点"
    assert CALENDAR.end_of_nth_workday(start, 1) == end_of("2026-10-09")  # rule 2: not another's


def test_a_row_may_open_a_holiday_with_its_own_hours():
    row = Override(date(2026, 10, 2), DayKind.WORKING, "加班", ((600, 840),))
    mine = WorkCalendar(overrides=(row,))
    assert mine.end_of_nth_workday(at("2026-10-01"), 1) == at("2026-10-02", "14:00")
    assert mine.working_seconds(at("2026-10-02"), at("2026-10-03")) == 4 * 3600


def test_a_row_without_hours_has_the_usual_ones_and_a_day_off_has_none():
    usual = Override(date(2026, 10, 3), DayKind.MAKEUP, "补班")
    off = Override(date(2026, 10, 9), DayKind.STATUTORY, "放假", ((540, 600),))
    mine = WorkCalendar(overrides=(usual, off))
    assert mine.day_kind(date(2026, 10, 3)).windows == ((540, 1080),)
    assert not mine.is_workday(date(2026, 10, 9))


def test_a_weekly_plan_of_six_days():
    six = WorkCalendar(weekly=(((540, 1080),),) * 5 + (((540, 720),), ()))
    assert six.end_of_nth_workday(at("2026-07-03"), 1) == at("2026-07-04", "12:00")


def test_rule_9_a_calendar_is_its_content():
    same, other = WorkCalendar(), WorkCalendar(overrides=(closed("2026-10-09"),))
    assert same == CALENDAR
    assert hash(same) == hash(CALENDAR)
    assert other.version != CALENDAR.version
    assert other != CALENDAR
    assert CALENDAR != "brand"
    assert WorkCalendar(overrides=(closed("2026-10-09"), closed("2026-10-12"))) == WorkCalendar(
        overrides=(closed("2026-10-12"), closed("2026-10-09"))
    )


@pytest.mark.parametrize("wrong", [{"windows": ()}, {"weekly": ((),) * 7}, {"weekly": (((540, 1080),),) * 5}])
def test_a_calendar_without_work_is_refused(wrong):
    with pytest.raises(ValueError, match="calendar needs"):
        WorkCalendar(**wrong)


# Years not announced


def test_a_year_that_nobody_announced_is_computed_and_flagged():
    assert CALENDAR.official(2026)
    assert not CALENDAR.official(2027)
    national_day = CALENDAR.day_kind(date(2027, 10, 1))
    assert (national_day.kind, national_day.source) == (DayKind.STATUTORY, "estimate")
    assert CALENDAR.is_workday(date(2027, 3, 3))


def test_rows_that_give_all_statutory_days_announce_a_year():
    first = date(2027, 10, 1)
    days = [Override(first + timedelta(days=n), DayKind.STATUTORY, "国庆节") for n in range(STATUTORY_DAYS)]
    assert WorkCalendar(overrides=tuple(days)).official(2027)
    assert not WorkCalendar(overrides=tuple(days[:-1])).official(2027)


def test_without_holidays_every_weekday_is_worked():
    assert WorkCalendar(with_holidays=False).is_workday(date(2026, 10, 1))


def test_windows_follow_a_zone_with_daylight_saving():
    berlin = WorkCalendar(zone="Europe/Berlin", with_holidays=False)
    friday = datetime(2026, 3, 27, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert berlin.add_minutes(friday, 120) == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)  # 10:00 in summer time
    whole = WorkCalendar(windows=((0, 1440),), weekly=(((0, 1440),),) * 7, zone="Europe/Berlin", with_holidays=False)
    sunday = datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Berlin"))
    assert whole.working_seconds(sunday, sunday + timedelta(days=1)) == 23 * 3600
