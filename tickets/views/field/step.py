"""One step a page: GET shows the form, POST makes the step once and leads back (C02, C08, M17, B13)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, PortalError
from portal.kernel.verdict import Denied
from portal.webkit.guards import partner_page
from portal.webkit.views import problem
from tickets.forms.base import StepForm
from tickets.forms.steps import STEP_FORMS
from tickets.models import Ticket
from tickets.queries.field import sees, sent_before, taken_by, visible_ticket
from tickets.rules.transition import MOVES
from tickets.views.field.entry import find_ticket
from tickets.views.field.steps import FIELD_STEPS, StepLink, step_link
from tickets.views.field.ticket import frame

#: Entries that are told to somebody who was overtaken.
MOST_NEWS = 5
_OWN_PAGES = {
    "accept": "tickets/field/step_accept.html",
    "complete": "tickets/field/step_complete.html",
    "diagnose": "tickets/field/step_diagnose.html",
    "transfer": "tickets/field/step_transfer.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The form of one step; only a POST changes anything."""
    if name not in FIELD_STEPS:
        raise Http404
    if request.method == "POST":
        return _post(request, number, name)
    ticket = find_ticket(request, number)
    link = _offered(request, ticket, name)
    if not link.verdict:
        return _not_now(request, ticket, link)
    return _page(request, ticket, link, _form(request, ticket, name))


def _post(request: HttpRequest, number: str, name: str) -> HttpResponse:
    if sent_before(request.actor, number, request.POST.get("key", "")):
        return _done(request, number, name)
    if name == "accept" and not sees(request.actor, number):
        owner = taken_by(request.actor, number)
        if owner is not None:
            return _too_late(request, number, owner.name)
    ticket = find_ticket(request, number)
    form = _form(request, ticket, name, request.POST)
    link = _offered(request, ticket, name, form)
    if not link.verdict and not _wrong_state(link):
        return problem(request, 403, link.verdict.reason)
    if not link.verdict:
        return _overtaken(request, ticket, link, link.verdict.reason)
    return _make(request, ticket, link, form)


def _make(request: HttpRequest, ticket: Ticket, link: StepLink, form: StepForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, ticket, link, form, status=400)
    try:
        form.save()
    except InvalidInput:
        return _page(request, ticket, link, form, status=400)
    except Conflict as error:
        return _overtaken(request, ticket, link, error.message)
    except PortalError as error:
        return problem(request, error.status, error.message)
    return _done(request, ticket.number, link.name)


def _done(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Back to the ticket; to the inbox where the step took it out of the person's sight."""
    text = _("%(number)s: “%(step)s” is saved.") % {"number": number, "step": MOVES[name].label}
    messages.success(request, text, extra_tags=f"{number}:{name}")
    if not sees(request.actor, number):
        return redirect("field:inbox")
    return redirect("field:ticket", number=number)


def _overtaken(request: HttpRequest, ticket: Ticket, link: StepLink, reason: Any) -> HttpResponse:
    """409: who was faster and what the state is now; the text typed and the fresh version, to decide again (C08)."""
    fresh = visible_ticket(request.actor, ticket.number)
    if fresh is None:
        return problem(request, 409, reason)
    again = _offered(request, fresh, link.name)
    data = request.POST.copy()
    seen = data.get("version", "")
    data["version"] = str(fresh.version)
    steps = fresh.version - int(seen) if seen.isascii() and seen.isdigit() else 1
    newest = entries_for(fresh).order_by("-sequence")[: max(1, min(steps, MOST_NEWS))]
    form = _form(request, fresh, link.name, data)
    return _page(request, fresh, again, form, status=409, reason=reason, news=list(reversed(newest)))


def _too_late(request: HttpRequest, number: str, owner: str) -> HttpResponse:
    text = _("Somebody was faster: %(owner)s has taken %(number)s.") % {"owner": owner, "number": number}
    return problem(request, 409, text)


def _not_now(request: HttpRequest, ticket: Ticket, link: StepLink) -> HttpResponse:
    if not _wrong_state(link):
        return problem(request, 403, link.verdict.reason)
    return _page(request, ticket, link, None, status=409, reason=link.verdict.reason)


def _offered(request: HttpRequest, ticket: Ticket, name: str, sent: StepForm | None = None) -> StepLink:
    link = step_link(request.actor, ticket, name, sent)
    return link or StepLink(name, "", "", ticket.verdict(request.actor, name), "")


def _wrong_state(link: StepLink) -> bool:
    return isinstance(link.verdict, Denied) and link.verdict.wrong_state


def _form(request: HttpRequest, ticket: Ticket, name: str, data: Any = None) -> StepForm:
    files = request.FILES if data is not None else None
    return STEP_FORMS[name](data, files, actor=request.actor, ticket=ticket)


def _page(
    request: HttpRequest, ticket: Ticket, link: StepLink, form: StepForm | None, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        **frame(request.actor, ticket),
        "link": link,
        "form": form,
        "tucked": getattr(form, "tucked_away", ()),
        "files_lost": bool(request.FILES) and status != 200,
        "possible": bool(link.verdict),
        **extra,
    }
    return render(request, _OWN_PAGES.get(link.name, "tickets/field/step.html"), context, status=status)
