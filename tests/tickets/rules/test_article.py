"""Who attaches articles and who contributes from a ticket (R018, R178)."""

import pytest

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from tickets.choices import Category, TicketState
from tickets.rules import article
from tickets.rules.permission import Standing


def standing(state: str = TicketState.IN_PROGRESS, owner: int = 7) -> Standing:
    return Standing(1, state, Category.FAULT, "上海市", 3, owner)


def test_r018_who_handles_tickets_attaches():
    roles = {role for role in Role if article.may_use(Actor(role=role, user_id=7, organisation_id=3), standing())}
    assert roles == article.USERS
    assert not article.may_use(Actor(role=Role.TECHNICIAN, user_id=8, organisation_id=3), standing())
    assert not article.may_use(Actor(role=Role.SERVICE_DESK, user_id=1), standing(TicketState.CANCELLED))


@pytest.mark.parametrize("state", TicketState.values)
def test_r178_only_what_is_solved_is_contributed(state):
    ann = Actor(role=Role.TECHNICIAN, user_id=7, organisation_id=3)
    assert bool(article.may_contribute(ann, standing(state))) is (state in article.SOLVED)
    assert not article.may_contribute(Actor(role=Role.TECHNICIAN, user_id=8), standing(state))
    assert not article.may_contribute(Actor(role=Role.SERVICE_DESK, user_id=7), standing(state))
