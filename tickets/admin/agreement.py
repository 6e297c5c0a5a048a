"""Versions of agreements: parties, terms and service levels, written in a draft, then only read (R184–R191)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from portal.accounts.models import User
from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin, BaseStackedInline, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.webkit import show
from tickets.admin.customer import VIEWERS
from tickets.choices.agreement import AgreementState
from tickets.forms.agreement import SignAgreementForm, WithdrawAgreementForm
from tickets.models import AgreementLine, AgreementParty, AgreementVersion


def _draft(row: AgreementVersion | None) -> bool:
    return row is not None and row.state == AgreementState.DRAFT


class WhileDraft:
    """Rows that are written as long as their version is a draft."""

    roles_view = VIEWERS
    roles_add = roles_change = roles_delete = DESK

    def has_add_permission(self, request: HttpRequest, obj: AgreementVersion | None = None) -> bool:
        return _draft(obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: AgreementVersion | None = None) -> bool:
        return _draft(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: AgreementVersion | None = None) -> bool:
        return _draft(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class PartyInline(WhileDraft, BaseStackedInline):
    model = AgreementParty
    max_num = 2
    fields = (("side", "name"), ("code", "legal_representative"), "address", ("contact_name", "phone"))


class LineInline(WhileDraft, BaseTabularInline):
    model = AgreementLine
    fields = ("number", "text", "level", "category", "limit", "unit", "replaces")
    hide_title = True


@admin.register(AgreementVersion)
class AgreementVersionAdmin(DeedAdmin, SheetAdmin, BaseAdmin):
    """The desk writes and files; a signed version is never changed."""

    roles_view = VIEWERS
    roles_change = roles_import = DESK
    roles_export = DESK | {Role.AUDITOR}
    inlines = (PartyInline, LineInline)
    deeds = {
        "sign": Deed(_("Put the signed agreement on file"), SignAgreementForm, _draft),
        "withdraw": Deed(_("Withdraw"), WithdrawAgreementForm, _draft, grave=True),
    }
    list_display = ("version", "customer", "tier", "valid_from", "valid_until", "state_badge")
    list_filter = (("state", ChoicesDropdownFilter), ("valid_until", RangeDateFilter))
    list_filter_submit = True
    search_fields = ("agreement__number", "agreement__customer__name", "lines__text", "parties__name")
    search_help_text = _("Agreement number, customer, party or wording")
    readonly_fields = ("agreement", "number", "state_badge", "author", "signed_on", "signed_at", "papers")
    terms = (
        "reason", "tier", "product_name", "contract_number", "warranty_from", "warranty_until", "valid_from",
        "valid_until", "inspection_months", "cycles_add_up",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("agreement", "number"), ("state_badge", "author"), "reason")}),
        (
            _("Product and term"),
            {"fields": (("tier", "product_name"), "contract_number", ("valid_from", "valid_until"))},
        ),
        (_("Warranty"), {"fields": (("warranty_from", "warranty_until"), ("inspection_months", "cycles_add_up"))}),
        (_("Signing"), {"fields": (("signed_on", "signed_at"), "papers")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("agreement__customer", "author")

    def get_readonly_fields(self, request: HttpRequest, obj: AgreementVersion | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(() if _draft(obj) else self.terms))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row._history_user = User(pk=request.actor.user_id)
            row.save()
        for row in formset.deleted_objects:
            row._history_user = User(pk=request.actor.user_id)
            row.delete()

    @display(description=_("agreement version"), ordering="agreement__number")
    def version(self, row: AgreementVersion) -> str:
        return str(row)

    @display(description=_("customer"), ordering="agreement__customer__name")
    def customer(self, row: AgreementVersion) -> str:
        return str(row.agreement.customer)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: AgreementVersion) -> Any:
        return show.badge(row.state, AgreementState)

    @display(description=_("Signed papers"))
    def papers(self, row: AgreementVersion) -> Any:
        files = Attachment.objects.filter(subject=subject_of(row)) if row.pk else []
        pairs = ((reverse("files:attachment", args=[file.key]), file.name) for file in files)
        return format_html_join(" ", '<a class="ak-link" href="{}">{}</a>', pairs) or "—"


@admin.register(AgreementLine)
class AgreementLineAdmin(SheetAdmin, BaseAdmin):
    """Every service level of every agreement, to look up and to take out; drafts are filled by sheet as well."""

    roles_view = VIEWERS
    roles_import = DESK
    roles_export = DESK | {Role.AUDITOR}
    list_display = ("number", "version", "level", "category", "limit", "unit", "replaces")
    list_filter = (("version__state", ChoicesDropdownFilter), ("level", ChoicesDropdownFilter))
    list_filter_submit = True
    list_select_related = ("version__agreement",)
    search_fields = ("number", "text", "version__agreement__number", "version__agreement__customer__name")
    search_help_text = _("Clause number, wording, agreement or customer")
