"""What the admin pages of the partner network have in common."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

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
    hide_title = True
    can_delete = False
    per_page = 20

    @display(description=_("Page"))
    def page(self, row: Any) -> SafeString:
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        return format_html('<a class="text-primary-600" href="{}">{}</a>', url, self.page_words(row))

    def page_words(self, row: Any) -> str:
        """What the link to the row's page says."""
        return str(row)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields
