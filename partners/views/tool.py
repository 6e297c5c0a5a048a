"""The tools of the partner's outlets: what is required, what is there, what must be calibrated (R179)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.tool import CalibrationState, CheckResult, NeedState, ToolKind, ToolState
from partners.forms.tool import CalibrationForm, ToolForm, ToolStateForm
from partners.models import Outlet, Tool, ToolType
from partners.queries.tool import narrowed, outlet_tools
from partners.queries.tool_files import with_files
from partners.rules.tool import may_change
from partners.views.stock import searched
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page, partner_page_of
from portal.webkit.views import problem as refusal

A_PAGE = 20
WORDS = {
    "NeedState": NeedState,
    "CalibrationState": CalibrationState,
    "CheckResult": CheckResult,
    "ToolKind": ToolKind,
    "ToolState": ToolState,
}
#: By which standings the list can be narrowed, in this order.
STANDINGS = ("overdue", "failed", "never", "soon", "valid", "not_needed")


@require_safe
@partner_page
def tools(request: HttpRequest) -> HttpResponse:
    """Each outlet against what is asked of it, then the list."""
    words, today = searched(request), clock.today()
    chosen = {name: request.GET.get(name, "") for name in ("state", "outlet", "standing")}
    if chosen["standing"] not in STANDINGS:
        chosen["standing"] = ""
    seen = Tool.objects.all().visible_to(request.actor)
    shown = seen if chosen["state"] else seen.exclude(state=ToolState.RETIRED)
    rows = narrowed(shown, today, text=words, **chosen)
    outlets = _outlets(request)
    context = {
        **WORDS,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "standing": outlet_tools(outlets),
        "outlets": outlets,
        "standings": [(name, CalibrationState(name).label) for name in STANDINGS],
        "states": ToolState.choices,
        "chosen": chosen,
        "words": words,
        "narrowed": bool(words or any(chosen.values())),
        "keeper": request.actor.role == Role.PARTNER_MANAGER,
    }
    return render(request, "partners/field/tools.html", context)


@require_safe
@partner_page
def tool(request: HttpRequest, pk: int) -> HttpResponse:
    """One tool with its calibrations and their certificates."""
    row = _tool(request, pk)
    keeper = request.actor.role == Role.PARTNER_MANAGER and row.state != ToolState.RETIRED
    context = {**WORDS, "row": row, "calibrations": with_files(row), "keeper": keeper}
    return render(request, "partners/field/tool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER)
def tool_new(request: HttpRequest) -> HttpResponse:
    """Register a tool; `?type=` and `?outlet=` come from the list of what is missing."""
    first = {name: request.GET.get(name, "") for name in ("type", "outlet")}
    form = ToolForm(request.POST or None, actor=request.actor, initial=first)
    types = list(ToolType.objects.filter(active=True))
    return _saved(request, form, _("%(tool)s is registered."), title=_("Register a tool"), types=types)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER)
def tool_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another holder or outlet, other words."""
    row = _tool(request, pk)
    if not (verdict := may_change(row.state)):
        return refusal(request, 409, verdict.reason)
    form = ToolForm(request.POST or None, actor=request.actor, row=row)
    return _saved(request, form, _("%(tool)s is changed."), row, title=_("Change the tool"))


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER)
def tool_calibrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a calibration with its certificate."""
    row = _tool(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CalibrationForm(*sent, actor=request.actor, row=row)
    return _saved(request, form, _("The calibration of %(tool)s is recorded."), row, title=_("Record a calibration"))


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER)
def tool_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Away for calibration, out of order, back, retired."""
    row = _tool(request, pk)
    form = ToolStateForm(request.POST or None, actor=request.actor, row=row)
    return _saved(request, form, _("%(tool)s is changed."), row, title=_("Change the state"))


def _saved(request: HttpRequest, form: Any, words: str, row: Tool | None = None, **more: Any) -> HttpResponse:
    """The form's page, or what its action says; afterwards the tool's page."""
    status, problem = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                done = form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                status, problem = error.status, str(error.message)
            else:
                kept = done if isinstance(done, Tool) else done.tool
                if getattr(form, "repeated", False):
                    words = _("This form was sent before: %(tool)s is registered already, nothing was added.")
                messages.success(request, words % {"tool": kept})
                return redirect("house:tool", pk=kept.pk)
    context = {"form": form, "row": row, "problem": problem, "files_lost": bool(request.FILES), **more}
    return render(request, "partners/field/tool_form.html", context, status=status)


def _tool(request: HttpRequest, pk: int) -> Tool:
    """The tool, if it is in sight; 404 alike for what is absent and what is another's (A01)."""
    rows = Tool.objects.all().visible_to(request.actor).select_related("type", "outlet", "holder")
    return get_object_or_404(rows, pk=pk)


def _outlets(request: HttpRequest) -> list[Outlet]:
    rows = Outlet.objects.all().visible_to(request.actor).filter(active=True)
    if request.actor.role == Role.TECHNICIAN:
        rows = rows.filter(staff__user=request.actor.user_id)
    return list(rows)
