"""Who keeps absences (R103)."""

import pytest

from partners.rules.absence import keeps_absences
from portal.accounts.roles import Role


@pytest.mark.parametrize("role", Role)
def test_managers_keep_absences(role):
    verdict = keeps_absences(role)
    assert bool(verdict) == (role in {Role.PARTNER_MANAGER, Role.BRAND_MANAGER, Role.SYSTEM})
    assert verdict or str(verdict.reason)
