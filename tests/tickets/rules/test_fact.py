"""The row that figures are counted from (R015, R102, R212): each column at its edge."""

from dataclasses import replace

import pytest

from portal.kernel.quarter import Quarter
from tests.tickets.rules.sla_story import CALENDAR, CALL, LOCAL, Story, at
from tickets.rules.fact import Subject, fact_of
from tickets.rules.sla_clock import compute
from tickets.rules.sla_policy import DEFAULT_POLICY

DAY = "2026-03-02"  # a Monday
FAULT = Subject(
    received_at=at(f"{DAY} 10:00"),
    state="in_progress",
    category="fault",
    channel="portal",
    region="上海市",
    mode="remote",
    partner_id=3,
    outlet_id=4,
    owner_id=5,
    customer_id=6,
    product_line_id=7,
    accepted_at=at(f"{DAY} 11:00"),
    completed_at=None,
    cancelled_at=None,
    rejections=0,
    cycle=1,
)


def fault():
    return (
        Story(f"{DAY} 10:00")
        .add("register", f"{DAY} 10:10", category="fault")
        .add("dispatch", f"{DAY} 10:20")
        .add("accept", f"{DAY} 11:00")
    )


def fact(story, now, **columns):
    clocks = compute(story.case, story.events, DEFAULT_POLICY, CALENDAR, at(now))
    return fact_of(replace(FAULT, **columns), clocks, story.events, at(now))


def test_a_ticket_belongs_to_the_day_and_quarter_of_its_receipt_in_shanghai():
    early = Story("2026-04-01 00:30", "fault")  # still March in UTC
    row = fact(early, "2026-04-01 01:00", received_at=at("2026-04-01 00:30"), accepted_at=None)
    assert (row["received_on"].isoformat(), row["quarter"]) == ("2026-04-01", Quarter(2026, 2).index)
    assert early.case.received_at.tzinfo is LOCAL


@pytest.mark.parametrize(
    ("state", "counted", "resolved"),
    [("cancelled", False, False), ("resolved", True, True), ("closed", True, True), ("reassessing", True, False)],
)
def test_cancelled_tickets_do_not_count_and_only_confirmed_ones_are_resolved(state, counted, resolved):
    row = fact(fault(), f"{DAY} 12:00", state=state)
    assert (row["counted"], row["resolved"]) == (counted, resolved)


@pytest.mark.parametrize(
    ("category", "repair"), [("emergency", True), ("fault", True), ("consultation", False), ("complaint", False)]
)
def test_r089_only_faults_are_repairs(category, repair):
    assert fact(fault(), f"{DAY} 12:00", category=category)["repair"] is repair


def test_what_happened_is_counted_from_the_journal():
    story = fault().add("transfer", f"{DAY} 12:00").add("arrive", f"{DAY} 13:00").add("arrive", f"{DAY} 14:00")
    row = fact(story.add("escalate", f"{DAY} 15:00"), f"{DAY} 16:00", cycle=3, rejections=2, mode="on_site")
    assert (row["dispatches"], row["visits"], row["escalated"], row["on_site"]) == (2, 2, True, True)
    assert (row["reopenings"], row["rejections"]) == (2, 2)


def test_a_ticket_that_no_journal_dispatched_is_dispatched_when_it_has_a_partner():
    silent = Story(f"{DAY} 10:00", "fault")
    assert fact(silent, f"{DAY} 12:00")["dispatched"]
    assert not fact(silent, f"{DAY} 12:00", partner_id=None)["dispatched"]


@pytest.mark.parametrize("verb", ["complete", "answer"])
def test_completed_is_said_by_the_journal_or_by_the_row(verb):
    assert not fact(fault(), f"{DAY} 12:00")["completed"]
    assert fact(fault().add(verb, f"{DAY} 12:00"), f"{DAY} 13:00")["completed"]
    assert fact(fault(), f"{DAY} 12:00", completed_at=at(f"{DAY} 12:00"))["completed"]


@pytest.mark.parametrize(
    ("now", "ended", "days"),
    [
        (f"{DAY} 23:59", {}, 1),
        ("2026-03-03 00:01", {}, 2),
        ("2026-03-20 12:00", {"completed_at": at("2026-03-04 09:00")}, 3),
        ("2026-03-20 12:00", {"cancelled_at": at("2026-03-02 12:00")}, 1),
        ("2026-03-20 12:00", {"accepted_at": None}, 0),
    ],
)
def test_r212_days_open_run_from_acceptance_to_the_end(now, ended, days):
    assert fact(fault(), now, **ended)["open_days"] == days


def test_r212_a_day_with_two_entries_is_one_day_and_days_outside_do_not_count():
    story = fault().add("progress", f"{DAY} 12:00").add("progress", f"{DAY} 20:00").add("progress", "2026-03-05 09:00")
    row = fact(story, "2026-03-06 09:00", completed_at=at("2026-03-03 18:00"))
    assert (row["open_days"], row["progress_days"]) == (2, 1)


def test_a_clock_that_runs_says_nothing_yet():
    row = fact(fault(), f"{DAY} 11:30")
    assert (row["response_met"], row["resolution_met"]) == (None, None)
    assert row["response_due_at"] == at(f"{DAY} 12:00")
    assert row["response_ms"] is None


def test_a_clock_overdue_and_not_stopped_is_still_open():
    """Whoever counts compares the due time with now: the row need not be written again when time passes."""
    assert fact(fault(), "2026-03-09 10:00")["resolution_met"] is None


@pytest.mark.parametrize(("when", "met"), [("12:00", True), ("12:01", False)])
def test_r200_response_is_met_up_to_the_last_minute(when, met):
    row = fact(fault().add("contact", f"{DAY} {when}", **CALL), f"{DAY} 15:00")
    assert row["response_met"] is met
    assert row["response_ms"] == (120 if met else 121) * 60_000


def test_every_cycle_of_resolution_must_be_met():
    story = fault().add("complete", "2026-03-06 10:00").add("confirm", "2026-03-06 11:00")  # too late by a day
    assert fact(story, "2026-03-06 12:00")["resolution_met"] is False
    story.add("reopen", "2026-03-07 10:00").add("complete", "2026-03-07 11:00").add("confirm", "2026-03-07 12:00")
    assert fact(story, "2026-03-08 12:00", cycle=2)["resolution_met"] is False


def test_r204_acceptances_are_counted_each_and_void_ones_not():
    story = fault().add("transfer", f"{DAY} 12:00").add("accept", f"{DAY} 13:01").add("transfer", f"{DAY} 14:00")
    row = fact(story, f"{DAY} 14:10")
    assert (row["acceptance_stopped"], row["acceptance_met"]) == (2, 1)
    assert row["acceptance_due_at"] == at(f"{DAY} 15:00")
    story.add("cancel", f"{DAY} 14:20")
    assert fact(story, f"{DAY} 14:30")["acceptance_due_at"] is None


def test_r202_feedback_is_a_matter_of_complaints_alone():
    complaint = (
        Story(f"{DAY} 10:00", "complaint").add("complete", "2026-03-03 10:00").add("confirm", "2026-03-03 11:00")
    )
    assert fact(complaint, "2026-03-04 10:00", category="complaint")["feedback_met"] is True
    assert fact(fault(), f"{DAY} 12:00")["feedback_met"] is None
