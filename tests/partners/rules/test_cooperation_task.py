"""Tasks: who may what, and whom a day tells (R073, R077)."""

from datetime import date, timedelta

import pytest

from partners.choices.cooperation import TaskState
from partners.rules.cooperation_task import gives_tasks, is_open, later, level, may_finish, overdue
from portal.accounts.roles import Role

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "told"),
    [(-3, ""), (-2, "soon"), (0, "soon"), (1, "overdue"), (2, "overdue"), (3, "late"), (30, "late")],
)
def test_whom_a_day_tells(days, told):
    assert level(DUE, DUE + timedelta(days=days)) == told


def test_the_due_day_is_in_time_and_only_open_tasks_are_late():
    assert not overdue(TaskState.OPEN, DUE, DUE)
    assert overdue(TaskState.OPEN, DUE, DUE + timedelta(days=1))
    assert not overdue(TaskState.DONE, DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("role", "own", "state", "yes"),
    [
        (Role.TECHNICIAN, True, TaskState.OPEN, True),
        (Role.TECHNICIAN, False, TaskState.OPEN, False),
        (Role.PARTNER_MANAGER, False, TaskState.OPEN, True),
        (Role.BRAND_MANAGER, False, TaskState.OPEN, True),
        (Role.LEGAL, False, TaskState.OPEN, False),
        (Role.TECHNICIAN, True, TaskState.DONE, False),
    ],
)
def test_who_reports_a_task(role, own, state, yes):
    assert bool(may_finish(role, own=own, state=state)) is yes


def test_a_new_day_lies_later_and_ahead():
    assert later(DUE, DUE + timedelta(days=1), DUE)
    assert not later(DUE, DUE, DUE)
    assert not later(DUE, DUE + timedelta(days=1), DUE + timedelta(days=2))


def test_brand_managers_give_and_a_closed_task_says_what_it_is():
    assert gives_tasks(Role.BRAND_MANAGER)
    assert not gives_tasks(Role.PARTNER_MANAGER)
    assert is_open(TaskState.CANCELLED).wrong_state
