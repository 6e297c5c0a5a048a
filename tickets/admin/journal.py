"""The service log as auditors and managers read it: sentences in order, insert-only."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import display

from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.paging import CappedPaginator
from portal.adminkit.subjects import NamedSubject, words_for
from portal.exchange.export_admin import ListAdmin
from portal.journal.log import subject_of
from portal.journal.models import JournalEntry
from portal.webkit import show
from tickets.models import Ticket
from tickets.queries.subjects import about_visible_tickets

_LINE = "<div><dt>{}</dt><dd>{}</dd></div>"


@admin.register(JournalEntry)
class JournalAdmin(NamedSubject, ListAdmin, BaseAdmin):
    """Nobody adds, changes or deletes here; the database refuses it too."""

    roles_view = DESK | {Role.AUDITOR}
    list_display = ("sentence", "about", "sequence", "happened", "recorded")
    search_fields = ("subject",)
    search_help_text = _("Number of a ticket, or a subject, for example ticket:12")
    ordering = ("-pk",)
    sortable_by = ()
    paginator = CappedPaginator
    fields = ("sentence", "about", "sequence", "happened", "recorded", "who", "told", "chained")
    readonly_fields = ("sentence", "about", "happened", "recorded", "who", "told", "chained")

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return about_visible_tickets(queryset, request.actor)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        ticket = Ticket.objects.filter(number__iexact=term).only("pk").first()
        return queryset.filter(subject=subject_of(ticket) if ticket else term), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page's subjects are named together."""
        page = super().get_changelist_instance(request)
        page.result_list = list(page.result_list)
        _name(page.result_list, request)
        return page

    def prepare_rows(self, rows: Sequence[JournalEntry]) -> None:
        """So are those of a portion of a sheet."""
        _name(rows, None)

    @display(description=_("What happened"))
    def sentence(self, row: JournalEntry) -> str:
        return row.sentence()

    @display(description=pgettext_lazy("what it is about", "Subject"))
    def about(self, row: JournalEntry) -> Any:
        return row.named

    @display(description=_("Happened at"))
    def happened(self, row: JournalEntry) -> Any:
        return show.moment(row.happened_at, "seconds")

    @display(description=_("Recorded at"))
    def recorded(self, row: JournalEntry) -> Any:
        return show.moment(row.recorded_at, "seconds")

    @display(description=_("Actor"))
    def who(self, row: JournalEntry) -> str:
        role = row.actor.get("role")
        return " · ".join(filter(None, [row.actor_label, str(Role(role).label) if role in Role.values else role]))

    @display(description=_("Facts"))
    def told(self, row: JournalEntry) -> Any:
        """What the sentence was made from, as it was written and hashed."""
        lines = format_html_join("", _LINE, ((k, _plain(v)) for k, v in row.facts.items()))
        return format_html('<dl class="ak-facts">{}</dl>', lines) if row.facts else "—"

    @display(description=_("Chain"))
    def chained(self, row: JournalEntry) -> Any:
        pairs = ((_("Digest of the entry before"), row.previous or "—"), (_("Digest of this entry"), row.digest))
        return format_html('<dl class="ak-facts">{}</dl>', format_html_join("", _LINE, pairs))


def _name(rows: Sequence[JournalEntry], request: HttpRequest | None) -> None:
    named = words_for(request, (row.subject for row in rows))
    for row in rows:
        row.named = named[row.subject]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
