"""What waits for me, what falls due first on top."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partners.queries.outlet_inspection import overdue_count
from partners.rules.outlet_inspection import PARTNER_SIDE
from portal.accounts.roles import Role
from portal.webkit.guards import partner_page
from tickets.choices import Category, TicketState
from tickets.queries.field import ALL, TABS, Filter, in_tab, outlets_of, people_of, tab_counts, work_of

A_PAGE = 24
LABELS = {
    "new": gettext_lazy("To accept"),
    "open": gettext_lazy("In hand"),
    "waiting": gettext_lazy("With the customer"),
    "done": gettext_lazy("Done"),
    ALL: gettext_lazy("All"),
}
EMPTY: dict[str, tuple[Any, Any, str]] = {
    "new": (gettext_lazy("Nothing to accept"), gettext_lazy("New tickets for your outlet appear here."), "inbox"),
    "open": (
        gettext_lazy("No open work"),
        gettext_lazy("Accepted tickets stay here until they are done."),
        "checklist",
    ),
    "waiting": (
        gettext_lazy("Nobody keeps you waiting"),
        gettext_lazy("Tickets that the customer must confirm or answer appear here."),
        "user-check",
    ),
    "done": (gettext_lazy("Nothing done yet"), gettext_lazy("Confirmed and closed tickets appear here."), "archive"),
    ALL: (gettext_lazy("No tickets"), gettext_lazy("You see the tickets of your own work."), "inbox"),
}


class CountedPaginator(Paginator):
    """The tab's number is known already: no second counting."""

    def __init__(self, rows: Any, known: int) -> None:
        super().__init__(rows, A_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        return self.known


@require_safe
@partner_page
def inbox(request: HttpRequest) -> HttpResponse:
    """The tabs. Without a choice the first one that holds something."""
    return _page(request, "tickets/field/inbox.html", request.GET.get("tab", ""))


@require_safe
@partner_page
def search(request: HttpRequest) -> HttpResponse:
    """Everything that I see, newest first, with the search on top."""
    return _page(request, "tickets/field/search.html", ALL)


def _page(request: HttpRequest, template: str, tab: str) -> HttpResponse:
    chosen = filter_of(request.GET)
    work = work_of(request.actor, chosen)
    counts = tab_counts(work)
    if tab not in LABELS:
        tab = "new" if counts["new"] or not counts["open"] else "open"
    page = CountedPaginator(in_tab(work, tab), counts[tab]).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tab": tab,
        "tabs": [(name, LABELS[name], counts[name], name == tab) for name in TABS],
        "chosen": chosen,
        "narrowed": bool(chosen.text or chosen.outlet or chosen.owner),
        "empty": EMPTY[tab],
        "TicketState": TicketState,
        "Category": Category,
        "masked": request.actor.role == Role.TECHNICIAN,
        "outlets": outlets_of(request.actor),
        "people": people_of(request.actor),
        "late_findings": overdue_count(request.actor) if request.actor.role in PARTNER_SIDE else 0,
        "heading": _("All tickets") if tab == ALL else _("Inbox"),
    }
    return render(request, template, context)


def filter_of(query: QueryDict) -> Filter:
    """Search words and filters of the address; what makes no sense narrows nothing."""
    words = " ".join(query.get("q", "").replace("\0", " ").split())
    return Filter(words[:80], _pk(query.get("outlet")), _pk(query.get("owner")))


def _pk(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
