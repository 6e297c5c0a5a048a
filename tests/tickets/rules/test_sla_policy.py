"""The policy: default limits and matching."""

from datetime import UTC, datetime

import pytest

from portal.worktime.calendar import WorkCalendar
from tickets.choices import Category, Channel, ClockKind
from tickets.rules.sla_policy import (
    DEFAULT_POLICY,
    HOUR,
    MINUTE,
    UNITS,
    WORKING_DAY,
    WORKING_HOUR,
    Policy,
    PolicyLine,
    Scope,
)

CALENDAR = WorkCalendar()
FRIDAY = datetime(2026, 10, 9, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai


def rules(kind, category=None, channel=None, tier=None, policy=DEFAULT_POLICY):
    return {line.as_rule(): (line.limit, line.unit) for line in policy.lines_for(kind, Scope(category, channel, tier))}


@pytest.mark.parametrize(
    ("kind", "category", "limit", "unit", "clause"),
    [
        ("acknowledgement", None, 15, "minute", "R131"),
        ("registration", None, 1, "working_day", "R194"),
        ("emergency_call", "emergency", 30, "minute", "R197"),
        ("response", "emergency", 30, "minute", "R199"),
        ("response", "fault", 2, "hour", "R200"),
        ("response", "consultation", 4, "hour", "R201"),
        ("response", "complaint", 1, "working_day", "R202"),
        ("complaint_response", "complaint", 24, "hour", "R192"),
        ("complaint_feedback", "complaint", 48, "hour", "R139"),
        ("acceptance", None, 1, "hour", "R204"),
        ("arrival", "emergency", 24, "hour", "R208"),
        ("arrival", "fault", 48, "hour", "R208"),
        ("resolution", "emergency", 24, "hour", "R199"),
        ("resolution", "fault", 72, "hour", "R200"),
        ("resolution", "consultation", 48, "hour", "R201"),
        ("resolution", "complaint", 5, "working_day", "R202"),
        ("escalation", None, 2, "working_day", "R210"),
        ("reassessment", None, 3, "working_day", "R217"),
        ("follow_up", None, 3, "day", "R172"),
        ("low_score_callback", None, 1, "working_day", "R223"),
        ("delivery_follow_up", None, 7, "day", "R128"),
        ("arbitration", None, 48, "hour", "R050"),
    ],
)
def test_default_limits(kind, category, limit, unit, clause):
    (line,) = DEFAULT_POLICY.lines_for(kind, Scope(category, "portal", "advanced"))
    assert (line.limit, line.unit, line.clause, line.warn_at) == (limit, unit, clause, (50, 80))


def test_kinds_and_words_of_the_policy_are_those_of_the_choices():
    lines = DEFAULT_POLICY.lines
    assert {line.kind for line in lines} <= set(ClockKind.values)
    assert {line.category for line in lines} <= {None, *Category.values}
    assert {line.channel for line in lines} <= {None, *Channel.values}
    assert {line.unit for line in lines} <= set(UNITS)


def test_r010_the_basic_tier_has_a_ceiling_beside_the_limit_of_the_category():
    assert rules("response", "fault", tier="basic") == {
        "response:fault:R200": (2, "hour"),
        "response:basic:R010": (24, "hour"),
    }
    assert set(rules("response", "fault", tier="customised")) == {"response:fault:R200"}


def test_r127_a_channel_with_its_own_limit_does_not_keep_the_general_one():
    assert rules("acknowledgement", channel="chat") == {"acknowledgement:chat:R127": (1, "minute")}
    assert rules("acknowledgement", channel=Channel.PHONE) == {"acknowledgement:R131": (15, "minute")}


def test_a_ticket_that_is_not_classified_has_no_resolution_line():
    assert rules("resolution", "") == rules("resolution", None) == {}


def test_answers_are_remembered_and_do_not_change_equality():
    policy = Policy("v2", DEFAULT_POLICY.lines)
    assert policy.lines_for("acceptance", Scope()) is policy.lines_for("acceptance", Scope(region="上海市"))
    assert policy == Policy("v2", DEFAULT_POLICY.lines)
    assert hash(policy) == hash(Policy("v2", DEFAULT_POLICY.lines))


@pytest.mark.parametrize(
    ("limit", "unit", "due"),
    [
        (45, MINUTE, "2026-10-09T10:15"),
        (24, HOUR, "2026-10-10T09:30"),
        (2, WORKING_HOUR, "2026-10-10T02:30"),
        (2, WORKING_DAY, "2026-10-12T10:00"),
    ],
)
def test_units(limit, unit, due):
    line = PolicyLine("response", None, None, None, limit, unit, "X")
    assert line.due(FRIDAY, CALENDAR) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(("limit", "unit"), [(0, HOUR), (-1, HOUR), (5, "fortnight")])
def test_a_limit_that_is_none_is_refused(limit, unit):
    with pytest.raises(ValueError, match="not a limit"):
        PolicyLine("response", None, None, None, limit, unit, "X")
