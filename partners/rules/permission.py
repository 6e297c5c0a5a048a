"""Who manages the partner network (R016, R031, R115; spec/roles.md)."""

from django.utils.translation import gettext as _

from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: May change partners, outlets, staff, contracts and products.
MANAGERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})


def manages_partners(role: Role | None) -> Verdict:
    """Whether the role may change standing, contracts and certificates."""
    return ALLOWED if role in MANAGERS else Denied(_("Only brand managers manage partners."))
