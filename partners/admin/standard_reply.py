"""What partners answer to standards and bulletins: opinions, and proposals for their region."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import MANAGER
from partners.choices.standard import AdjustmentState, OpinionOutcome
from partners.forms.standard import AnswerForm, ApproveForm, RejectForm
from partners.models import Adjustment, Opinion
from partners.rules.standard import EDITORS, written
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.exchange.export_admin import ListAdmin
from portal.webkit import show


@admin.register(Opinion)
class OpinionAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    roles_view = READERS
    roles_change = EDITORS
    deeds = {"answer": Deed(_("Answer"), AnswerForm, lambda row: row.outcome == OpinionOutcome.OPEN)}
    list_display = ("opinion", "partner", "document", "given_at", "outcome_badge")
    list_filter = (("outcome", ChoicesDropdownFilter),)
    list_select_related = ("release__publication", "partner")
    search_fields = ("text", "partner__name", "release__publication__title")
    search_help_text = _("Words of the opinion, partner or document")
    fields = (
        ("document", "partner"), ("author", "given_at"), "clause_number", "text",
        ("outcome_badge", "answered_by", "answered_at"), "answer",
    )  # fmt: skip
    readonly_fields = (
        "document", "partner", "author", "given_at", "clause_number", "text", "outcome_badge", "answered_by",
        "answered_at", "answer",
    )  # fmt: skip

    @display(description=_("Opinion"))
    def opinion(self, row: Opinion) -> str:
        return row.text if len(row.text) <= 60 else f"{row.text[:60]}…"

    @display(description=_("Standard or bulletin"))
    def document(self, row: Opinion) -> str:
        return str(row.release)

    @display(description=_("Outcome"), ordering="outcome")
    def outcome_badge(self, row: Opinion) -> Any:
        return show.badge(row.outcome, OpinionOutcome)


@admin.register(Adjustment)
class AdjustmentAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    roles_view = READERS
    roles_change = MANAGER
    deeds = {
        "approve": Deed(_("Approve"), ApproveForm, lambda row: row.state == AdjustmentState.PROPOSED),
        "reject": Deed(_("Reject"), RejectForm, lambda row: row.state == AdjustmentState.PROPOSED, grave=True),
    }
    list_display = ("publication", "clause_number", "region", "figure", "proposed_at", "state_badge")
    list_filter = (("state", ChoicesDropdownFilter), "region")
    list_select_related = ("publication", "proposed_by")
    search_fields = ("publication__code", "publication__title", "region")
    search_help_text = _("Document number, title or region")
    fields = (
        ("publication", "clause_number"), ("region", "figure"), "reason", ("proposed_by", "proposed_at"),
        ("state_badge", "decided_by", "decided_at"), "decision",
    )  # fmt: skip
    readonly_fields = (
        "publication", "clause_number", "region", "figure", "reason", "proposed_by", "proposed_at", "state_badge",
        "decided_by", "decided_at", "decision",
    )  # fmt: skip

    @display(description=_("Figure"), ordering="value")
    def figure(self, row: Adjustment) -> str:
        return written(row.value)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Adjustment) -> Any:
        return show.badge(row.state, AdjustmentState)
