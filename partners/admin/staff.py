"""Staff with their certificates (R115, R173, R175)."""

from typing import Any

from django.contrib import admin
from django.db.models import Max, Q, QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import certificate
from partners.admin.base import MANAGER, NetworkAdmin
from partners.models import Certificate, Staff
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseTabularInline
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.masking import MaskedRows
from portal.kernel import clock
from portal.webkit.show import masked_phone


class CertificateInline(BaseTabularInline):
    model = Certificate
    roles_view = READERS
    roles_add = roles_change = MANAGER
    fields = ("number", "product_line", "valid_from", "valid_until")
    hide_title = True


@admin.register(Staff)
class StaffAdmin(MaskedRows, NetworkAdmin):
    personal_fields = ("phone",)
    ordering = ("number",)
    inlines = (CertificateInline,)
    list_display = ("name", "number", "post", "outlet", "shown_phone", "certified_until", "on_duty", "active")
    list_filter = (
        ("post", ChoicesDropdownFilter),
        ("outlet__partner", ScopedRelatedFilter),
        ("certificates__product_line", ScopedRelatedFilter),
        "on_duty",
        "active",
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "name", "outlet__name", "outlet__partner__short_name")
    search_help_text = _("Employee number, name or outlet")
    autocomplete_fields = ("outlet", "user")
    fieldsets = ((None, {"fields": ("outlet", ("number", "name"), ("post", "phone"), "user", ("on_duty", "active"))}),)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Who sees no telephone numbers cannot find out about one by searching either."""
        return (*self.search_fields, "phone") if self.handles(request) else self.search_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("outlet", "outlet__partner")
        return rows.annotate(last_certificate=Max("certificates__valid_until", filter=Q(certificates__revoked_at=None)))

    @display(description=_("Telephone"))
    def shown_phone(self, row: Staff) -> str:
        return masked_phone(row.phone)

    @display(description=_("Certified until"), ordering="last_certificate", label={"ok": "success", "over": "danger"})
    def certified_until(self, row: Staff) -> Any:
        if row.last_certificate is None:
            return None
        return ("ok" if row.last_certificate >= clock.today() else "over"), row.last_certificate.isoformat()

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseFormSet, change: bool) -> None:
        """A new certificate is issued: the holder's journal says so."""
        for row in formset.save(commit=False):
            if row._state.adding:
                certificate.register(request.actor, row)
            else:
                row.save()
        formset.save_m2m()
