"""Who decides what on an application (R105, R038)."""

import pytest

from partners.choices.application import ApplicationState as S
from partners.rules.application import OPEN, STEPS, may
from portal.accounts.roles import Role


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", S)
def test_r105_a_step_has_its_states_and_its_role(name, state):
    allowed = {role for role in Role if may(role, name, state)}
    owed = STEPS[name].who.get(state, frozenset())
    assert allowed == (owed | {Role.SYSTEM} if owed else set())


def test_what_is_decided_is_not_open():
    assert set(S) - set(OPEN) == {S.APPROVED, S.REJECTED}
