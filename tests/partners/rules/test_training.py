"""Who may enrol, record, vouch; how a requirement stands; warnings and terms (R115, R142, R173, R175)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from partners.rules import certificate_code, training
from partners.rules.qualification import Term, due_warning, is_met, months_later, state_of
from portal.accounts.roles import Role

TODAY = date(2026, 11, 26)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("role", "himself", "open_to_all", "allowed"),
    [
        (Role.PARTNER_MANAGER, False, False, True),
        (Role.BRAND_MANAGER, False, False, True),
        (Role.TECHNICIAN, True, True, True),
        (Role.TECHNICIAN, True, False, False),
        (Role.TECHNICIAN, False, True, False),
        (Role.DISPATCHER, False, True, False),
        (None, False, True, False),
    ],
)
def test_r142_who_may_enrol(role, himself, open_to_all, allowed):
    assert bool(training.may_enrol(role, himself=himself, self_enrolment=open_to_all)) is allowed


@pytest.mark.parametrize(
    ("role", "trainer", "allowed"),
    [
        (Role.TECHNICAL, True, True),
        (Role.TECHNICAL, False, False),
        (Role.BRAND_MANAGER, False, True),
        (Role.PARTNER_MANAGER, True, False),
    ],
)
def test_r115_who_records_attendance(role, trainer, allowed):
    assert bool(training.may_record(role, is_trainer=trainer)) is allowed


def test_r142_the_last_seat_is_given_and_the_next_one_waits():
    assert [training.seat_for(taken, 2) for taken in (1, 2, 3)] == ["enrolled", "waiting", "waiting"]


def test_r142_a_session_closes_when_it_begins():
    begins = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    assert training.still_open(begins, None, begins - timedelta(seconds=1))
    assert not training.still_open(begins, None, begins)
    assert not training.still_open(begins, begins, begins - timedelta(days=1))


@pytest.mark.parametrize(
    ("terms", "state"),
    [
        ([], "missing"),
        ([Term(day(-9), day(0))], "expiring"),
        ([Term(day(-9), day(-1))], "expired"),
        ([Term(day(-9), day(90))], "held"),
        ([Term(day(-9), day(89))], "expiring"),
        ([Term(day(-9), day(-1)), Term(day(-2), day(400))], "held"),
        ([Term(day(-9), day(300), revoked=True)], "revoked"),
        ([Term(day(1), day(300))], "missing"),
        ([Term(day(-1))], "held"),
    ],
)
def test_r175_the_state_of_a_requirement(terms, state):
    found, _until = state_of(terms, TODAY)
    assert found == state
    assert is_met(found) is (state in ("held", "expiring"))


@pytest.mark.parametrize(
    ("left", "sent", "due"),
    [
        (91, [], None), (90, [], 90), (31, [90], None), (30, [90], 30), (8, [90, 30], None), (7, [90, 30], 7),
        (0, [90, 30, 7], None), (5, [], 7), (5, [7], None), (-1, [], None), (20, [7], None),
    ],
)  # fmt: skip
def test_r115_each_warning_once_and_only_the_closest(left, sent, due):
    assert due_warning(day(left), TODAY, sent) == due


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (date(2026, 11, 26), 24, date(2028, 11, 25)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_r115_terms_end_the_day_before(begin, months, end):
    assert months_later(begin, months) == end


def test_r035_a_code_fits_its_certificate_alone():
    code = certificate_code.code("secret", 17, "ZS-1")
    assert certificate_code.named(f" {code.lower()} ") == 17
    assert certificate_code.fits("secret", code.lower(), 17, "ZS-1")
    assert not certificate_code.fits("secret", code, 18, "ZS-1")
    assert not certificate_code.fits("other", code, 17, "ZS-1")
    assert certificate_code.named("FW20261126-0001") is None
