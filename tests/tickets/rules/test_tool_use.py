"""When a diagnostic tool may be opened from a ticket (R020)."""

import pytest

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from tickets.choices import TicketState
from tickets.rules.permission import Standing
from tickets.rules.tool_use import OPEN, may_diagnose

ANN = Actor(Role.TECHNICIAN, user_id=7, organisation_id=1)


def standing(state: str = TicketState.IN_PROGRESS, owner: int | None = 7) -> Standing:
    return Standing(
        ticket_id=1, state=state, category="fault", region="上海市", organisation_id=1, owner_user_id=owner,
        accused_user_id=None, begun=True, partner_standing="active", partner_name="A",
    )  # fmt: skip


@pytest.mark.parametrize("state", list(TicketState))
def test_r020_only_while_somebody_works_on_it(state):
    verdict = may_diagnose(ANN, standing(state))
    assert bool(verdict) is (state in OPEN)
    assert verdict or verdict.wrong_state


def test_r020_only_the_responsible_technician_or_a_manager():
    assert not may_diagnose(ANN, standing(owner=8))
    assert may_diagnose(Actor(Role.PARTNER_MANAGER, user_id=3, organisation_id=1), standing())
    for role in set(Role) - {Role.TECHNICIAN, Role.PARTNER_MANAGER}:
        assert not may_diagnose(Actor(role, user_id=9, organisation_id=1), standing())
