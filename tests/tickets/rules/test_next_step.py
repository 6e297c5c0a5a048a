"""The step to think of first (R022)."""

from itertools import product

import pytest

from tickets.choices import Category as C
from tickets.choices import ClockKind, TicketState
from tickets.choices import ServiceMode as M
from tickets.rules.next_step import leading
from tickets.rules.transition import MOVES


def first(state, category=C.FAULT, mode=M.REMOTE, *, arrived=False, due_kind=""):
    return leading(state, category, mode, arrived=arrived, due_kind=due_kind)


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("dispatched", ("accept", "decline")),
        ("accepted", ("diagnose",)),
        ("diagnosed", ("start",)),
        ("in_progress", ("progress", "complete")),
        ("suspended", ("resume", "progress")),
        ("reassessing", ("diagnose",)),
        ("pending_confirmation", ()),
        ("closed", ()),
    ],
)
def test_the_state_asks_for_its_step(state, steps):
    assert first(state) == steps


def test_whatever_is_offered_is_possible_in_that_state():
    for state, category, mode, kind in product(TicketState.values, C.values, M.values, ["", *ClockKind.values]):
        for name in leading(state, category, mode, arrived=False, due_kind=kind):
            assert state in MOVES[name].sources


def test_a_clock_that_wants_a_talk_comes_first_once_the_ticket_is_taken():
    assert first("accepted", due_kind="response") == ("contact", "diagnose")
    assert first("in_progress", due_kind="emergency_call")[0] == "contact"
    assert first("dispatched", due_kind="emergency_call") == ("accept", "decline")


def test_what_is_beyond_us_is_escalated_first():
    assert first("diagnosed", due_kind="escalation") == ("escalate", "start")


def test_on_site_one_arrives_before_one_completes():
    assert first("in_progress", mode=M.ON_SITE) == ("arrive", "progress", "complete")
    assert first("in_progress", mode=M.ON_SITE, arrived=True) == ("progress", "complete")
    assert first("diagnosed", mode=M.ON_SITE) == ("start", "arrive")


def test_a_consultation_is_answered():
    assert first("accepted", C.CONSULTATION) == ("answer", "diagnose")
