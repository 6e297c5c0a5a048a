"""Requests for parts on a telephone: ask, follow, receive, help out, withdraw; what is below its reorder point."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.models import SparePart
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from tickets.choices.part_request import RequestState
from tickets.forms.part_request import ArrivedForm, AskForm, HandOutForm, WithdrawForm
from tickets.models import PartRequest, Ticket
from tickets.queries import part_request as queries
from tickets.views.field.entry import find_ticket

A_PAGE, MOST_LISTED = 24, 400


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a request as a button."""

    label: Any
    icon: str
    form: Any
    grave: bool = False


DEEDS: dict[str, Deed] = {
    "receive": Deed(gettext_lazy("It has arrived"), "package-import", ArrivedForm),
    "hand_out": Deed(gettext_lazy("Hand out of the store"), "backpack", HandOutForm),
    "cancel": Deed(pgettext_lazy("part request", "Withdraw the request"), "ban", WithdrawForm, grave=True),
}
TABS = {
    "open": gettext_lazy("Awaited"),
    "late": gettext_lazy("Late"),
    "done": pgettext_lazy("part request", "Ended"),
}


@require_safe
@partner_page
def parts(request: HttpRequest) -> HttpResponse:
    """The requests in sight: what is awaited, what is late, what came."""
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    rows = queries.searched(PartRequest.objects.visible_to(request.actor), words)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "open"
    context = {
        "page": Paginator(queries.in_tab(rows, str(tab)), A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(name, label, queries.in_tab(rows, name).count(), name == tab) for name, label in TABS.items()],
        "tab": tab,
        "words": words,
        "keeper": not queries.is_technician(request.actor),
        "RequestState": RequestState,
    }
    return render(request, "tickets/field/parts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def part_new(request: HttpRequest) -> HttpResponse:
    """Ask for a part; `?ticket=` says what it is for."""
    number = request.GET.get("ticket", "")
    ticket: Ticket | None = find_ticket(request, number) if number else None
    first = {"number": request.GET.get("part", "")[:60], "quantity": _whole(request.GET.get("quantity"))}
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, actor=request.actor, ticket=ticket, initial={k: v for k, v in first.items() if v})
    status, problem, row = 200, "", None
    if data is not None:
        row, status, problem = _saved(form)
    if row is not None:
        messages.success(request, _("%(number)s is sent to the warehouse.") % {"number": row.number})
        return redirect("field:part", number=row.number)
    lines = [ticket.product_line_id] if ticket and ticket.product_line_id else []
    context = {
        "form": form,
        "ticket": ticket,
        "problem": problem,
        "listed": SparePart.objects.visible_to(request.actor).fitting(lines, clock.today())[:MOST_LISTED],
    }
    return render(request, "tickets/field/part_new.html", context, status=status)


@require_safe
@partner_page
def part(request: HttpRequest, number: str) -> HttpResponse:
    """One request: how far it is, and what can be done."""
    row = _row(request, number)
    context = {
        "row": row,
        "deeds": [(name, deed) for name, deed in DEEDS.items() if row.verdict(request.actor, name)],
        "RequestState": RequestState,
    }
    return render(request, "tickets/field/part.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def part_deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The form of one step; only a POST changes anything."""
    row, deed = _row(request, number), DEEDS.get(name)
    if deed is None:
        raise Http404
    verdict = row.verdict(request.actor, name)
    if not verdict:
        messages.warning(request, verdict.reason)
        return redirect("field:part", number=number)
    data = request.POST if request.method == "POST" else None
    form = deed.form(data, actor=request.actor, row=row)
    status, problem, done = 200, "", None
    if data is not None:
        done, status, problem = _saved(form)
    if done is not None:
        messages.success(request, _("%(number)s is saved.") % {"number": row.number})
        return redirect("field:part", number=number)
    context = {"row": row, "deed": deed, "form": form, "problem": problem}
    return render(request, "tickets/field/part_deed.html", context, status=status)


@require_safe
@partner_page
def parts_low(request: HttpRequest) -> HttpResponse:
    """What is at or below its reorder point, with what is under way and how many to order."""
    context = {"rows": queries.to_order(request.actor), "keeper": not queries.is_technician(request.actor)}
    return render(request, "tickets/field/parts_low.html", context)


def _saved(form: Any) -> tuple[Any, int, str]:
    """(what the action answered, status, what stands above the form)."""
    if not form.is_valid():
        return None, 400, ""
    try:
        return form.save(), 200, ""
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return None, 400, ""
    except PortalError as error:
        return None, error.status, str(error.message)


def _row(request: HttpRequest, number: str) -> PartRequest:
    rows = PartRequest.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("part", "outlet", "ticket__owner"), number=number)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else None
