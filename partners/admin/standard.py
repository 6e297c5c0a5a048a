"""Standards and bulletins: documents, their versions with clauses, opinions, regional adjustments."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.choices.standard import OpinionOutcome, PublicationKind, ReleaseState
from partners.forms.standard import (
    AnnounceForm,
    AttachForm,
    DraftForm,
    PublicationForm,
    WithdrawForm,
)
from partners.models import Clause, Opinion, Publication, Receipt, Release
from partners.queries import standard as standards
from partners.rules.standard import EDITORS, may_publish
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.permissions import NONE
from portal.adminkit.summary import SummaryInline
from portal.exchange.export_admin import ListAdmin
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.webkit import show


class VersionInline(SummaryInline):
    model = Release
    roles_view = READERS
    fields = ("page", "state_badge", "announced_at", "effective_on", "ended_on")

    @display(description=_("State"))
    def state_badge(self, row: Release) -> Any:
        return show.badge(row.state, ReleaseState)


@admin.register(Publication)
class PublicationAdmin(DeedAdmin, NetworkAdmin):
    form = PublicationForm
    roles_add = roles_change = EDITORS
    deeds = {"draft": Deed(_("New version"), DraftForm, lambda row: not row.releases.filter(state="draft").exists())}
    inlines = (VersionInline,)
    list_display = ("code", "title", "kind_badge", "now", "coming")
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("code", "title")
    search_help_text = _("Document number or title")
    autocomplete_fields = ("product_lines",)
    fieldsets = (
        (None, {"fields": (("code", "kind"), "title")}),
        (_("Whom it concerns"), {"fields": ("channel_types", "product_lines", "regions")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("releases")

    def has_change_permission(self, request: HttpRequest, obj: Publication | None = None) -> bool:
        """Each department its own kinds."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or bool(may_publish(request.actor.role, obj.kind)))

    def get_readonly_fields(self, request: HttpRequest, obj: Publication | None = None) -> tuple[str, ...]:
        """Number and kind are given once."""
        return (*super().get_readonly_fields(request, obj), *(("code", "kind") if obj else ()))

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: Publication) -> Any:
        return show.badge(row.kind, PublicationKind)

    @display(description=_("In force"))
    def now(self, row: Publication) -> str:
        held = next((r for r in row.releases.all() if r.state == ReleaseState.IN_FORCE), None)
        return f"V{held.number} · {held.effective_on}" if held else "—"

    @display(description=_("Coming"))
    def coming(self, row: Publication) -> str:
        next_one = next((r for r in row.releases.all() if r.state in ("draft", "announced")), None)
        return f"V{next_one.number} · {next_one.effective_on or next_one.get_state_display()}" if next_one else "—"


class ClauseInline(BaseTabularInline):
    """Written in a draft; read ever after."""

    model = Clause
    roles_view = READERS
    roles_add = roles_change = roles_delete = EDITORS
    fields = ("place", "number", "title", "text", "core", "value", "unit", "lowest", "highest")

    def _open(self, obj: Any) -> bool:
        return obj is not None and obj.is_draft

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "text":
            field.widget.attrs["rows"] = 3
        return field


class ReceiptInline(SummaryInline):
    model = Receipt
    roles_view = READERS
    fields = ("partner", "told_at", "reminded_on", "acknowledged_at", "acknowledged_by")


class OpinionInline(SummaryInline):
    model = Opinion
    roles_view = READERS
    fields = ("page", "clause_number", "given_at", "outcome_badge")

    @display(description=_("Outcome"))
    def outcome_badge(self, row: Opinion) -> Any:
        return show.badge(row.outcome, OpinionOutcome)


@admin.register(Release)
class ReleaseAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    roles_view = READERS
    roles_change = EDITORS
    deeds = {
        "announce": Deed(_("Announce"), AnnounceForm, lambda row: row.is_draft),
        "attach": Deed(_("Attach a file"), AttachForm, lambda row: row.is_draft),
        "withdraw": Deed(_("Withdraw"), WithdrawForm, lambda row: row.state in ("announced", "in_force"), grave=True),
    }
    inlines = (ClauseInline, ReceiptInline, OpinionInline)
    list_display = ("document", "kind_badge", "state_badge", "effective_on", "confirmed", "to_answer")
    list_filter = (("state", ChoicesDropdownFilter), ("publication__kind", ChoicesDropdownFilter))
    list_select_related = ("publication",)
    list_filter_submit = True
    search_fields = ("publication__code", "publication__title", "summary")
    search_help_text = _("Document number, title or words of the summary")
    readonly_fields = (
        "document", "state_badge", "announced_at", "effective_on", "ended_on", "opinions_until", "author", "files",
        "what_changes",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("document", "state_badge"), "summary", "major", "files")}),
        (_("When"), {"fields": (("announced_at", "effective_on"), ("opinions_until", "ended_on"), "author")}),
        (_("Against the version before"), {"fields": ("what_changes",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return standards.with_counts(super().get_queryset(request))

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or bool(may_publish(request.actor.role, obj.publication.kind)))

    def get_readonly_fields(self, request: HttpRequest, obj: Release | None = None) -> tuple[str, ...]:
        fixed = () if obj is None or obj.is_draft else ("summary", "major")
        return (*super().get_readonly_fields(request, obj), *fixed)

    @display(description=_("Standard or bulletin"), ordering="publication__code")
    def document(self, row: Release) -> SafeString:
        title, code = row.publication.title, row.publication.code
        return format_html('<span class="ak-stack"><b>{}</b><small>{} · V{}</small></span>', title, code, row.number)

    @display(description=_("Kind"), ordering="publication__kind")
    def kind_badge(self, row: Release) -> Any:
        return show.badge(row.publication.kind, PublicationKind)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Release) -> Any:
        return show.badge(row.state, ReleaseState)

    @display(description=_("Confirmed by"))
    def confirmed(self, row: Any) -> str:
        return f"{row.read} / {row.told}" if row.told else "—"

    @display(description=_("Opinions to answer"))
    def to_answer(self, row: Any) -> Any:
        return row.waiting or "—"

    @display(description=_("Files"))
    def files(self, row: Release) -> Any:
        rows = Attachment.objects.filter(subject=subject_of(row))
        pairs = ((reverse("files:attachment", args=[file.key]), file.name) for file in rows)
        return format_html_join("", '<a class="text-primary-600" href="{}">{}</a> ', pairs) or "—"

    @display(description=_("Changes"))
    def what_changes(self, row: Release) -> Any:
        lines = [
            (change.number, _change_word(change), (change.after or change.before).title)
            for change in standards.changes_of(row)
        ]
        listed = format_html_join("", "<li><b>{}</b> {} · {}</li>", lines)
        return format_html("<ul>{}</ul>", listed) if lines else _("Nothing changes.")


@admin.register(Clause)
class ClauseAdmin(NetworkAdmin):
    """Every clause of every version, to look up and to take out; drafts are filled by sheet as well."""

    roles_add = roles_change = NONE
    roles_import = EDITORS
    list_display = ("number", "title", "release", "core", "figure_shown")
    list_filter = (
        ("release__state", ChoicesDropdownFilter),
        ("release__publication__kind", ChoicesDropdownFilter),
        "core",
    )
    list_filter_submit = True
    list_select_related = ("release__publication",)
    ordering = ("release__publication__code", "-release__number", "place", "pk")
    search_fields = ("number", "title", "text", "release__publication__code", "release__publication__title")
    search_help_text = _("Clause number, wording or document number")

    @display(description=_("Figure"), ordering="value")
    def figure_shown(self, row: Clause) -> str:
        return row.figure() or "—"


def _change_word(change: Any) -> Any:
    if change.before is None:
        return _("new")
    return _("gone") if change.after is None else _("changed")
