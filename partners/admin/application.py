"""Applications in the admin: entered, read with their papers, decided (R105, R107)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import application
from partners.admin.base import MANAGER
from partners.choices.application import ApplicationState
from partners.forms import application as forms
from partners.models import ApplicationOutlet, PartnerApplication
from partners.rules.application import EDITABLE, OPEN, STEPS
from portal.accounts.models import User
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.links import RowLink
from portal.adminkit.masking import MaskedRows
from portal.exchange.sheet_admin import SheetAdmin
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.webkit import show

DECIDERS = MANAGER | {Role.LEGAL}


def _step(name: str) -> Any:
    return lambda row: row.state in STEPS[name].who


def _open(row: PartnerApplication) -> bool:
    return row.state in OPEN


class OutletInline(BaseTabularInline):
    model = ApplicationOutlet
    roles_view = READERS
    roles_add = roles_change = roles_delete = MANAGER
    fields = ("name", "region", "address", "phone")
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: PartnerApplication | None = None) -> bool:
        return (obj is None or obj.state in EDITABLE) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: PartnerApplication | None = None) -> bool:
        return (obj is None or obj.state in EDITABLE) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: PartnerApplication | None = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(PartnerApplication)
class PartnerApplicationAdmin(DeedAdmin, SheetAdmin, MaskedRows, BaseAdmin):
    """The brand manager enters, endorses and approves; the legal department clears; each may return or reject."""

    roles_view = READERS - {Role.MARKETING}
    roles_add = MANAGER
    roles_change = roles_export = DECIDERS
    roles_import = roles_unmask = MANAGER
    personal_fields = ("phone", "email")
    form = forms.ApplicationForm
    inlines = (OutletInline,)
    deeds = {
        "papers": Deed(_("Add documents"), forms.PapersForm, _open, files=True),
        "endorse": Deed(_("Endorse and send to legal"), forms.EndorseForm, _step("endorse"), roles=MANAGER),
        "clear": Deed(
            pgettext_lazy("application", "Clear"), forms.ClearForm, _step("clear"), roles=frozenset({Role.LEGAL})
        ),
        "approve": Deed(_("Approve"), forms.ApproveForm, _step("approve"), roles=MANAGER),
        "resubmit": Deed(_("Submit again"), forms.ResubmitForm, _step("resubmit"), roles=MANAGER),
        "send_back": Deed(_("Return for correction"), forms.SendBackForm, _step("send_back"), grave=True),
        "reject": Deed(_("Reject"), forms.RejectForm, _step("reject"), grave=True),
    }
    list_display = ("application", "region", "tier", "contact", "state_badge", "source", "created_at")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("region", AllValuesCheckboxFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number", "name", "short_name", "uscc", "contact_name")
    search_help_text = _("Number, company, credit code or contact")
    autocomplete_fields = ("product_lines",)
    readonly_fields = (
        "number", "state_badge", "source", "created_at", "remark", "endorsed_by", "cleared_by", "partner_link",
        "papers",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("number", "state_badge"), ("source", "created_at"), "remark", "partner_link")}),
        (_("Company"), {"fields": ("name", ("short_name", "channel_type"), ("uscc", "uscc_exception"),
                                   "legal_representative", ("region", "address"))}),
        (_("Contact person"), {"fields": (("contact_name", "phone"), "email")}),
        (_("Applied for"), {"fields": ("areas", "product_lines", "tier", "note")}),
        (_("Documents and review"), {"fields": ("papers", ("endorsed_by", "cleared_by"))}),
    )  # fmt: skip
    own_fields = (
        "name", "short_name", "channel_type", "uscc", "uscc_exception", "legal_representative", "region", "address",
        "contact_name", "phone", "email", "areas", "product_lines", "tier", "note",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: PartnerApplication | None = None) -> tuple[str, ...]:
        """The legal department decides and writes nothing; after the brand manager's step nobody does."""
        fixed = obj is not None and (obj.state not in EDITABLE or not self.holds(request, MANAGER))
        return (*super().get_readonly_fields(request, obj), *(self.own_fields if fixed else ()))

    def save_model(self, request: HttpRequest, obj: PartnerApplication, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            application.enter(request.actor, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row._history_user = User(pk=request.actor.user_id)
            row.save()
        for row in formset.deleted_objects:
            row._history_user = User(pk=request.actor.user_id)
            row.delete()

    @display(description=_("partner application"), ordering="created_at")
    def application(self, row: PartnerApplication) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.number)

    @display(description=_("Contact person"))
    def contact(self, row: PartnerApplication) -> SafeString:
        shown = '<span class="ak-stack"><span>{}</span><small>{}</small></span>'
        return format_html(shown, row.contact_name, show.masked_phone(row.phone))

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: PartnerApplication) -> Any:
        return show.badge(row.state, ApplicationState)

    @display(description=_("Partner"))
    def partner_link(self, row: PartnerApplication) -> Any:
        return "—" if row.partner is None else RowLink(row.partner)

    @display(description=_("Documents"))
    def papers(self, row: PartnerApplication) -> Any:
        files = Attachment.objects.filter(subject=subject_of(row)) if row.pk else []
        pairs = ((reverse("files:attachment", args=[file.key]), file.name) for file in files)
        return format_html_join(" · ", '<a class="ak-link" href="{}">{}</a>', pairs) or "—"
