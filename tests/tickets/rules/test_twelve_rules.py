"""How clocks must behave (spec/workflow.md): one test a rule; the edges stand in test_sla_rules and test_sla_kinds."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.worktime.calendar import Override, WorkCalendar
from portal.worktime.choices import DayKind
from tests.tickets.rules.sla_story import CALENDAR, CALL, Story, at
from tickets.rules.pausing import objection
from tickets.rules.sla_clock import Case, compute
from tickets.rules.sla_policy import DEFAULT_PAUSES, DEFAULT_POLICY

FRIDAY = "2026-10-09"  # the 10th is a make-up Saturday


def test_rule_01_the_state_follows_from_policy_calendar_journal_and_now_alone():
    story = Story(f"{FRIDAY} 10:00", "fault").add("register", f"{FRIDAY} 10:10").add("accept", f"{FRIDAY} 11:00")
    late = story.clock("response", "2027-03-01 08:00")
    assert story.clock("response", f"{FRIDAY} 12:00").breached_at is None  # due, not passed
    assert story.clock("response", f"{FRIDAY} 12:00:01").breached_at == late.breached_at == at(f"{FRIDAY} 12:00")
    turned = compute(story.case, story.events[::-1], DEFAULT_POLICY, CALENDAR, at(f"{FRIDAY} 18:00"))
    assert turned == story.clocks(f"{FRIDAY} 18:00") == story.clocks(f"{FRIDAY} 18:00")


def test_rule_02_a_holiday_never_moves_a_due_time_earlier():
    story = Story(f"{FRIDAY} 10:00", "complaint", tier="basic").add("suspend", f"{FRIDAY} 17:00", reason="customer")
    usual = {(c.kind, c.rule): c.due_at for c in story.clocks("2026-10-12 12:00")}
    for day in (date(2026, 10, 10), date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 15)):
        closed = WorkCalendar(overrides=(Override(day, DayKind.REST, "盘点"),))
        moved = {(c.kind, c.rule): c.due_at for c in story.clocks("2026-10-12 12:00", calendar=closed)}
        wall = [key for key in usual if "R192" in key[1] or "R139" in key[1] or "R010" in key[1]]
        assert all(moved[key] == usual[key] for key in wall)
        unpaused = [key for key in usual if key[0] != "resolution"]
        assert all(moved[key] >= usual[key] for key in unpaused)


def test_rule_03_clocks_are_rows_of_their_own_with_original_due_elapsed_and_missed():
    story = Story("2026-09-30 17:00", "complaint", tier="basic").add("contact", "2026-10-02 10:00", **CALL)
    rows = story.by_clause("response", "2026-10-08 10:00")
    assert {clause: row.state for clause, row in rows.items()} == {"R010": "breached", "R202": "met"}
    clocks = {c.kind: c for c in story.clocks("2026-10-08 10:00") if c.leading}
    assert (clocks["complaint_response"].state, clocks["resolution"].state) == ("breached", "running")
    assert (clocks["response"].missed_s, clocks["response"].elapsed_s) == (17 * 3600, 41 * 3600)
    assert clocks["response"].working_elapsed_s == 3600
    story.add("suspend", "2026-10-08 10:00", reason="customer").add("resume", "2026-10-08 12:00")
    resolution = story.clock("resolution", "2026-10-08 13:00")
    assert (resolution.original_due_at, resolution.due_at) == (at("2026-10-13 18:00"), at("2026-10-14 11:00"))


def test_rule_04_only_an_outward_human_contact_stops_the_response():
    story = Story(f"{FRIDAY} 10:00", "emergency").add("note", f"{FRIDAY} 10:01").add("accept", f"{FRIDAY} 10:02")
    story.add("suspend", f"{FRIDAY} 10:03", reason="parts").add("contact", f"{FRIDAY} 10:04", outward=False)
    story.add("contact", f"{FRIDAY} 10:05", outward=True, automatic=True)
    assert story.clock("response", f"{FRIDAY} 10:10").state == "running"
    story.add("contact", f"{FRIDAY} 10:11", outward=True, channel="mail")
    states = [story.clock(kind, f"{FRIDAY} 10:20").state for kind in ("response", "emergency_call")]
    assert states == ["met", "running"]
    assert story.add("contact", f"{FRIDAY} 10:21", **CALL).clock("emergency_call", f"{FRIDAY} 10:22").state == "met"


def test_rule_05_a_pause_has_reason_cap_evidence_and_is_credited_in_the_clocks_own_time():
    over_sunday = Story(f"{FRIDAY} 10:00", "complaint").add("suspend", "2026-10-10 17:00", reason="customer")
    over_sunday.add("resume", "2026-10-12 10:00").add("suspend", "2026-10-12 19:00", reason="customer")
    over_sunday.add("resume", "2026-10-12 23:00")
    assert over_sunday.clock("resolution", "2026-10-12 23:30").paused_s == 2 * 3600
    twice = Story(f"{FRIDAY} 10:00", "fault")
    for second in ("00", "20"):
        twice.add("suspend", f"{FRIDAY} 12:00:{second}", reason="parts")
        twice.add("resume", f"{FRIDAY} 12:00:{int(second) + 10}")
    assert twice.clock("resolution", f"{FRIDAY} 13:00").paused_s == 20
    capped = replace(DEFAULT_POLICY, pause_rules={"parts": replace(DEFAULT_PAUSES["parts"], cap=timedelta(seconds=15))})
    assert twice.clock("resolution", f"{FRIDAY} 13:00", policy=capped).paused_s == 15
    unknown = Story(f"{FRIDAY} 10:00", "fault").add("suspend", f"{FRIDAY} 12:00", reason="coffee")
    assert unknown.clock("resolution", f"{FRIDAY} 13:00").paused_s == 0
    said = {"note": "", "files": False}
    assert objection(DEFAULT_PAUSES["parts"], "technician", **said, part_open=False).field == "reason"
    assert objection(DEFAULT_PAUSES["parts"], "technician", **said, part_open=True) is None


def test_rule_06_another_category_counts_from_the_receipt_keeps_pauses_and_erases_no_breach():
    story = Story(f"{FRIDAY} 10:00", "emergency").add("suspend", f"{FRIDAY} 10:40", reason="parts")
    story.add("resume", f"{FRIDAY} 11:40").add("reclassify", f"{FRIDAY} 12:00", category="fault")
    response, resolution = (story.clock(kind, f"{FRIDAY} 12:30") for kind in ("response", "resolution"))
    assert (response.state, response.breached_at, response.due_at) == (
        "breached",
        at(f"{FRIDAY} 10:30"),
        at(f"{FRIDAY} 12:00"),
    )
    assert (resolution.due_at, resolution.original_due_at) == (at("2026-10-12 11:00"), at("2026-10-10 10:00"))
    assert story.by_clause("resolution", f"{FRIDAY} 12:30")["R199"].state == "void"  # both values stay on record


def test_rule_07_reopening_begins_a_cycle_and_the_agreement_says_whether_cycles_add_up():
    def second(adds_up):
        story = Story(f"{FRIDAY} 10:00", "fault").add("complete", "2026-10-11 10:00").add("confirm", "2026-10-11 11:00")
        story.add("reopen", "2026-10-13 10:00", adds_up=adds_up)
        first, again = (story.clock("resolution", "2026-10-13 12:00", cycle=n) for n in (1, 2))
        assert (first.state, first.due_at) == ("met", at("2026-10-12 10:00"))
        return again.due_at

    assert second(adds_up=False) == at("2026-10-16 10:00")
    assert second(adds_up=True) == at("2026-10-14 10:00")  # 48 of 72 hours were used


@pytest.mark.parametrize(
    ("received", "kind", "due"),
    [
        ("2026-10-09 23:45", "response", "2026-10-10 00:15"),
        ("2026-12-31 23:45", "emergency_call", "2027-01-01 00:15"),
        ("2026-02-16 20:00", "resolution", "2026-02-17 20:00"),  # New Year's Eve
    ],
)
def test_rule_08_n03_round_the_clock_is_wall_clock_exactly(received, kind, due):
    assert Story(received, "emergency").clock(kind, received).due_at == at(due)
    paris = at("2026-03-29 08:30").astimezone(ZoneInfo("Europe/Paris"))  # the night without a 02:30
    clocks = compute(Case(paris, "emergency"), [], DEFAULT_POLICY, CALENDAR, paris)
    (resolution,) = (clock for clock in clocks if clock.kind == "resolution")
    assert resolution.due_at - paris.astimezone(UTC) == timedelta(hours=24)


def test_rule_09_the_worked_example_of_national_day_2026():
    clock = Story("2026-09-30 10:00", "complaint").clock("resolution", "2026-09-30 10:00")
    assert clock.due_at == at("2026-10-13 18:00")
    walked = [(step.facts["day"].day, step.facts["source"]) for step in clock.steps if step.code == "working_day"]
    assert walked == [(8, "weekly"), (9, "weekly"), (10, "library"), (12, "weekly"), (13, "weekly")]
    split = WorkCalendar(windows=((540, 720), (780, 1080)))
    assert Story("2026-09-30 10:00", "complaint").clock("resolution", "2026-09-30 10:00", calendar=split).due_at == (
        clock.due_at
    )


def test_rule_12_every_due_time_says_line_clause_days_and_pauses():
    story = Story("2026-09-30 10:00", "complaint").add("suspend", "2026-10-08 10:00", reason="customer")
    steps = story.add("resume", "2026-10-08 12:00").clock("resolution", "2026-10-09 10:00").steps
    codes = [step.code for step in steps]
    assert codes == ["started", "line", *["day_off"] * 7, *["working_day"] * 3, "day_off", *["working_day"] * 2,
                     "calendar", "pause", "due"]  # fmt: skip
    line, pause = steps[1].facts, steps[-2].facts
    assert (line["clause"], line["text"], line["limit"]) == ("R202", "投诉建议5个工作日内反馈", 5)
    assert (pause["reason"], pause["credited_s"]) == ("customer", 7200)
