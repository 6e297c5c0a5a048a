"""Each kind of clock: what starts it, stops it, makes it void (spec/workflow.md, Clocks)."""

import pytest

from tests.tickets.rules.sla_story import CALENDAR, CALL, Story, at
from tickets.choices import ClockKind, ClockState
from tickets.rules.sla_clock import KINDS, Case, compute, next_due, state_at
from tickets.rules.sla_clock.parts import STATES
from tickets.rules.sla_policy import DEFAULT_POLICY

DAY = "2026-10-09"  # a Friday; the 10th is a make-up Saturday


def registered(category="fault", **case):
    return Story(f"{DAY} 10:00", **case).add("register", f"{DAY} 10:10", category=category)


def test_kinds_and_states_are_those_of_the_choices():
    assert {kind.code for kind in KINDS} <= set(ClockKind.values)
    assert set(STATES) == set(ClockState.values)


# From receipt


def test_a_new_request_runs_two_clocks_until_it_is_classified():
    story = Story(f"{DAY} 10:00")
    assert story.kinds(f"{DAY} 10:01") == ["acknowledgement", "registration"]
    assert story.clock("registration", f"{DAY} 10:01").due_at == at("2026-10-10 18:00")


def test_register_stops_registration_and_acknowledgement_and_starts_the_others_from_receipt():
    story = registered()
    assert story.kinds(f"{DAY} 10:30") == ["acknowledgement", "registration", "response", "resolution"]
    assert story.clock("acknowledgement", f"{DAY} 10:30").state == "met"
    assert story.clock("registration", f"{DAY} 10:30").stopped_by == "register"
    assert story.clock("response", f"{DAY} 10:30").due_at == at(f"{DAY} 12:00")
    assert story.clock("resolution", f"{DAY} 10:30").due_at == at("2026-10-12 10:00")


def test_acknowledgement_on_chat_is_one_minute_and_a_contact_stops_it():
    story = Story(f"{DAY} 10:00", channel="chat").add("contact", f"{DAY} 10:02", outward=True)
    clock = story.clock("acknowledgement", f"{DAY} 11:00")
    assert (clock.state, clock.missed_s, clock.breached_at) == ("breached", 60, at(f"{DAY} 10:01"))


def test_a_complaint_has_its_own_clocks():
    story = registered("complaint")
    due = {clock.kind: clock.due_at for clock in story.clocks(f"{DAY} 10:30")}
    assert due["response"] == at("2026-10-10 18:00")
    assert due["complaint_response"] == at("2026-10-10 10:00")
    assert due["complaint_feedback"] == at("2026-10-11 10:00")
    assert due["resolution"] == at("2026-10-15 18:00")
    assert "emergency_call" not in due


def test_complaint_feedback_wants_an_opinion_not_any_contact():
    story = registered("complaint").add("contact", f"{DAY} 11:00", **CALL)
    assert story.clock("complaint_response", f"{DAY} 12:00").state == "met"
    assert story.clock("complaint_feedback", f"{DAY} 12:00").state == "running"
    story.add("contact", f"{DAY} 12:30", outward=True, opinion="将更换配件")
    assert story.clock("complaint_feedback", f"{DAY} 13:00").state == "met"


# Acceptance, arrival


def test_acceptance_is_one_hour_from_dispatch():
    story = registered().add("dispatch", f"{DAY} 11:00")
    assert story.clock("acceptance", f"{DAY} 12:00").state == "running"
    story.add("accept", f"{DAY} 12:00")
    assert story.clock("acceptance", f"{DAY} 13:00").state == "met"


def test_each_dispatch_is_a_cycle_and_decline_voids_it():
    story = registered().add("dispatch", f"{DAY} 11:00").add("decline", f"{DAY} 11:20").add("dispatch", f"{DAY} 11:30")
    assert story.clock("acceptance", f"{DAY} 11:40").state == "void"
    assert story.clock("acceptance", f"{DAY} 11:40").elapsed_s == 20 * 60
    assert story.clock("acceptance", f"{DAY} 11:40", cycle=2).due_at == at(f"{DAY} 12:30")


def test_a_late_decline_does_not_hide_the_breach():
    story = registered().add("dispatch", f"{DAY} 11:00").add("decline", f"{DAY} 12:30")
    clock = story.clock("acceptance", f"{DAY} 13:00")
    assert (clock.state, clock.missed_s) == ("breached", 1800)


def test_transfer_ends_one_acceptance_and_starts_the_next():
    story = registered().add("dispatch", f"{DAY} 11:00").add("transfer", f"{DAY} 11:30")
    assert story.clock("acceptance", f"{DAY} 11:40").state == "void"
    assert story.clock("acceptance", f"{DAY} 11:40", cycle=2).started_by == "transfer"


def test_a_second_dispatch_replaces_the_running_one():
    story = registered().add("dispatch", f"{DAY} 11:00").add("dispatch", f"{DAY} 11:10")
    assert [story.clock("acceptance", f"{DAY} 11:20", cycle=n).state for n in (1, 2)] == ["void", "running"]


def test_r208_arrival_runs_only_on_site():
    story = registered("emergency").add("dispatch", f"{DAY} 11:00").add("accept", f"{DAY} 11:10")
    assert story.clock("arrival", f"{DAY} 11:30") is None
    story.add("diagnose", f"{DAY} 12:00", mode="on_site")
    assert story.clock("arrival", f"{DAY} 13:00").due_at == at("2026-10-10 11:00")
    story.add("arrive", f"{DAY} 14:00")
    assert story.clock("arrival", f"{DAY} 15:00").state == "met"


def test_arrival_becomes_void_when_the_work_turns_remote():
    story = registered(mode="on_site").add("dispatch", f"{DAY} 11:00").add("diagnose", f"{DAY} 12:00", mode="remote")
    clock = story.clock("arrival", f"{DAY} 13:00")
    assert (clock.state, clock.stopped_by, clock.stopped_at) == ("void", "reclassify", at(f"{DAY} 12:00"))


def test_an_arrival_before_the_work_turned_remote_stays_met():
    story = registered(mode="on_site").add("dispatch", f"{DAY} 11:00").add("arrive", f"{DAY} 11:30")
    assert story.add("diagnose", f"{DAY} 12:00", mode="remote").clock("arrival", f"{DAY} 13:00").state == "met"


# Resolution


def worked(category="fault", **case):
    return registered(category, **case).add("dispatch", f"{DAY} 10:20").add("accept", f"{DAY} 10:30")


def test_a_completion_stops_resolution_for_the_time_being():
    story = worked().add("complete", "2026-10-10 10:00")
    clock = story.clock("resolution", "2026-10-20 10:00")
    assert (clock.state, clock.provisional, clock.stopped_at) == ("met", True, at("2026-10-10 10:00"))


def test_confirm_keeps_the_time_of_the_completion():
    story = worked().add("complete", "2026-10-10 10:00").add("confirm", "2026-10-20 10:00")
    clock = story.clock("resolution", "2026-10-21 10:00")
    assert (clock.state, clock.provisional, clock.elapsed_s) == ("met", False, 24 * 3600)


def test_r217_reject_counts_on_as_if_never_stopped_and_starts_three_working_days():
    story = worked().add("complete", "2026-10-10 10:00").add("reject", "2026-10-10 11:00")
    assert story.clock("resolution", "2026-10-10 12:00").state == "running"
    assert story.clock("resolution", "2026-10-12 10:01").state == "breached"
    assert story.clock("reassessment", "2026-10-10 12:00").due_at == at("2026-10-14 18:00")
    story.add("diagnose", "2026-10-13 09:00").add("complete", "2026-10-13 10:00").add("confirm", "2026-10-13 11:00")
    clock = story.clock("resolution", "2026-10-14 10:00")
    assert (clock.state, clock.missed_s) == ("breached", 24 * 3600)
    assert story.clock("reassessment", "2026-10-14 10:00").state == "met"


def test_handed_over_before_the_customer_signed_the_work_is_not_done():
    story = worked().add("complete", "2026-10-10 10:00").add("transfer", "2026-10-10 11:00")
    assert story.clock("resolution", "2026-10-10 12:00").state == "running"


def test_an_answer_completes_a_consultation_and_close_confirms_it():
    story = registered("consultation").add("answer", f"{DAY} 15:00").add("close", "2026-10-12 10:00")
    assert story.clock("resolution", "2026-10-13 10:00").stopped_at == at(f"{DAY} 15:00")
    assert story.clock("response", "2026-10-13 10:00").state == "breached"


def test_an_old_log_without_completion_ends_with_its_confirmation():
    story = Story(f"{DAY} 10:00", "fault").add("close", "2026-10-10 10:00")
    clock = story.clock("resolution", "2026-10-13 10:00")
    assert (clock.state, clock.stopped_by) == ("met", "close")


def test_an_old_log_may_complete_twice_and_the_last_counts():
    story = worked().add("complete", f"{DAY} 12:00").add("accept", f"{DAY} 13:00").add("complete", f"{DAY} 15:00")
    assert story.add("close", f"{DAY} 16:00").clock("resolution", "2026-10-13 10:00").stopped_at == at(f"{DAY} 15:00")
    assert story.add("complete", f"{DAY} 17:00").clock("resolution", "2026-10-13 10:00").stopped_at == at(
        f"{DAY} 15:00"
    )


def test_the_sources_own_due_time_holds_for_an_imported_ticket():
    story = worked(source_due_at=at("2026-11-01 08:00")).add("complete", "2026-10-20 10:00")
    clock = story.clock("resolution", "2026-12-01 10:00")
    assert (clock.state, clock.due_at, clock.line.as_rule()) == ("met", at("2026-11-01 08:00"), "resolution:source")
    assert worked().add("complete", "2026-10-20 10:00").clock("resolution", "2026-12-01 10:00").state == "breached"


def test_the_sources_due_time_is_not_that_of_a_second_cycle():
    story = worked(source_due_at=at("2026-11-01 08:00")).add("complete", "2026-10-20 10:00")
    story.add("confirm", "2026-10-20 11:00").add("reopen", "2026-10-21 10:00")
    assert story.clock("resolution", "2026-10-21 11:00", cycle=2).due_at == at("2026-10-24 10:00")


# Cancelled, escalated, followed up


def test_cancel_voids_what_runs_and_leaves_what_was_decided():
    story = worked().add("cancel", f"{DAY} 13:00")
    states = {clock.kind: clock.state for clock in story.clocks(f"{DAY} 14:00")}
    assert states == {
        "acknowledgement": "met",
        "registration": "met",
        "response": "breached",
        "acceptance": "met",
        "resolution": "void",
        "progress_update": "void",
    }
    assert story.clock("response", "2026-10-20 10:00").missed_s == 3600  # it stopped with the ticket


def test_cancel_while_waiting_for_confirmation_voids_the_provisional_stop():
    story = worked().add("complete", f"{DAY} 12:00").add("cancel", f"{DAY} 13:00")
    assert story.clock("resolution", f"{DAY} 14:00").state == "void"


def test_r210_escalation_runs_from_the_finding():
    story = worked().add("diagnose", f"{DAY} 11:00", beyond_capability=True)
    assert story.clock("escalation", f"{DAY} 12:00").due_at == at("2026-10-12 18:00")
    story.add("progress", f"{DAY} 12:00", beyond_capability=True).add("escalate", f"{DAY} 13:00")
    assert story.clock("escalation", f"{DAY} 14:00").state == "met"
    assert story.clock("escalation", f"{DAY} 14:00", cycle=2) is None


def test_follow_up_is_met_by_a_rating_or_a_logged_attempt():
    done = worked().add("complete", f"{DAY} 12:00").add("confirm", f"{DAY} 13:00")
    clock = done.clock("follow_up", f"{DAY} 14:00")
    assert clock.due_at == at("2026-10-12 13:00")
    assert done.add("feedback_asked", f"{DAY} 13:01").clock("follow_up", f"{DAY} 14:00").state == "running"
    assert done.add("follow_up", f"{DAY} 15:00").clock("follow_up", f"{DAY} 16:00").state == "met"


def test_reopening_voids_the_follow_up():
    story = worked().add("complete", f"{DAY} 12:00").add("confirm", f"{DAY} 13:00").add("reopen", f"{DAY} 14:00")
    assert story.clock("follow_up", f"{DAY} 15:00").state == "void"


def test_r223_a_low_score_wants_a_call_back_that_closing_does_not_excuse():
    story = worked().add("complete", f"{DAY} 12:00").add("confirm", f"{DAY} 13:00").add("rate", f"{DAY} 14:00")
    assert story.clock("low_score_callback", f"{DAY} 15:00") is None
    story.add("rate", f"{DAY} 16:00", low_score=True).add("close", f"{DAY} 17:00")
    clock = story.clock("low_score_callback", f"{DAY} 18:00")
    assert (clock.state, clock.due_at) == ("running", at("2026-10-10 18:00"))
    assert story.add("call_back", "2026-10-10 09:00").clock("low_score_callback", "2026-10-11 09:00").state == "met"


# What can be asked of results


def test_next_due_is_the_open_clock_that_falls_due_first():
    assert next_due(worked().clocks(f"{DAY} 10:40")).kind == "response"
    assert next_due(Story(f"{DAY} 10:00").add("cancel", f"{DAY} 10:01").clocks(f"{DAY} 11:00")) is None


def test_an_overdue_clock_asks_until_it_is_stopped():
    story = worked()
    assert story.clock("response", f"{DAY} 15:00").state == "breached"
    assert next_due(story.clocks(f"{DAY} 15:00")).kind == "response"
    story.add("contact", f"{DAY} 15:10", **CALL)
    assert story.clock("response", f"{DAY} 15:20").state == "breached"
    assert next_due(story.clocks(f"{DAY} 15:20")).kind == "progress_update"


def test_a_paused_clock_asks_for_nothing_while_it_rests():
    story = worked().add("contact", f"{DAY} 11:00", **CALL).add("progress", f"{DAY} 11:10")
    story.add("suspend", f"{DAY} 11:30", reason="customer")
    assert next_due(story.clocks(f"{DAY} 12:00")) is None
    assert next_due(story.add("resume", f"{DAY} 12:30").clocks(f"{DAY} 12:40")).kind == "resolution"


@pytest.mark.parametrize(
    ("when", "state"),
    [("10:05", "running"), ("12:00", "running"), ("12:01", "breached"), ("13:00", "breached")],
)
def test_state_at_is_a_matter_of_time_alone(when, state):
    early = worked().clock("response", f"{DAY} 10:40")
    late = worked().add("contact", f"{DAY} 12:30", **CALL).clock("response", f"{DAY} 15:00")
    assert state_at(early, at(f"{DAY} {when}")) == state_at(late, at(f"{DAY} {when}")) == state


def test_state_at_of_decided_and_paused_clocks():
    met = worked().add("contact", f"{DAY} 11:00", **CALL).clock("response", f"{DAY} 15:00")
    assert [state_at(met, at(f"{DAY} {when}")) for when in ("10:59", "11:00")] == ["running", "met"]
    paused = worked().add("suspend", f"{DAY} 11:00", reason="customer").clock("resolution", f"{DAY} 12:00")
    assert state_at(paused, at("2026-12-01 10:00")) == "paused"


def test_events_after_now_have_not_happened():
    story = worked().add("complete", "2026-10-10 10:00")
    assert story.clock("resolution", f"{DAY} 12:00").state == "running"


def test_moments_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="aware"):
        compute(Case(at(DAY).replace(tzinfo=None)), [], DEFAULT_POLICY, CALENDAR, at(DAY))
