"""Certificates: issue, record, revoke, print (R115, R175)."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from partners.actions import certificate
from partners.admin.base import NetworkAdmin
from partners.choices.training import CertificateState
from partners.forms.certificate import CertificateForm, RevokeForm
from partners.models import Certificate
from partners.queries.training import partner_figures
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.kernel import clock
from portal.webkit import show


@admin.register(Certificate)
class CertificateAdmin(DeedAdmin, NetworkAdmin):
    form = CertificateForm
    change_list_template = "admin/partners/certificate_list.html"
    deeds = {"revoke": Deed(_("Revoke"), RevokeForm, lambda row: row.revoked_at is None, grave=True)}
    ordering = ("-valid_from", "-pk")
    list_display = ("number", "holder", "subject", "valid_from", "valid_until", "standing_badge", "source", "paper")
    list_filter = (
        ("product_line", ScopedRelatedFilter),
        ("course", ScopedRelatedFilter),
        ("staff__outlet__partner", ScopedRelatedFilter),
        ("source", ChoicesDropdownFilter),
        ("valid_until", RangeDateFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "staff__name", "staff__number")
    search_help_text = _("Certificate number or holder")
    autocomplete_fields = ("staff", "product_line", "course")
    readonly_fields = ("standing_badge", "revoked_reason", "paper")
    fieldsets = (
        (None, {"fields": ("staff", ("course", "product_line"), "number", ("valid_from", "valid_until"), "reason")}),
        (_("State"), {"fields": (("standing_badge", "paper"), "revoked_reason")}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.figures_view))
        return [path("figures/", view, name="partners_certificate_figures"), *super().get_urls()]

    def figures_view(self, request: HttpRequest) -> HttpResponseBase:
        """Share certified of each partner in sight, the lowest first (R017, R115)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = partner_figures(request.actor, clock.today())
        people, certified = sum(row.people for row in rows), sum(row.certified for row in rows)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Training figures by partner"),
            "opts": self.opts,
            "back": reverse("admin:partners_certificate_changelist"),
            "rows": rows,
            "people": people,
            "certified": certified,
            "percent": 100 * certified // people if people else None,
        }
        return TemplateResponse(request, "admin/partners/training_figures.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("staff__outlet", "product_line", "course")

    @display(description=_("Staff member"), ordering="staff__name")
    def holder(self, row: Certificate) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.staff.name, row.staff.outlet)

    @display(description=_("For"))
    def subject(self, row: Certificate) -> str:
        return row.subject

    @display(description=_("State"), ordering="valid_until")
    def standing_badge(self, row: Certificate) -> Any:
        return show.badge(row.standing, CertificateState) if row.pk else "—"

    @display(description="PDF")
    def paper(self, row: Certificate) -> Any:
        if not row.pk:
            return "—"
        address = reverse("certificate_pdf", args=[row.pk])
        return format_html('<a class="text-primary-600" href="{}">PDF</a>', address)

    def save_model(self, request: HttpRequest, obj: Certificate, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        elif obj.number:
            certificate.register(request.actor, obj)
        else:
            certificate.issue_by_hand(request.actor, obj)
