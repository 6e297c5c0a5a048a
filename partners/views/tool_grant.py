"""Diagnostic tools for partner staff: what is open to me, asking for one, the log of use (R020)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.tool_grant import GrantStanding, RiskClass, ToolFunction, UseResult
from partners.forms.tool_grant import AskForm
from partners.queries.tool_grant import grants_of, tools_to_ask, uses_of
from partners.rules.tool_grant import ASKERS
from partners.views.stock import searched
from portal.accounts.roles import Role
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page, partner_page_of

A_PAGE = 20
#: Standings that are over; they stand below the others.
OVER = frozenset({GrantStanding.EXPIRED, GrantStanding.REFUSED, GrantStanding.WITHDRAWN})


@require_safe
@partner_page
def tool_grants(request: HttpRequest) -> HttpResponse:
    """What holds or waits, what may be asked for, what is over."""
    rows = list(grants_of(request.actor)[:200])
    asks = request.actor.role in ASKERS
    context = {
        "rows": [row for row in rows if row.standing not in OVER],
        "over": [row for row in rows if row.standing in OVER],
        "tools": list(tools_to_ask(request.actor)) if asks else [],
        "asks": asks,
        "GrantStanding": GrantStanding,
        "RiskClass": RiskClass,
    }
    return render(request, "partners/field/tool_grants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER, Role.TECHNICIAN)
def tool_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the brand to open one tool."""
    tool = get_object_or_404(tools_to_ask(request.actor), pk=pk)
    form = AskForm(request.POST or None, actor=request.actor, tool=tool)
    status, problem = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                status, problem = error.status, str(error.message)
            else:
                messages.success(request, _("Your request for %(tool)s is with the brand.") % {"tool": tool})
                return redirect("house:tool_grants")
    context = {"tool": tool, "form": form, "problem": problem, "RiskClass": RiskClass}
    return render(request, "partners/field/tool_ask.html", context, status=status)


@require_safe
@partner_page
def tool_uses(request: HttpRequest) -> HttpResponse:
    """The log: a technician's own, for managers the partner's."""
    words = searched(request)
    rows = uses_of(request.actor, words)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "ToolFunction": ToolFunction,
        "UseResult": UseResult,
    }
    return render(request, "partners/field/tool_uses.html", context)
