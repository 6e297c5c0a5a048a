"""Who manages partners."""

import pytest

from partners.rules.permission import manages_partners
from portal.accounts.roles import Role


@pytest.mark.parametrize("role", [*Role, None])
def test_brand_managers_and_the_system_only(role):
    assert bool(manages_partners(role)) == (role in (Role.BRAND_MANAGER, Role.SYSTEM))
