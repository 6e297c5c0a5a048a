"""The kinds that came later: daily entries, the next level of support, delivery, panel; each line for itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.worktime.calendar import Override, WorkCalendar
from portal.worktime.choices import DayKind
from portal.worktime.timeline import Timeline
from tests.tickets.rules.sla_story import CALL, Story, at
from tickets.rules.calendars import Calendars
from tickets.rules.sla_clock import compute, next_due
from tickets.rules.sla_policy import DAY, DEFAULT_PAUSES, DEFAULT_POLICY, WORKING_DAY, PauseRule, PolicyLine, by_reason

FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-10-16", "2026-10-17", "2026-10-18", "2026-10-19"


def accepted(category="fault"):
    story = Story(f"{FRIDAY} 10:00", category).add("register", f"{FRIDAY} 10:05", category=category)
    return story.add("dispatch", f"{FRIDAY} 10:10").add("accept", f"{FRIDAY} 10:30")


def days(story, now, **world):
    found = [c for c in story.clocks(now, **world) if c.kind == "progress_update"]
    return [(c.cycle, c.state, c.stopped_by) for c in found]


# R212: an entry of 附件2 for every calendar day


def test_r212_every_calendar_day_after_the_acceptance_owes_an_entry_by_its_end():
    story = accepted().add("progress", f"{FRIDAY} 17:00").add("progress", f"{SUNDAY} 09:00")
    assert days(story, f"{MONDAY} 08:00") == [
        (1, "met", "progress"),
        (2, "breached", "progress"),
        (3, "met", "progress"),
        (4, "running", ""),
    ]
    second, fourth = (story.clock("progress_update", f"{MONDAY} 08:00", cycle=n) for n in (2, 4))
    assert (second.started_at, second.due_at) == (at(f"{SATURDAY} 00:00"), at(f"{SUNDAY} 00:00"))
    assert (second.missed_s, fourth.due_at) == (9 * 3600, at("2026-10-20 00:00"))
    assert [step.code for step in second.steps] == ["started", "line", "end_of_day", "due", "breached", "stopped"]


def test_r212_nobody_owes_an_entry_before_the_acceptance_or_while_the_customer_reads_the_result():
    story = accepted().add("complete", f"{FRIDAY} 15:00")
    assert days(story, f"{MONDAY} 08:00") == [(1, "void", "complete")]
    story.add("reject", f"{SUNDAY} 12:00")
    assert days(story, f"{MONDAY} 08:00") == [(1, "void", "complete"), (2, "breached", ""), (3, "running", "")]
    assert story.clock("progress_update", f"{MONDAY} 08:00", cycle=2).started_at == at(f"{SUNDAY} 12:00")
    assert days(Story(f"{FRIDAY} 10:00", "fault").add("reject", f"{FRIDAY} 11:00"), f"{FRIDAY} 12:00") == []


def test_r212_one_cycle_a_day_however_often_the_ticket_changes_hands():
    story = accepted().add("transfer", f"{FRIDAY} 12:00").add("accept", f"{FRIDAY} 13:00")
    assert days(story, f"{FRIDAY} 14:00") == [(1, "running", "")]
    story.add("progress", f"{FRIDAY} 15:00").add("transfer", f"{FRIDAY} 16:00").add("accept", f"{FRIDAY} 17:00")
    assert days(story, f"{FRIDAY} 18:00") == [(1, "met", "progress")]


def test_r212_an_entry_counts_for_the_day_on_which_it_was_made():
    story = accepted().add("progress", f"{FRIDAY} 10:40")
    assert days(story, f"{SATURDAY} 10:00")[1] == (2, "running", "")
    assert next_due(story.add("contact", f"{FRIDAY} 10:50", **CALL).clocks(f"{SATURDAY} 10:00")).due_at == at(
        f"{SUNDAY} 00:00"
    )


def test_r212_the_policy_may_ask_for_working_days_only_or_for_every_second_day():
    def by(line):
        return replace(DEFAULT_POLICY, lines=(line,))

    working = PolicyLine("progress_update", None, None, None, 1, WORKING_DAY, "X")
    story = accepted().add("progress", f"{FRIDAY} 17:00")
    assert story.clock("progress_update", f"{MONDAY} 08:00", 2, policy=by(working)).due_at == at("2026-10-20 00:00")
    second = PolicyLine("progress_update", None, None, None, 2, DAY, "X")
    assert story.clock("progress_update", f"{MONDAY} 08:00", 2, policy=by(second)).due_at == at(f"{MONDAY} 00:00")


def test_r212_a_suspended_day_owes_an_entry_unless_the_policy_excuses_it():
    story = accepted().add("progress", f"{FRIDAY} 17:00").add("suspend", f"{FRIDAY} 17:10", reason="parts")
    excusing = replace(
        DEFAULT_POLICY,
        pause_rules={**DEFAULT_PAUSES, "parts": PauseRule("parts", credited=True, excuses_updates=True)},
    )
    assert days(story, f"{SATURDAY} 20:00")[1] == (2, "running", "")
    assert days(story, f"{SATURDAY} 20:00", policy=excusing)[1] == (2, "paused", "")
    story.add("resume", f"{SUNDAY} 11:00")
    assert [state for _, state, _ in days(story, f"{MONDAY} 08:00")] == ["met", "breached", "breached", "running"]
    assert days(story, f"{MONDAY} 08:00", policy=excusing)[1:3] == [(2, "void", "suspend"), (3, "breached", "")]


def test_a_historical_log_knew_nothing_of_daily_entries():
    story = accepted()
    story.case = replace(story.case, logged=True)
    assert days(story, f"{MONDAY} 08:00") == []


# The next level of support


def test_r210_the_next_level_has_a_response_and_a_resolution_of_its_own():
    story = accepted().add("contact", f"{FRIDAY} 10:40", **CALL).add("escalate", f"{FRIDAY} 15:00", level=2)
    response, resolution = (story.clock(kind, f"{FRIDAY} 15:30") for kind in ("tier_response", "tier_resolution"))
    assert (response.due_at, response.line.clause) == (at(f"{FRIDAY} 17:00"), "R200")
    assert (resolution.due_at, resolution.line.clause) == (at("2026-10-19 15:00"), "R200")
    assert story.clock("resolution", f"{FRIDAY} 15:30").due_at == at("2026-10-19 10:00")  # the first goes on
    story.add("contact", f"{FRIDAY} 16:00", **CALL).add("complete", f"{SATURDAY} 10:00")
    assert story.clock("tier_response", f"{SATURDAY} 11:00").state == "met"
    assert story.clock("tier_resolution", f"{SATURDAY} 11:00").provisional
    assert story.add("reject", f"{SATURDAY} 12:00").clock("tier_resolution", f"{SATURDAY} 13:00").state == "running"


def test_a_further_escalation_ends_the_clocks_of_the_level_below():
    story = accepted().add("escalate", f"{FRIDAY} 15:00", level=2).add("escalate", f"{FRIDAY} 18:00", level=3)
    assert [story.clock("tier_response", f"{FRIDAY} 18:10", n).state for n in (1, 2)] == ["breached", "running"]
    assert [story.clock("tier_resolution", f"{FRIDAY} 18:10", n).state for n in (1, 2)] == ["void", "running"]


def test_the_policy_may_give_the_next_level_limits_of_its_own():
    own = PolicyLine("tier_response", None, None, None, 1, "hour", "X")
    policy = replace(DEFAULT_POLICY, lines=(*DEFAULT_POLICY.lines, own))
    story = accepted().add("escalate", f"{FRIDAY} 15:00", level=2)
    assert story.clock("tier_response", f"{FRIDAY} 15:30", policy=policy).due_at == at(f"{FRIDAY} 16:00")


# Delivery and dispute


@pytest.mark.parametrize(
    ("verb", "facts", "state"),
    [
        ("contact", CALL, "met"),
        ("follow_up", {}, "met"),
        ("rate", {}, "met"),
        ("contact", {"outward": False}, "running"),
        ("note", {}, "running"),
    ],
)
def test_r128_seven_days_from_the_delivery_to_the_first_follow_up(verb, facts, state):
    story = accepted().add("deliver", f"{FRIDAY} 16:00").add(verb, f"{SATURDAY} 10:00", **facts)
    clock = story.clock("delivery_follow_up", f"{SATURDAY} 11:00")
    assert (clock.state, clock.due_at) == (state, at("2026-10-23 16:00"))


@pytest.mark.parametrize(
    ("said", "started"),
    [("2026-10-14T09:00:00+08:00", "2026-10-14 09:00"), ("2026-12-01T09:00:00+08:00", None), ("gestern", None)],
)
def test_r128_the_delivery_may_be_told_later_than_it_happened(said, started):
    story = accepted().add("deliver", f"{FRIDAY} 16:00", delivered_at=said)
    clock = story.clock("delivery_follow_up", f"{FRIDAY} 17:00")
    assert clock.started_at == at(started or f"{FRIDAY} 16:00")


def test_r050_a_ruling_is_due_48_hours_after_the_dispute_was_accepted():
    story = accepted().add("dispute_accept", f"{FRIDAY} 16:00").add("close", f"{SATURDAY} 09:00")
    clock = story.clock("arbitration", f"{SATURDAY} 10:00")
    assert (clock.state, clock.due_at) == ("running", at(f"{SUNDAY} 16:00"))
    assert story.add("dispute_rule", f"{SUNDAY} 16:01").clock("arbitration", f"{MONDAY} 10:00").missed_s == 60
    again = accepted().add("dispute_accept", f"{FRIDAY} 16:00").add("dispute_withdraw", f"{FRIDAY} 17:00")
    assert again.clock("arbitration", f"{SATURDAY} 10:00").state == "void"


# Each line for itself, caps, cycles that add up


def test_each_clause_has_a_row_of_its_own_and_the_strictest_leads():
    story = Story("2026-09-30 10:00", "complaint", tier="basic").add("contact", "2026-10-02 10:00", **CALL)
    rows = story.by_clause("response", "2026-10-02 11:00")
    assert {clause: (row.state, row.leading) for clause, row in rows.items()} == {
        "R010": ("breached", True),
        "R202": ("met", False),
    }
    assert rows["R202"].due_at == at("2026-10-08 18:00")
    assert [step.code for step in rows["R202"].steps][:2] == ["started", "line"]


def test_a_clause_that_no_longer_holds_ends_there_and_its_breach_stays_on_the_kind():
    story = Story(f"{FRIDAY} 10:00", "emergency").add("reclassify", f"{FRIDAY} 11:00", category="fault")
    rows = story.by_clause("response", f"{FRIDAY} 11:30")
    assert (rows["R200"].state, rows["R200"].leading, rows["R200"].due_at) == ("breached", True, at(f"{FRIDAY} 12:00"))
    assert (rows["R199"].state, rows["R199"].stopped_at) == ("breached", at(f"{FRIDAY} 11:00"))
    early = Story(f"{FRIDAY} 10:00", "emergency").add("reclassify", f"{FRIDAY} 10:20", category="fault")
    rows = early.by_clause("response", f"{FRIDAY} 11:30")
    assert [(rows[clause].state, rows[clause].stopped_by) for clause in ("R200", "R199")] == [
        ("running", ""),
        ("void", "reclassify"),
    ]


def capped(hours):
    rules = by_reason([PauseRule("customer", credited=True, cap=timedelta(hours=hours))])
    return replace(DEFAULT_POLICY, pause_rules=rules)


def test_rule_5_a_cap_is_the_most_that_a_cycle_is_credited_for_a_reason():
    story = accepted().add("suspend", f"{FRIDAY} 12:00", reason="customer").add("resume", f"{FRIDAY} 15:00")
    story.add("suspend", f"{FRIDAY} 16:00", reason="customer")
    waiting = story.clock("resolution", f"{FRIDAY} 16:59", policy=capped(4))
    assert (waiting.state, waiting.due_at) == ("paused", at("2026-10-19 13:59"))
    used_up = story.clock("resolution", f"{FRIDAY} 20:00", policy=capped(4))
    assert (used_up.state, used_up.due_at, used_up.paused_s) == ("running", at("2026-10-19 14:00"), 4 * 3600)
    assert [step.facts["capped"] for step in used_up.steps if step.code == "pause"] == [False, True]


def test_rule_5_a_pause_that_begins_in_the_moment_of_the_due_time_comes_too_late():
    story = Story("2026-10-12 10:00", "complaint").add("suspend", "2026-10-19 18:00", reason="customer")
    assert story.clock("resolution", "2026-10-19 18:00").due_at == at("2026-10-19 18:00")
    states = [story.clock("resolution", now).breached_at for now in ("2026-10-19 20:00", "2026-10-20 12:00")]
    assert states == [at("2026-10-19 18:00")] * 2


def reopened(adds_up, completed="2026-10-17 10:00"):
    story = accepted().add("complete", completed).add("confirm", "2026-10-20 12:00")
    return story.add("reopen", "2026-10-22 10:00", adds_up=adds_up)


def test_rule_7_where_cycles_add_up_the_second_has_what_the_first_left():
    assert reopened(adds_up=False).clock("resolution", "2026-10-22 11:00", 2).due_at == at("2026-10-25 10:00")
    second = reopened(adds_up=True).clock("resolution", "2026-10-22 11:00", 2)
    assert (second.state, second.due_at, second.started_at) == (
        "running",
        at("2026-10-24 10:00"),  # 24 of 72 hours were used
        at("2026-10-22 10:00"),
    )
    assert "carried_over" in [step.code for step in second.steps]


def test_rule_7_where_cycles_add_up_and_nothing_is_left_the_second_is_due_at_once():
    clock = reopened(adds_up=True, completed="2026-10-20 10:00").clock("resolution", "2026-10-22 11:00", 2)
    assert (clock.state, clock.due_at, clock.missed_s) == ("breached", at("2026-10-22 10:00"), 3600)


def test_rule_7_adding_up_counts_working_time_where_the_limit_does():
    story = Story("2026-10-12 10:00", "complaint").add("complete", "2026-10-14 12:00")
    story.add("confirm", "2026-10-14 13:00").add("reopen", "2026-10-20 12:00", adds_up=True)
    second = story.clock("resolution", "2026-10-20 13:00", 2)
    assert second.due_at == at("2026-10-23 18:00")  # until the 19th at 18:00 were 33 working hours


# Whose calendar, and which version of it


def test_rule_02_a_line_runs_by_the_calendar_that_it_names_and_no_other_moves_it():
    closed = WorkCalendar(code="partner", overrides=(Override(date(2026, 10, 19), DayKind.REST, "盘点"),))
    lines = [
        PolicyLine("resolution", None, None, None, 1, WORKING_DAY, whose, calendar=whose)
        for whose in ("brand", "partner")
    ]
    policy = replace(DEFAULT_POLICY, lines=tuple(lines))
    long_ago = at("2020-01-01 00:00")
    calendars = Calendars.build(Timeline(((long_ago, WorkCalendar()),)), partner=Timeline(((long_ago, closed),)))
    rows = Story(f"{SATURDAY} 10:00", "fault").by_clause(
        "resolution", f"{SATURDAY} 11:00", policy=policy, calendar=calendars
    )
    assert {clause: row.due_at for clause, row in rows.items()} == {
        "brand": at(f"{MONDAY} 18:00"),
        "partner": at("2026-10-20 18:00"),
    }
    assert {clause: row.calendar.code for clause, row in rows.items()} == {"brand": "brand", "partner": "partner"}


def test_rule_09_a_new_version_reaches_what_runs_and_leaves_what_has_stopped():
    closed = WorkCalendar(overrides=(Override(date(2026, 10, 22), DayKind.REST, "盘点"),))
    timeline = Timeline(((at("2020-01-01 00:00"), WorkCalendar()), (at("2026-10-20 00:00"), closed)))
    calendars = Calendars.build(timeline)
    running = Story(f"{FRIDAY} 10:00", "complaint")
    assert running.clock("resolution", "2026-10-19 10:00", calendar=calendars).due_at == at("2026-10-23 18:00")
    assert running.clock("resolution", "2026-10-21 10:00", calendar=calendars).due_at == at("2026-10-26 18:00")
    stopped = Story(f"{FRIDAY} 10:00", "complaint").add("complete", "2026-10-19 12:00")
    clock = stopped.clock("resolution", "2027-01-01 10:00", calendar=calendars)
    assert (clock.due_at, clock.calendar.version) == (at("2026-10-23 18:00"), WorkCalendar().version)


def test_rule_02_the_calendar_of_whoever_gets_the_ticket_does_not_move_what_another_owed():
    closed = WorkCalendar(code="other", overrides=(Override(date(2026, 10, 19), DayKind.REST, "盘点"),))
    mine, theirs = Calendars.single(WorkCalendar()), Calendars.single(closed)
    line = PolicyLine("acceptance", None, None, None, 1, WORKING_DAY, "X", calendar="outlet")
    policy = replace(DEFAULT_POLICY, lines=(line,))
    story = Story(f"{SATURDAY} 10:00", "fault").add("dispatch", f"{SATURDAY} 11:00", outlet_code="A-1")
    story.add("transfer", "2026-10-20 09:00", outlet_code="B-1")
    now = at("2026-10-20 10:00")
    found = compute(story.case, story.events, policy, theirs, now, {"A-1": mine})
    assert [(c.cycle, c.due_at) for c in found] == [(1, at(f"{MONDAY} 18:00")), (2, at("2026-10-21 18:00"))]
