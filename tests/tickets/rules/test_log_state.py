"""Replaying the steps of a log to the state of a ticket; guards do not refuse history (R057)."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.rules.log_case import case_of
from tickets.rules.log_row import Happening, LogRow
from tickets.rules.log_state import replay, with_implied

START = datetime(2020, 1, 1, tzinfo=UTC)


def at(hour):
    return START + timedelta(hours=hour)


def story(words):
    """'receive complete' as happenings an hour apart."""
    return [Happening(word, at(hour), "Ann", activity=f"{word} {hour}") for hour, word in enumerate(words.split())]


def verbs(happenings):
    return " ".join(each.verb for each in happenings)


def implied(words, status="", ends=True):
    return with_implied(story(words), status, ends=ends, label="log")


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("receive", "received"),
        ("receive register", "registered"),
        ("receive accept suspend", "suspended"),
        ("receive accept suspend accept", "accepted"),
        ("receive complete", "pending_confirmation"),
        ("receive complete note", "pending_confirmation"),
        ("receive complete close", "closed"),
        ("receive close", "closed"),
        ("receive complete confirm", "resolved"),
        ("receive complete reject", "reassessing"),
        ("receive complete accept", "accepted"),
        ("receive cancel", "cancelled"),
    ],
)
def test_the_last_step_decides(words, state):
    assert replay(story(words)).state == state


def test_times_and_counters():
    steps = "receive register dispatch accept arrive start escalate complete reject decline complete confirm close"
    outcome = replay(story(f"{steps} close"))
    assert outcome.received_at == at(0)
    assert (outcome.registered_at, outcome.dispatched_at, outcome.accepted_at) == (at(1), at(2), at(3))
    assert (outcome.arrived_at, outcome.started_at, outcome.completed_at) == (at(4), at(5), at(10))
    assert (outcome.confirmed_at, outcome.closed_at) == (at(11), at(12))
    assert (outcome.rejections, outcome.declines, outcome.support_level) == (1, 1, 2)


def test_closed_without_completion_ends_with_the_closing():
    assert replay(story("receive close")).completed_at == at(1)


def test_an_unfinished_ticket_has_no_completion():
    assert replay(story("receive complete accept")).completed_at is None


def test_the_status_speaks_where_the_steps_say_nothing():
    assert replay(story("receive"), "in_progress").state == "in_progress"
    assert replay(story("receive complete close"), "in_progress").state == "closed"
    assert replay(story("receive"), "open").state == "received"


def test_reasons_are_kept():
    waiting = Happening("suspend", at(1), facts={"reason": "parts"})
    gone = Happening("cancel", at(2), facts={"reason": "duplicate"})
    assert replay([waiting]).suspend_reason == "parts"
    assert replay([waiting, gone]).suspend_reason == ""
    assert replay([gone]).cancel_reason == "duplicate"
    assert replay(story("cancel")).cancel_reason == "withdrawn"


@pytest.mark.parametrize(
    ("words", "status", "ends", "told"),
    [
        ("accept", "", True, "receive accept"),
        ("receive complete", "", True, "receive complete close"),
        ("receive complete note", "", True, "receive complete close note"),
        ("receive complete", "", False, "receive complete"),
        ("receive complete", "closed", False, "receive complete close"),
        ("receive complete", "resolved", True, "receive complete confirm"),
        ("receive complete", "open", True, "receive complete"),
        ("receive complete accept", "", True, "receive complete accept"),
        ("receive close accept", "", False, "receive close reopen accept"),
        ("receive close reopen accept", "", False, "receive close reopen accept"),
        ("receive close note close", "", False, "receive close note close"),
        ("receive accept", "cancelled", True, "receive accept cancel"),
        ("receive cancel", "duplicate", True, "receive cancel"),
    ],
)
def test_what_the_log_implies(words, status, ends, told):
    assert verbs(implied(words, status, ends)) == told


def test_a_duplicate_leaves_at_its_closing_and_completes_nothing():
    happenings = [Happening("receive", at(0), "log"), Happening("complete", at(5), "log")]
    told = with_implied(happenings, "duplicate", ends=True, label="log")
    assert [(each.verb, each.at) for each in told] == [("receive", at(0)), ("cancel", at(5))]
    assert replay(told).cancel_reason == "duplicate"
    assert with_implied([], "duplicate", ends=True, label="log") == []


def test_events_of_one_moment_keep_the_order_of_the_file():
    events = [Happening("accept", at(1)), Happening("receive", at(1)), Happening("complete", at(1))]
    assert verbs(with_implied(events, "", ends=False, label="log")) == "receive accept complete"


def row(line, word, hour, **fields):
    return LogRow(line, "T", fields, (Happening(word, at(hour), "Ann", word),))


def test_rows_of_a_ticket_make_one_case():
    case = case_of([row(2, "accept", 1, partner="A", customer="C"), row(3, "complete", 2, partner="B")], "events")
    assert (case.fields, case.first_partner, case.lines) == ({"partner": "B", "customer": "C"}, "A", [2, 3])
    assert case.get("channel") == "import"
    assert verbs(case.told((), ends=True, label="log")) == "receive accept complete close"


def test_an_event_before_the_receipt_is_refused():
    case = case_of([row(2, "accept", 1), row(3, "receive", 2), row(4, "complete", 3)], "events")
    assert ([line for line, _reason in case.refused], case.lines) == ([2], [3, 4])
    assert case_of([], "events") is None


def test_a_second_row_of_the_same_ticket_is_refused():
    case = case_of([row(2, "receive", 1), row(9, "receive", 2)], "tickets")
    assert [line for line, _reason in case.refused] == [9]
    assert "2" in case.refused[0][1]


def known(happenings):
    return [Happening(each.verb, each.at, each.label, each.activity, each.facts, known=True) for each in happenings]


def test_what_the_journal_knows_is_not_told_again():
    case = case_of([row(2, "accept", 1), row(3, "accept", 1), row(4, "complete", 3)], "events")
    first = case.told((), ends=True, label="log")
    assert verbs(first) == "receive accept accept complete close"
    again = case.told(known(first), ends=True, label="log")
    assert all(each.known for each in again)


def test_a_file_that_grew_adds_only_what_is_new():
    first = known(case_of([row(2, "accept", 1), row(3, "complete", 2)], "events").told((), ends=True, label="log"))
    grown = case_of([row(2, "accept", 1), row(3, "complete", 2), row(4, "complete", 5)], "events")
    told = grown.told(first, ends=True, label="log")
    assert [(each.verb, each.at) for each in told if not each.known] == [
        ("reopen", at(5)),
        ("complete", at(5)),
        ("close", at(5)),
    ]


def test_score_and_remark_are_the_customers_voice():
    rated = case_of([row(2, "complete", 1, score="2", remark="slow")], "events")
    told = rated.told((), ends=True, label="log")
    assert (told[-1].verb, told[-1].facts["overall"], told[-1].facts["low_score"]) == ("rate", 2, True)
    assert all(each.known for each in rated.told(known(told), ends=True, label="log"))
    silent = case_of([row(2, "complete", 1, remark="slow")], "events")
    told = silent.told((), ends=True, label="log")
    assert (told[-1].verb, told[-1].facts["note"]) == ("note", "slow")
    assert all(each.known for each in silent.told(known(told), ends=True, label="log"))
