"""Diagnostic tools of the brand beside a ticket, on a telephone: choose, say why, follow the link, say the result."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.choices.tool_grant import ToolFunction, UseResult
from partners.models import ToolUse
from partners.queries.tool_grant import user_of, whole
from partners.rules.tool_grant import may_use
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.kernel.verdict import Verdict, first_denied
from portal.webkit.guards import partner_page
from portal.webkit.views import problem
from tickets.forms.tool_use import OpenToolForm, ToolResultForm
from tickets.models import Ticket
from tickets.queries.tool_use import case_of, diagnostics_of, uses_for
from tickets.rules.tool_use import may_diagnose
from tickets.views.field.entry import find_ticket
from tickets.views.field.ticket import frame

WORDS = {"ToolFunction": ToolFunction, "UseResult": UseResult}


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def diagnostics(request: HttpRequest, number: str) -> HttpResponse:
    """What is granted for this ticket; a POST records the use and leads to the tool."""
    ticket = find_ticket(request, number)
    verdict = may_diagnose(request.actor, ticket.standing())
    found = diagnostics_of(request.actor, ticket)
    given = request.POST if request.method == "POST" else None
    form = OpenToolForm(given, actor=request.actor, ticket=ticket, offers=found.usable)
    status = 200
    if given is not None:
        status = 400
        if not verdict:
            return problem(request, 409 if getattr(verdict, "wrong_state", False) else 403, verdict.reason)
        if form.is_valid():
            try:
                use = form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                return problem(request, error.status, error.message)
            else:
                messages.success(request, _("The use is recorded."))
                return redirect("field:diagnostic", number=number, pk=use.pk)
    context = {**frame(request.actor, ticket), **WORDS, "found": found, "form": form, "verdict": verdict}
    return render(request, "tickets/field/diagnostics.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def diagnostic(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One use: the way to the tool while the grant holds, and what came of it."""
    ticket = find_ticket(request, number)
    use = next((row for row in uses_for(request.actor, ticket) if row.pk == pk), None)
    if use is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ToolResultForm(given, actor=request.actor, ticket=ticket, use=use)
    status = 200
    if given is not None:
        status = 400
        if form.is_valid():
            try:
                form.save()
            except PortalError as error:
                return problem(request, error.status, error.message)
            messages.success(request, _("The result is kept in the log."))
            return redirect("field:diagnostics", number=number)
    mine = use.user_id == request.actor.user_id
    context = {
        **frame(request.actor, ticket),
        **WORDS,
        "use": use,
        "mine": mine,
        "open": _still_open(request, ticket, use) if mine else None,
        "form": form,
    }
    return render(request, "tickets/field/diagnostic.html", context, status=status)


def _still_open(request: HttpRequest, ticket: Ticket, use: ToolUse) -> Verdict:
    """Whether the way to the tool is still shown: the grant is asked again each time."""
    grant, today = whole(type(use.grant).objects.filter(pk=use.grant_id)).get(), clock.today()
    case = case_of(ticket)
    asked = may_use(grant.covers(), user_of(use.staff, case.line, today), case, today, use.function)
    return first_denied(may_diagnose(request.actor, ticket.standing()), asked)
