"""Product lines and models (R187)."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.admin.base import NetworkAdmin
from partners.models import ProductLine, ProductModel
from portal.adminkit.filters import ScopedRelatedFilter


@admin.register(ProductLine)
class ProductLineAdmin(NetworkAdmin):
    list_display = ("code", "name", "needs_certificate")
    list_filter = ("needs_certificate",)
    search_fields = ("code", "name")


@admin.register(ProductModel)
class ProductModelAdmin(NetworkAdmin):
    list_display = ("code", "name", "line")
    list_filter = (("line", ScopedRelatedFilter),)
    list_filter_submit = True
    search_fields = ("code", "name", "line__name")
    search_help_text = _("Model, name or product line")
    autocomplete_fields = ("line",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("line")
