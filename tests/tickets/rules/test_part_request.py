"""When a promise is kept, and whose step is whose (R086, R090, R180)."""

from datetime import date, datetime

import pytest

from portal.accounts.roles import Role
from portal.kernel import clock
from tickets.choices.part_request import OPEN_REQUEST
from tickets.choices.part_request import RequestState as S
from tickets.rules import part_request as rules

DAY = date(2026, 7, 3)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


@pytest.mark.parametrize(
    ("supplied", "kept"),
    [("2026-07-03 23:59:59", True), ("2026-07-04 00:00:00", False), ("2026-07-01 08:00:00", True)],
)
def test_r086_to_the_end_of_the_promised_day(supplied, kept):
    assert rules.in_time(DAY, at(supplied)) is kept


def test_what_was_never_promised_is_never_late():
    assert rules.in_time(None, None)
    assert not rules.is_late(S.REQUESTED, None, None, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("state", "supplied", "today", "late"),
    [
        (S.PROMISED, None, DAY, False),
        (S.PROMISED, None, date(2026, 7, 4), True),
        (S.SHIPPED, None, date(2026, 7, 4), True),
        (S.SUPPLIED, "2026-07-04 09:00", date(2026, 7, 9), True),
        (S.SUPPLIED, "2026-07-03 09:00", date(2026, 7, 9), False),
        (S.CANCELLED, None, date(2026, 7, 9), False),
    ],
)
def test_r090_what_is_late(state, supplied, today, late):
    assert rules.is_late(state, DAY, at(supplied) if supplied else None, today) is late


@pytest.mark.parametrize("step", rules.STEPS)
def test_each_step_asks_role_and_state(step):
    for state in S:
        allowed = {role for role in Role if rules.may(role, step, state)}
        assert allowed == (set(rules.WHO[step]) if state in rules.STEPS[step] else set())
    assert not any(rules.may(Role.AUDITOR, step, state) for state in S)


def test_while_a_request_is_open_somebody_waits():
    assert set(S) - OPEN_REQUEST == {S.SUPPLIED, S.CANCELLED}
