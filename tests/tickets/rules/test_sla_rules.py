"""How clocks must behave: the twelve rules of spec/workflow.md, as far as they concern the engine."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.worktime.calendar import Override, WorkCalendar
from portal.worktime.choices import DayKind
from tests.tickets.rules.sla_story import CALENDAR, CALL, Story, at
from tickets.rules.sla_clock import Case, Event, compute
from tickets.rules.sla_policy import DEFAULT_PAUSES, DEFAULT_POLICY, Policy, PolicyLine

DAY = "2026-10-09"  # a Friday; the 10th is a make-up Saturday


def fault(**case):
    return Story(f"{DAY} 10:00", "fault", **case)


def test_rule_1_the_breach_time_is_computed_and_not_discovered():
    story = fault()
    early, late = story.clock("response", f"{DAY} 12:00:01"), story.clock("response", "2027-03-01 08:00")
    assert early.breached_at == late.breached_at == at(f"{DAY} 12:00")


def test_rule_1_the_same_input_gives_the_same_answer_in_any_order_of_entry():
    story = fault().add("register", f"{DAY} 10:10").add("dispatch", f"{DAY} 10:20").add("complete", f"{DAY} 15:00")
    turned = compute(story.case, story.events[::-1], DEFAULT_POLICY, CALENDAR, at(f"{DAY} 18:00"))
    assert turned == story.clocks(f"{DAY} 18:00")


def test_rule_2_a_holiday_never_moves_a_due_time_earlier():
    closed = WorkCalendar(overrides=(Override(date(2026, 10, 12), DayKind.REST, "盘点"),))
    story = Story(f"{DAY} 10:00", "complaint")
    usual = {clock.kind: clock.due_at for clock in story.clocks(f"{DAY} 10:00")}
    moved = {clock.kind: clock.due_at for clock in story.clocks(f"{DAY} 10:00", calendar=closed)}
    assert all(moved[kind] >= usual[kind] for kind in usual)
    assert moved["resolution"] == at("2026-10-16 18:00")
    assert moved["complaint_feedback"] == usual["complaint_feedback"]  # wall clock


def test_rule_3_a_shorter_clock_never_overrules_another():
    clocks = {clock.kind: clock for clock in Story(f"{DAY} 10:00", "complaint").clocks("2026-10-10 10:01")}
    assert clocks["complaint_response"].state == "breached"
    assert clocks["response"].state == "running"
    assert clocks["response"].due_at == at("2026-10-10 18:00")


def test_rule_3_elapsed_is_known_by_the_wall_and_by_working_time():
    clock = Story("2026-09-30 17:00", "complaint").clock("resolution", "2026-10-08 10:00")
    assert (clock.elapsed_s, clock.working_elapsed_s) == ((7 * 24 + 17) * 3600, 2 * 3600)


def test_rule_3_the_strictest_line_governs_and_every_clause_keeps_its_own_result():
    story = Story("2026-09-30 10:00", "complaint", tier="basic").add("contact", "2026-10-02 10:00", **CALL)
    clock = story.clock("response", "2026-10-02 11:00")
    assert (clock.state, clock.line.clause) == ("breached", "R010")
    assert clock.by_line == {"response:complaint:R202": "met", "response:basic:R010": "breached"}
    running = Story("2026-09-30 10:00", "complaint", tier="basic")
    assert running.clock("response", "2026-10-02 11:00").by_line["response:complaint:R202"] == "running"
    assert running.clock("response", "2026-09-30 11:00").by_line["response:basic:R010"] == "running"


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("note", {"text": "内部备注"}),
        ("register", {"category": "fault"}),
        ("dispatch", {}),
        ("accept", {}),
        ("diagnose", {"mode": "remote"}),
        ("suspend", {"reason": "customer"}),
        ("escalate", {}),
        ("contact", {"outward": False, "channel": "phone"}),
        ("contact", {"channel": "phone"}),
        ("contact", {"outward": True, "automatic": True}),
        ("progress", {"customer_communication": "  "}),
        ("progress", {"customer_communication": None}),
        ("feedback_asked", {}),
    ],
)
def test_rule_4_what_is_not_outward_and_human_does_not_stop_the_response(verb, facts):
    assert fault().add(verb, f"{DAY} 10:30", **facts).clock("response", f"{DAY} 11:00").state == "running"


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("contact", {"outward": True, "channel": "mail"}),
        ("start", {}),
        ("progress", {"customer_communication": "已电话说明"}),
        ("answer", {}),
        ("complete", {}),
    ],
)
def test_rule_4_what_a_person_tells_the_customer_stops_the_response(verb, facts):
    clock = fault().add(verb, f"{DAY} 10:30", **facts).clock("response", f"{DAY} 11:00")
    assert (clock.state, clock.stopped_by) == ("met", verb)


def test_rule_4_only_a_telephone_call_stops_the_emergency_call():
    story = Story(f"{DAY} 23:50", "emergency").add("contact", f"{DAY} 23:55", outward=True, channel="mail")
    assert story.clock("emergency_call", "2026-10-10 00:10").state == "running"
    assert story.clock("response", "2026-10-10 00:10").state == "met"
    story.add("contact", "2026-10-10 00:20", **CALL)
    assert story.clock("emergency_call", "2026-10-10 00:30").state == "met"


# Rule 5: pauses


@pytest.mark.parametrize("reason", sorted(rule.reason for rule in DEFAULT_PAUSES.values() if rule.credited))
def test_rule_5_a_pause_with_a_reason_of_the_policy_is_credited(reason):
    story = fault().add("suspend", f"{DAY} 12:00", reason=reason)
    paused = story.clock("resolution", f"{DAY} 15:00")
    assert (paused.state, paused.paused_s, paused.due_at) == ("paused", 3 * 3600, at("2026-10-12 13:00"))
    resumed = story.add("resume", f"{DAY} 16:00").clock("resolution", "2026-10-10 10:00")
    assert (resumed.state, resumed.due_at, resumed.original_due_at) == (
        "running",
        at("2026-10-12 14:00"),
        at("2026-10-12 10:00"),
    )


def test_rule_5_a_pause_is_seen_in_the_very_moment_it_begins():
    assert fault().add("suspend", f"{DAY} 12:00", reason="parts").clock("resolution", f"{DAY} 12:00").state == "paused"


@pytest.mark.parametrize("reason", ["approval", "", "coffee"])
def test_rule_5_another_reason_stops_nothing(reason):
    clock = fault().add("suspend", f"{DAY} 12:00", reason=reason).clock("resolution", f"{DAY} 15:00")
    assert (clock.state, clock.paused_s, clock.due_at) == ("running", 0, at("2026-10-12 10:00"))


def test_rule_5_a_pause_stops_the_resolution_only():
    assert fault().add("suspend", f"{DAY} 10:30", reason="parts").clock("response", f"{DAY} 12:01").state == "breached"


@pytest.mark.parametrize(
    ("begin", "end", "paused", "due"),
    [
        ("2026-10-09 19:00", "2026-10-10 08:00", 0, "2026-10-15 18:00"),  # outside working time
        ("2026-10-10 17:00", "2026-10-12 10:00", 2 * 3600, "2026-10-16 11:00"),  # across the Sunday: 1 h and 1 h
    ],
)
def test_rule_5_a_limit_in_working_time_gets_working_time_only(begin, end, paused, due):
    story = Story(f"{DAY} 10:00", "complaint").add("suspend", begin, reason="customer").add("resume", end)
    clock = story.clock("resolution", "2026-10-12 12:00")
    assert (clock.paused_s, clock.due_at) == (paused, at(due))


def test_rule_5_two_pauses_within_one_minute_both_count():
    story = fault()
    for second in ("00", "20"):
        story.add("suspend", f"{DAY} 12:00:{second}", reason="customer")
        story.add("resume", f"{DAY} 12:00:{int(second) + 10}")
    assert story.clock("resolution", f"{DAY} 13:00").paused_s == 20


def test_rule_5_a_pause_that_begins_after_the_due_time_heals_nothing():
    story = fault().add("suspend", "2026-10-12 11:00", reason="customer").add("resume", "2026-10-20 11:00")
    clock = story.clock("resolution", "2026-10-21 10:00")
    assert (clock.state, clock.paused_s, clock.breached_at) == ("breached", 0, at("2026-10-12 10:00"))


def test_rule_5_a_second_suspension_ends_the_first_and_completing_ends_both():
    story = fault().add("suspend", f"{DAY} 12:00", reason="customer").add("suspend", f"{DAY} 13:00", reason="approval")
    assert story.add("complete", f"{DAY} 15:00").clock("resolution", f"{DAY} 16:00").paused_s == 3600


def test_rule_5_pauses_belong_to_the_cycle_they_fall_into():
    story = fault().add("suspend", f"{DAY} 12:00", reason="customer").add("complete", f"{DAY} 13:00")
    story.add("confirm", f"{DAY} 14:00").add("reopen", f"{DAY} 15:00").add("suspend", f"{DAY} 16:00", reason="customer")
    assert story.clock("resolution", f"{DAY} 18:00").paused_s == 3600
    assert story.clock("resolution", f"{DAY} 18:00", cycle=2).paused_s == 2 * 3600


# Rule 6: another category


def test_rule_6_n05_a_change_recomputes_from_the_original_receipt():
    story = fault().add("reclassify", f"{DAY} 11:00", category="emergency", urgency="critical")
    clock = story.clock("resolution", f"{DAY} 11:30")
    assert (clock.due_at, clock.original_due_at) == (at("2026-10-10 10:00"), at("2026-10-12 10:00"))
    assert story.clock("emergency_call", f"{DAY} 11:30").breached_at == at(f"{DAY} 10:30")


def test_rule_6_n05_a_change_never_erases_a_breach():
    story = Story(f"{DAY} 10:00", "emergency").add("reclassify", f"{DAY} 11:00", category="fault")
    response = story.clock("response", f"{DAY} 11:30")
    assert (response.state, response.due_at, response.breached_at) == (
        "breached",
        at(f"{DAY} 12:00"),
        at(f"{DAY} 10:30"),
    )
    assert story.clock("emergency_call", f"{DAY} 11:30").state == "breached"
    assert story.clock("resolution", f"{DAY} 11:30").state == "running"


def test_rule_6_a_clock_that_no_longer_applies_is_void_unless_breached():
    story = Story(f"{DAY} 10:00", "emergency").add("reclassify", f"{DAY} 10:20", category="fault")
    assert story.clock("emergency_call", f"{DAY} 12:00").state == "void"
    back = story.add("reclassify", f"{DAY} 10:25", category="emergency").clock("emergency_call", f"{DAY} 12:00")
    assert (back.state, back.breached_at) == ("breached", at(f"{DAY} 10:30"))


def test_rule_6_a_change_keeps_pauses():
    story = fault().add("suspend", f"{DAY} 11:00", reason="parts").add("resume", f"{DAY} 14:00")
    story.add("reclassify", f"{DAY} 15:00", category="emergency")
    assert story.clock("resolution", f"{DAY} 16:00").due_at == at("2026-10-10 13:00")


def test_rule_6_another_tier_is_such_a_change():
    story = Story("2026-10-01 10:00", "complaint").add("reclassify", "2026-10-01 11:00", tier="basic")
    assert story.clock("response", "2026-10-01 12:00").due_at == at("2026-10-02 10:00")


def test_rule_6_what_the_journal_says_of_the_receipt_wins_over_the_row():
    story = Story(f"{DAY} 10:00", "fault").add("receive", f"{DAY} 10:00", category="emergency")
    story.add("amend_intake", f"{DAY} 11:00", category="fault").add("diagnose", f"{DAY} 11:10")
    assert story.clock("response", f"{DAY} 11:30").original_due_at == at(f"{DAY} 10:30")


def test_rule_6_the_row_may_have_moved_on_when_the_journal_tells_the_receipt():
    story = Story(f"{DAY} 10:00", "emergency").add("receive", f"{DAY} 10:00", channel="portal")
    assert story.clock("response", f"{DAY} 10:05").due_at == at(f"{DAY} 10:30")  # an old log: the row is all there is
    story.add("register", f"{DAY} 10:10", category="fault").add("reclassify", f"{DAY} 11:00", category="emergency")
    assert story.clock("response", f"{DAY} 10:05") is None
    assert story.clock("response", f"{DAY} 11:30").original_due_at == at(f"{DAY} 12:00")


# Rules 7, 8, 9, 12


def test_rule_7_reopening_begins_a_cycle_and_leaves_the_reported_one_alone():
    story = fault().add("complete", "2026-10-11 10:00").add("confirm", "2026-10-11 11:00")
    story.add("reopen", "2026-10-13 10:00").add("reclassify", "2026-10-13 11:00", category="emergency")
    first, second = (story.clock("resolution", "2026-10-13 12:00", cycle=n) for n in (1, 2))
    assert (first.state, first.due_at) == ("met", at("2026-10-12 10:00"))
    assert (second.state, second.due_at, second.started_by) == ("running", at("2026-10-14 10:00"), "reopen")


def test_rule_7_an_old_log_may_reopen_what_nobody_confirmed():
    story = fault().add("complete", f"{DAY} 12:00").add("reopen", f"{DAY} 13:00").add("reopen", f"{DAY} 14:00")
    states = [story.clock("resolution", f"{DAY} 15:00", cycle=n).state for n in (1, 2, 3)]
    assert states == ["met", "void", "running"]


@pytest.mark.parametrize(
    ("received", "kind", "due"),
    [
        ("2026-10-09 23:45", "response", "2026-10-10 00:15"),
        ("2026-12-31 23:45", "emergency_call", "2027-01-01 00:15"),
        ("2026-12-31 23:45", "resolution", "2027-01-01 23:45"),
        ("2026-02-16 20:00", "resolution", "2026-02-17 20:00"),  # New Year's Eve
        ("2024-02-28 12:00", "resolution", "2024-02-29 12:00"),
    ],
)
def test_rule_8_n03_emergencies_run_by_the_wall_clock(received, kind, due):
    clock = Story(received, "emergency").clock(kind, received)
    assert clock.due_at == at(due)


def test_rule_8_a_zone_with_daylight_saving_changes_nothing():
    paris = ZoneInfo("Europe/Paris")
    received = at("2026-03-29 08:30").astimezone(paris)  # 01:30 in the night without a 02:30
    (clock,) = (
        c
        for c in compute(Case(received, "emergency"), [], DEFAULT_POLICY, CALENDAR, received)
        if c.kind == "resolution"
    )
    assert clock.due_at - clock.started_at == timedelta(hours=24)


def test_rule_8_the_zone_of_the_input_does_not_matter():
    story = fault()
    same = compute(Case(story.case.received_at.astimezone(UTC), "fault"), [], DEFAULT_POLICY, CALENDAR, at(DAY))
    assert [clock.due_at for clock in same] == [clock.due_at for clock in story.clocks(DAY)]


def test_rule_8_a_clock_that_jumped_back_gives_no_negative_duration():
    clock = fault().add("contact", f"{DAY} 09:00", **CALL).clock("response", f"{DAY} 11:00")
    assert (clock.state, clock.elapsed_s, clock.missed_s) == ("met", 0, 0)


def test_rule_9_the_worked_example():
    clock = Story("2026-09-30 10:00", "complaint").clock("resolution", "2026-09-30 10:00")
    assert clock.due_at == at("2026-10-13 18:00")
    assert [s.facts["day"].day for s in clock.steps if s.code == "working_day"] == [8, 9, 10, 12, 13]
    assert clock.calendar.version == CALENDAR.version


def test_rule_12_why_of_a_wall_clock_with_pause_and_change():
    story = fault().add("suspend", f"{DAY} 11:00", reason="parts").add("resume", f"{DAY} 14:00")
    story.add("suspend", f"{DAY} 14:10", reason="approval").add("resume", f"{DAY} 14:20")
    story.add("reclassify", f"{DAY} 15:00", category="emergency").add("complete", "2026-10-11 10:00")
    story.add("suspend", "2026-10-11 09:00", reason="parts")
    steps = story.clock("resolution", "2026-10-12 16:00").steps
    half = ["line", "wall_clock", "pause", "pause", "due"]
    assert [step.code for step in steps[:7]] == ["started", "line", "wall_clock", "pause", "pause", "pause", "due"]
    assert [step.code for step in steps[7:]] == ["recomputed", *half, "breached", "stopped_for_now"]
    assert [step.facts["credited_s"] for step in steps[3:5]] == [3 * 3600, 0]
    assert (steps[1].facts["clause"], steps[8].facts["clause"]) == ("R200", "R199")


def test_rule_12_why_of_several_lines_a_source_and_a_year_that_is_computed():
    new_year = Story("2026-12-31 10:00", "complaint", tier="basic")
    codes = [step.code for step in new_year.clock("response", "2026-12-31 11:00").steps]
    assert codes[-1] == "strictest"
    assert "year_not_announced" in codes
    source = fault(source_due_at=at("2026-11-01 08:00")).add("cancel", f"{DAY} 11:00").clock("resolution", "2026-12-01")
    assert [s.code for s in source.steps] == ["started", "source_due", "void"]


def test_rule_12_why_of_working_hours():
    hours = Policy("v2", (PolicyLine("response", None, None, None, 4, "working_hour", "补充协议 3"),))
    clock = fault().clock("response", f"{DAY} 10:00", policy=hours)
    assert clock.due_at == at(f"{DAY} 14:00")
    assert [step.code for step in clock.steps] == ["started", "line", "working_time", "calendar", "due"]


def test_an_unchanged_category_is_not_explained_twice():
    steps = fault().add("reclassify", f"{DAY} 10:30", mode="remote").clock("response", f"{DAY} 11:00").steps
    assert [step.code for step in steps] == ["started", "line", "wall_clock", "due"]


def test_an_event_defaults_to_no_facts():
    assert Event("register", at(DAY)).facts == {}
