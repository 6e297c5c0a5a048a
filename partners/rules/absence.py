"""Who keeps the absences of staff: the partner's manager for his people, brand managers for all (spec/roles.md)."""

from django.utils.translation import gettext as _

from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

KEEPERS = frozenset({Role.PARTNER_MANAGER, Role.BRAND_MANAGER, Role.SYSTEM})


def keeps_absences(role: Role | None) -> Verdict:
    """Whether the role may note, change and cancel absences (R103: somebody always answers)."""
    return ALLOWED if role in KEEPERS else Denied(_("Only the partner's manager keeps absences."))
