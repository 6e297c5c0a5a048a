"""What the admin pages of the partner network have in common."""

from typing import Any

from django.http import HttpRequest

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
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


class SummaryInline(BaseTabularInline):
    """A look at the rows below; each has a page of its own."""

    roles_view = READERS
    show_change_link = True
    can_delete = False
    per_page = 20

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields
