"""Customers with their contacts, equipment and agreements (R185–R187, R191)."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2Widget, UnfoldAdminSelectWidget

from partners.choices import ServiceTier
from partners.queries.region import known_regions
from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.masking import MaskedInline, MaskedRows
from portal.adminkit.paging import CappedPaginator
from portal.adminkit.summary import PageLink, SummaryInline
from portal.exchange.sheet_admin import SheetAdmin
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.webkit import show
from tickets.choices.agreement import AgreementState
from tickets.forms.agreement import NewAgreementVersionForm
from tickets.models import AgreementVersion, Contact, Customer, Equipment, ServiceAgreement

#: Marketing looks at trends without personal data (spec/roles.md).
VIEWERS = READERS - {Role.MARKETING}


class CustomerPages(SheetAdmin, MaskedRows, BaseAdmin):
    """The desk writes, the other departments and the auditor read."""

    roles_view = VIEWERS
    roles_add = roles_change = roles_import = DESK
    roles_export = DESK | {Role.AUDITOR}
    roles_unmask = frozenset({Role.BRAND_MANAGER})
    list_filter_submit = True
    list_fullwidth = True
    paginator = CappedPaginator


class CustomerForm(NamesItsFields, forms.ModelForm):
    """Regions are those that outlets can cover."""

    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        widget=UnfoldAdminSelect2Widget,
        choices=lambda: [("", "---------"), *((region, region) for region in known_regions())],
    )

    class Meta:
        model = Customer
        fields = ("code", "kind", "name", "uscc", "region", "address", "active")


class ContactForm(NamesItsFields, forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)

    class Meta:
        model = Contact
        fields = ("name", "phone", "email", "language", "primary")


class ContactInline(MaskedInline, BaseTabularInline):
    model = Contact
    form = ContactForm
    roles_view = VIEWERS
    roles_add = roles_change = DESK
    fields = ("name", "phone", "email", "language", "primary")
    hide_title = True
    personal_fields = ("phone", "email")


class EquipmentInline(PageLink, BaseTabularInline):
    model = Equipment
    roles_view = VIEWERS
    roles_add = DESK
    fields = ("serial_number", "product_line", "model", "warranty_until", "page")
    readonly_fields = ("page",)
    per_page = 20


class AgreementInline(PageLink, BaseTabularInline):
    model = ServiceAgreement
    roles_view = VIEWERS
    roles_add = DESK
    fields = ("number", "tier", "valid_from", "valid_until", "page")
    readonly_fields = ("page",)
    per_page = 20


@admin.register(Customer)
class CustomerAdmin(CustomerPages):
    form = CustomerForm
    ordering = ("code",)
    personal_fields = ("address",)
    inlines = (ContactInline, EquipmentInline, AgreementInline)
    list_display = ("customer", "kind", "region", "main_contact", "owned", "active")
    list_filter = (("kind", ChoicesDropdownFilter), ("region", AllValuesCheckboxFilter), "active")
    search_fields = ("code", "name", "uscc", "equipment__serial_number")
    search_help_text = _("Code, name, credit code, telephone or serial number")
    fieldsets = ((None, {"fields": (("code", "kind"), "name", "uscc", ("region", "address"), ("active", "calendar"))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Customer | None = None) -> tuple[str, ...]:
        """A calendar moves due times: brand managers name it."""
        fixed = () if self.holds(request, self.roles_unmask) else ("calendar",)
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Who sees no telephone numbers cannot find out about one by searching either."""
        return (
            (*self.search_fields, "contacts__phone", "contacts__name") if self.handles(request) else self.search_fields
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = Prefetch("contacts", Contact.objects.order_by("-primary", "pk"))
        return super().get_queryset(request).prefetch_related(people).annotate(things=Count("equipment", distinct=True))

    @display(description=_("customer"), ordering="code")
    def customer(self, row: Customer) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.code)

    @display(description=_("Main contact"))
    def main_contact(self, row: Customer) -> SafeString | str:
        contact = next(iter(row.contacts.all()), None)
        if contact is None:
            return "—"
        shown = '<span class="ak-stack"><span>{}</span><small>{}</small></span>'
        return format_html(shown, contact.name, show.masked_phone(contact.phone))

    @display(description=_("equipment"), ordering="things")
    def owned(self, row: Customer) -> int:
        return row.things


class AgreementVersionInline(SummaryInline):
    model = AgreementVersion
    roles_view = VIEWERS
    fields = ("page", "tier", "valid_from", "valid_until", "state_badge")
    ordering = ("-number",)

    @display(description=_("State"))
    def state_badge(self, row: AgreementVersion) -> Any:
        return show.badge(row.state, AgreementState)


@admin.register(ServiceAgreement)
class AgreementAdmin(DeedAdmin, CustomerPages):
    deeds = {"version": Deed(_("Amend, renew or write the first version"), NewAgreementVersionForm)}
    inlines = (AgreementVersionInline,)
    list_display = ("number", "customer", "tier_badge", "product_name", "valid_from", "valid_until", "in_force")
    list_filter = (("tier", ChoicesDropdownFilter), ("valid_until", RangeDateFilter))
    search_fields = ("number", "contract_number", "product_name", "customer__name", "customer__code")
    search_help_text = _("Agreement number, contract number, product or customer")
    autocomplete_fields = ("customer",)
    fieldsets = (
        (None, {"fields": ("customer", ("number", "tier"), ("product_name", "contract_number"))}),
        (_("Signing and term"), {"fields": (("signed_on", "signed_at"), ("valid_from", "valid_until"))}),
        (_("Warranty"), {"fields": (("warranty_from", "warranty_until"), ("inspection_months", "cycles_add_up"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("customer")

    @display(description=_("Service tier"), ordering="tier")
    def tier_badge(self, row: ServiceAgreement) -> Any:
        return show.badge(row.tier, ServiceTier)

    @display(description=_("In force"), boolean=True)
    def in_force(self, row: ServiceAgreement) -> bool:
        return row.valid_from <= clock.today() <= row.valid_until
