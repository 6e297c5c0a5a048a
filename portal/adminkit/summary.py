"""A look at the rows below a row; each has a page of its own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.adminkit.base import BaseTabularInline


class PageLink:
    """Mixin of inlines: `page` is a link to the row's own page."""

    hide_title = True

    @display(description=_("Page"))
    def page(self, row: Any) -> SafeString | str:
        if not row.pk:
            return "—"
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        return format_html('<a class="text-primary-600" href="{}">{}</a>', url, row)


class SummaryInline(PageLink, BaseTabularInline):
    """Read only: `fields` may name `page`."""

    can_delete = False
    per_page = 20

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields
