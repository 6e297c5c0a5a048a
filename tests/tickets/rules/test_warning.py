"""Moments of warnings, whom the ladder names (workflow.md, Clocks: 50 % and 80 %, breach once)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.worktime.calendar import WorkCalendar
from tickets.choices.warning import Audience
from tickets.rules.sla_clock import Case, Event, compute
from tickets.rules.sla_policy import DEFAULT_POLICY
from tickets.rules.warning import DEFAULT_LADDER, Ladder, Rung, first_look, moments, news

T0 = datetime(2026, 9, 28, 1, tzinfo=UTC)  # Monday 09:00 in Shanghai
CALENDAR = WorkCalendar()


def at(minutes):
    return T0 + timedelta(minutes=minutes)


def clocks(now, *events, category="fault", kind="acceptance"):
    case = Case(T0, category, "phone", "advanced")
    results = compute(case, [Event("dispatch", T0), *events], DEFAULT_POLICY, CALENDAR, now)
    return [result for result in results if result.kind == kind]


def told(found):
    return [(moment.step, (moment.at - T0) / timedelta(minutes=1)) for moment in found]


def test_half_of_the_limit_four_fifths_and_the_breach():
    found = moments(clocks(at(1)), DEFAULT_LADDER)
    assert told(found) == [("50", 30), ("80", 48), ("breach", 60), ("breach+120", 180)]
    assert [moment.audiences for moment in found] == [
        (Audience.OWNER,),
        (Audience.OWNER, Audience.DISPATCHER),
        (Audience.PARTNER_MANAGER,),
        (Audience.DUTY_OFFICER,),
    ]


def test_rule_1_the_moments_do_not_depend_on_when_somebody_looks():
    assert told(moments(clocks(at(1)), DEFAULT_LADDER)) == told(moments(clocks(at(500)), DEFAULT_LADDER))


def test_a_clock_that_was_stopped_or_rests_warns_of_nothing():
    assert moments(clocks(at(40), Event("accept", at(20))), DEFAULT_LADDER) == []
    pause = Event("suspend", at(20), {"reason": "customer"})
    assert moments(clocks(at(40), pause, kind="resolution"), DEFAULT_LADDER) == []


def test_a_credited_pause_moves_the_levels_with_the_due_time():
    plain = moments(clocks(at(1), kind="resolution"), DEFAULT_LADDER)
    pause = Event("suspend", at(60), {"reason": "customer"}), Event("resume", at(160))
    moved = moments(clocks(at(200), *pause, kind="resolution"), DEFAULT_LADDER)
    assert [later.at - earlier.at for later, earlier in zip(moved, plain, strict=True)] == [timedelta(minutes=100)] * 4
    assert moved[0].key != plain[0].key
    assert moved[2].key == plain[2].key


def test_a_limit_in_working_time_is_counted_in_it():
    (half, most, breach, _late) = moments(clocks(at(1), category="complaint", kind="resolution"), DEFAULT_LADDER)
    # Five working days to the end of Monday 12 October less the holiday: half of the working time falls before it.
    assert half.at < most.at < breach.at == breach.due_at
    assert all(CALENDAR.is_workday(CALENDAR.local_day(moment.at)) for moment in (half, most, breach))


def test_of_several_lines_of_one_kind_the_leading_one_warns():
    results = compute(Case(T0, "fault", "phone", "basic"), [], DEFAULT_POLICY, CALENDAR, at(1))
    response = [result for result in results if result.kind == "response"]
    assert len(response) == 2  # two hours of the category beside the ceiling of 24 hours (R010)
    assert [moment.at for moment in moments(response, DEFAULT_LADDER)][:3] == [at(60), at(96), at(120)]


def test_rows_that_name_clock_or_category_replace_those_for_any():
    ladder = Ladder(
        (
            Rung("owner", percent=50),
            Rung("dispatcher", category="fault", percent=50),
            Rung("partner_manager", kind="acceptance", percent=60),
            Rung("duty_officer", kind="acceptance", category="fault", minutes_after=5),
        )
    )
    assert {rung.audience for rung in ladder.of("response", "complaint")} == {"owner"}
    assert {rung.audience for rung in ladder.of("response", "fault")} == {"dispatcher"}
    assert {rung.audience for rung in ladder.of("acceptance", "complaint")} == {"partner_manager"}
    assert told(moments(clocks(at(1)), ladder)) == [("breach+5", 65)]


def test_a_level_of_the_policy_goes_to_the_highest_rung_that_is_reached():
    (result,) = clocks(at(1))
    result = replace(result, line=replace(result.line, warn_at=(40, 60, 95)))
    found = moments([result], DEFAULT_LADDER)
    assert [(moment.step, len(moment.audiences)) for moment in found][:2] == [("60", 1), ("95", 2)]


def test_a_rung_is_before_or_after_the_breach():
    for wrong in ({}, {"percent": 5, "minutes_after": 5}):
        with pytest.raises(ValueError, match="percentage or minutes"):
            Rung("owner", **wrong)


def test_what_was_over_before_the_portal_knew_is_told_once_and_only_if_it_is_news():
    found = moments(clocks(at(70)), DEFAULT_LADDER)
    assert told(news(found, at(70))) == [("breach", 60), ("breach+120", 180)]
    assert told(news(found, at(0))) == told(found)
    assert told(news(moments(clocks(at(5000)), DEFAULT_LADDER), at(5000))) == []


def test_the_next_look_is_no_later_than_the_first_moment():
    assert first_look(clocks(at(1)), at(1)) == at(30)
    assert first_look(clocks(at(100)), at(100)) == at(100)
    assert first_look([], at(1)) is None


def test_rule_3_of_several_lines_of_one_kind_only_the_leading_one_warns():
    case = Case(T0, "complaint", "phone", "basic")
    results = [r for r in compute(case, [], DEFAULT_POLICY, CALENDAR, at(1)) if r.kind == "response"]
    assert [result.line.clause for result in results] == ["R010", "R202"]
    assert {moment.due_at for moment in moments(results, DEFAULT_LADDER)} == {results[0].due_at}
