"""To whom a ticket may be given (R115, R203, R205)."""

from dataclasses import replace

import pytest
from django.utils import translation

from tickets.rules.dispatching import Candidate, may_own, may_take

FIT = Candidate(outlet_id=7, active=True, on_duty=True, certified=True)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("load", "fits"), [(0, True), (4, True), (5, False), (6, False)])
def test_r203_the_last_free_place_is_given_and_no_more(load, fits):
    assert bool(may_take(True, load, 5)) is fits


def test_r203_a_full_outlet_says_how_full_it_is():
    assert "5 of 5 tickets are open" in may_take(True, 5, 5).reason


def test_r203_who_does_not_serve_the_place_gets_nothing_however_idle():
    assert "does not serve" in may_take(False, 0, 5).reason


def test_r205_somebody_fit_may_own_it():
    assert may_own(FIT, 7)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"outlet_id": 8}, "belong to the outlet"),
        ({"active": False}, "no longer works here"),
        ({"on_duty": False}, "not on duty"),
        ({"certified": False}, "no valid certificate"),
        ({"is_subject_of_complaint": True}, "complaint against himself"),
    ],
)
def test_r115_r205_each_lack_has_its_reason(change, reason):
    assert reason in may_own(replace(FIT, **change), 7).reason


def test_nobody_owns_a_ticket_without_outlet():
    assert not may_own(FIT, None)
