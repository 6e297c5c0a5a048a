"""Versions of a contract: clauses as data, written in a draft, reviewed, signed, then only read (R031, R038)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.contract import ClauseKind, VersionState
from partners.forms.contract import ClauseForm, OpinionForm, SendBackForm, SignForm, ToLegalForm, WithdrawForm
from partners.models import ContractClause, ContractVersion
from partners.rules.clause_words import figures_of
from partners.rules.contract import IN_THE_MAKING
from portal.accounts.models import User
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseStackedInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.permissions import NONE
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.webkit import show

LAWYERS = frozenset({Role.LEGAL})


def _draft(row: ContractVersion | None) -> bool:
    return row is not None and row.state == VersionState.DRAFT


def _with_legal(row: ContractVersion) -> bool:
    return row.state == VersionState.LEGAL_REVIEW


def _cleared(row: ContractVersion) -> bool:
    return row.state == VersionState.CLEARED


def _in_the_making(row: ContractVersion) -> bool:
    return row.state in IN_THE_MAKING


class ClauseInline(BaseStackedInline):
    """Clauses are written while the version is a draft."""

    model = ContractClause
    form = ClauseForm
    roles_view = READERS
    roles_add = roles_change = roles_delete = MANAGER
    fieldsets = (
        (None, {"fields": (("number", "kind"), "title", "text")}),
        (_("Service level"), {"fields": (("level", "category"), ("limit", "unit", "replaces"))}),
        (_("Penalty for breach, incentive"), {"fields": (("basis", "rate", "cap"), ("incentive", "quarters"))}),
    )

    def has_add_permission(self, request: HttpRequest, obj: ContractVersion | None = None) -> bool:
        return _draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: ContractVersion | None = None) -> bool:
        return _draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ContractVersion | None = None) -> bool:
        return _draft(obj) and super().has_delete_permission(request, obj)


@admin.register(ContractVersion)
class ContractVersionAdmin(DeedAdmin, NetworkAdmin):
    """The brand manager writes and signs, the legal department clears or returns."""

    roles_add = NONE
    roles_change = MANAGER | LAWYERS
    deeds = {
        "to_legal": Deed(_("Send to the legal department"), ToLegalForm, _draft, roles=MANAGER),
        "clear": Deed(_("Clear for signing"), OpinionForm, _with_legal, roles=LAWYERS),
        "send_back": Deed(_("Return to the author"), SendBackForm, _with_legal, roles=LAWYERS),
        "sign": Deed(_("Put the signed contract on file"), SignForm, _cleared, files=True, roles=MANAGER),
        "withdraw": Deed(_("Withdraw"), WithdrawForm, _in_the_making, grave=True, roles=MANAGER),
    }
    inlines = (ClauseInline,)
    list_display = ("version", "partner", "kind", "tier", "valid_from", "valid_until", "state_badge")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("contract__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    search_fields = ("contract__number", "contract__partner__name", "clauses__number", "clauses__text")
    search_help_text = _("Contract number, partner, clause number or wording")
    autocomplete_fields = ("product_lines",)
    readonly_fields = (
        "contract", "number", "kind", "state_badge", "author", "reviewer", "opinion", "signed_on", "signed_at",
        "papers",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("contract", "number"), ("kind", "state_badge"), "reason")}),
        (_("Scope and term"), {"fields": (("tier", "product_lines"), ("valid_from", "valid_until"))}),
        (
            _("Review and signing"),
            {"fields": (("author", "reviewer"), "opinion", ("signed_on", "signed_at"), "papers")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("contract__partner", "author", "reviewer")

    def get_readonly_fields(self, request: HttpRequest, obj: ContractVersion | None = None) -> tuple[str, ...]:
        """Only a draft is written, and by brand managers: the legal department speaks through its opinion."""
        open_now = _draft(obj) and self.holds(request, MANAGER)
        fixed = () if open_now else ("reason", "tier", "product_lines", "valid_from", "valid_until")
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseFormSet, change: bool) -> None:
        for clause in formset.save(commit=False):
            clause._history_user = User(pk=request.actor.user_id)
            clause.save()
        for clause in formset.deleted_objects:
            clause._history_user = User(pk=request.actor.user_id)
            clause.delete()

    @display(description=_("Contract version"), ordering="contract__number")
    def version(self, row: ContractVersion) -> str:
        return str(row)

    @display(description=_("Partner"), ordering="contract__partner__name")
    def partner(self, row: ContractVersion) -> str:
        return str(row.contract.partner)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: ContractVersion) -> Any:
        return show.badge(row.state, VersionState)

    @display(description=_("Signed papers"))
    def papers(self, row: ContractVersion) -> Any:
        files = Attachment.objects.filter(subject=subject_of(row)) if row.pk else []
        links = format_html_join(" ", '<a class="ak-link" href="{}">{}</a>', ((file_url(f), f.name) for f in files))
        return links or "—"


@admin.register(ContractClause)
class ContractClauseAdmin(NetworkAdmin):
    """Every clause of every version, to look up and to export; drafts are filled by sheet as well."""

    roles_add = roles_change = NONE
    list_display = ("number", "title", "kind_badge", "version", "figures")
    list_filter = (("kind", ChoicesDropdownFilter), ("version__state", ChoicesDropdownFilter))
    list_filter_submit = True
    search_fields = ("number", "title", "text", "version__contract__number")
    search_help_text = _("Clause number, wording or contract number")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("version__contract")

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: ContractClause) -> Any:
        return show.badge(row.kind, ClauseKind)

    @display(description=_("In figures"))
    def figures(self, row: ContractClause) -> str:
        return figures_of(row) or "—"


def file_url(file: Attachment) -> str:
    return reverse("files:attachment", args=[file.key])
