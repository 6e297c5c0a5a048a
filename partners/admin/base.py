"""What the admin pages of the partner network have in common."""

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.exchange.sheet_admin import SheetAdmin

MANAGER = frozenset({Role.BRAND_MANAGER})


class NetworkAdmin(SheetAdmin, BaseAdmin):
    """Brand managers change, the other departments and the auditor read."""

    roles_view = READERS
    roles_add = MANAGER
    roles_change = MANAGER
    roles_import = MANAGER
    roles_export = DESK | {Role.AUDITOR, Role.LEGAL}
    roles_unmask = MANAGER
