"""The service desk: every ticket with its queues, its page and the steps that the desk makes."""

from collections import ChainMap
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.accounts.roles import DESK, READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.paging import CappedPaginator
from portal.adminkit.transitions import TransitionAdmin
from portal.exchange.sheet_admin import SheetAdmin
from portal.webkit import show
from tickets import choices
from tickets.admin import page, receive
from tickets.admin.filters import FILTERS, queue_of
from tickets.forms import closure, contact, delivery, dispatch, follow_up, intake  # noqa: F401  they register
from tickets.forms.steps import STEP_FORMS
from tickets.models import Ticket
from tickets.queries import desk


@admin.register(Ticket)
class TicketAdmin(TransitionAdmin, SheetAdmin, BaseAdmin):
    """Nobody edits a ticket here: it changes by its steps only."""

    roles_view = READERS
    roles_add = DESK
    roles_export = DESK | {Role.AUDITOR}
    roles_unmask = frozenset({Role.BRAND_MANAGER})
    personal_fields = ("contact_phone", "contact_email", "address")

    step_forms = ChainMap(closure.DESK_FORMS, STEP_FORMS)
    main_steps = ("register", "dispatch", "confirm", "call_back", "follow_up", "close")
    grave_steps = frozenset({"cancel", "reopen"})

    list_display = ("ticket", "state_badge", "category_badge", "who", "handled_by", "due", "received")
    list_display_links = None
    list_filter = FILTERS
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/tickets/ticket/_queues.html"
    search_fields = ("number",)
    search_help_text = _("Number, telephone, serial number or customer")
    sortable_by = ()
    paginator = CappedPaginator
    actions = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partner", "outlet", "owner")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return desk.order_of(queue_of(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return desk.search(queryset, search_term, phones=self.handles(request)), False

    def filter_of(self, request: HttpRequest) -> str:
        """With the queue, of which the open one is shown where none is named."""
        query = request.GET.copy()
        query["queue"] = queue_of(request)
        return query.urlencode()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        counts = desk.queue_counts(request.actor)
        tabs = [(queue, counts.get(queue.code), _tab_url(request, queue.code)) for queue in desk.QUEUES]
        extra = {"queues": tabs, "queue": queue_of(request), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Clocks are fetched for the rows of the page only."""
        changes = super().get_changelist_instance(request)
        changes.result_list = desk.with_live_clocks(changes.result_list)
        return changes

    @display(description=_("Ticket"))
    def ticket(self, row: Ticket) -> SafeString:
        return format_html(
            '<a class="ak-row-link" href="{}"><b class="ticket-number">{}</b><span class="ak-title">{}</span></a>',
            self.page_url(row),
            row.number,
            row.title,
        )

    @display(description=_("State"))
    def state_badge(self, row: Ticket) -> Any:
        return show.badge(row.state, choices.TicketState)

    @display(description=_("Problem type"))
    def category_badge(self, row: Ticket) -> Any:
        urgent = row.urgency in (choices.Urgency.CRITICAL, choices.Urgency.HIGH)
        mark = show.badge(row.urgency, choices.Urgency) if urgent else ""
        return format_html('<span class="ak-stack">{}{}</span>', show.badge(row.category, choices.Category), mark)

    @display(description=_("Customer"))
    def who(self, row: Ticket) -> SafeString:
        name = row.customer_name or row.contact_name
        return format_html(
            '<span class="ak-stack"><span>{}</span><small>{}</small></span>', name, show.masked_phone(row.contact_phone)
        )

    @display(description=_("Partner and responsible person"))
    def handled_by(self, row: Ticket) -> SafeString | str:
        if row.partner is None:
            return "—"
        where = row.outlet.name if row.outlet else row.partner.short_name
        return format_html('<span class="ak-stack"><span>{}</span><small>{}</small></span>', where, row.owner or "—")

    @display(description=_("Due"))
    def due(self, row: Ticket) -> SafeString | str:
        if not row.live_clocks:
            return "—"
        clock = row.live_clocks[0]
        label = choices.ClockKind(clock.kind).label
        shown = show.due(clock.due_at, clock.started_at)
        return format_html('<span class="ak-stack">{}<small>{}</small></span>', shown, label)

    @display(description=_("Received at"))
    def received(self, row: Ticket) -> SafeString:
        channel = row.get_channel_display()
        at = show.moment(row.received_at, "short")
        return format_html('<span class="ak-stack"><span>{}</span><small>{}</small></span>', at, channel)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The ticket's page; it only shows, steps change."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self.get_object(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": row.number,
            "original": row,
            "bar": self.step_bar(request, row),
            **page.context(request.actor, row, handles=self.handles(request)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/tickets/ticket/page.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A request by telephone, mail or at the counter; it is registered on the next page."""
        return receive.view(self, request)

    def dress_step(self, request: HttpRequest, form: Any) -> None:
        super().dress_step(request, form)
        for name in ("customer", "complaint_about"):
            receive.autocomplete(self, form.fields.get(name), name)

    def leading_steps(self, row: Ticket) -> tuple[str, ...]:
        """A call-back leads on only while a low score owes one (R223)."""
        owed = row.clocks.live().filter(kind=choices.ClockKind.LOW_SCORE_CALLBACK).exists()
        return self.main_steps if owed else tuple(name for name in self.main_steps if name != "call_back")

    def step_context(self, request: HttpRequest, row: Ticket, name: str) -> dict[str, Any]:
        return page.brief(row, handles=self.handles(request))

    def step_template(self, name: str) -> str:
        own = {"dispatch": "dispatch", "register": "intake", "amend_intake": "intake"}.get(name, "step")
        return f"admin/tickets/ticket/{own}.html"


def _tab_url(request: HttpRequest, code: str) -> str:
    """The present filters under another tab."""
    query = request.GET.copy()
    for name in ("queue", "p", "state", "e"):
        query.pop(name, None)
    query["queue"] = code
    return f"?{query.urlencode()}"
