"""The service log as auditors and managers read it: sentences in order, insert-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.paging import CappedPaginator
from portal.journal.models import JournalEntry
from portal.webkit import show
from tickets.queries.subjects import about_visible_tickets


@admin.register(JournalEntry)
class JournalAdmin(BaseAdmin):
    """Nobody adds, changes or deletes here; the database refuses it too."""

    roles_view = DESK | {Role.AUDITOR}
    list_display = ("sentence", "subject", "sequence", "happened", "recorded")
    search_fields = ("subject",)
    search_help_text = _("Subject, for example ticket:12")
    ordering = ("-pk",)
    sortable_by = ()
    paginator = CappedPaginator
    fields = ("subject", "sequence", "verb", "happened_at", "recorded_at", "actor", "facts", "previous", "digest")

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return about_visible_tickets(queryset, request.actor)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return (queryset.filter(subject=search_term.strip()) if search_term.strip() else queryset), False

    @display(description=_("What happened"))
    def sentence(self, row: JournalEntry) -> str:
        return row.sentence()

    @display(description=_("Happened at"))
    def happened(self, row: JournalEntry) -> Any:
        return show.moment(row.happened_at, "seconds")

    @display(description=_("Recorded at"))
    def recorded(self, row: JournalEntry) -> Any:
        return show.moment(row.recorded_at, "seconds")
