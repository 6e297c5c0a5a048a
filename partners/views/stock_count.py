"""Counts on a telephone: start one, enter what is there, approve the differences (R181)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.choices.stock import CountState
from partners.forms.stock_count import AddPartForm, CountForm, DecideForm, StartForm
from partners.models import StockCount
from partners.rules.stock import may_approve
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem

A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def counts(request: HttpRequest) -> HttpResponse:
    """The counts of the places in sight; a POST starts one."""
    form = StartForm(request.POST if request.method == "POST" else None, actor=request.actor)
    status = 200
    if request.method == "POST":
        sheet = _saved(form)
        if sheet is not None:
            return redirect("house:count", number=sheet.number)
        status = 400
    rows = StockCount.objects.visible_to(request.actor).select_related("place__outlet", "place__staff", "counted_by")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "CountState": CountState,
    }
    return render(request, "partners/field/counts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def count(request: HttpRequest, number: str) -> HttpResponse:
    """One sheet: to be counted, to be approved, or what came of it."""
    rows = StockCount.objects.visible_to(request.actor).select_related("place__outlet", "place__staff")
    sheet = get_object_or_404(rows, number=number)
    counting = sheet.state in (CountState.OPEN, CountState.REFUSED)
    posted: dict[str, Any] = {"enter": None, "add": None, "decide": None}
    what = request.POST.get("what", "") if request.method == "POST" else ""
    if what in posted:
        posted[what] = request.POST
    given = {"actor": request.actor, "sheet": sheet}
    forms: dict[str, Any] = {
        "enter": CountForm(posted["enter"], **given),
        "add": AddPartForm(posted["add"], **given),
        "decide": DecideForm(posted["decide"], **given),
    }
    status = 200
    if what in forms:
        try:
            done = _saved(forms[what])
        except PortalError as error:
            return problem(request, error.status, error.message)
        if done is not None:
            messages.success(request, _("%(number)s is saved.") % {"number": sheet.number})
            return redirect("house:count", number=sheet.number)
        status = 400
    verdict = may_approve(request.actor.role, counter=sheet.counted_by_id, approver=request.actor.user_id)
    context = {
        "sheet": sheet,
        "counting": counting,
        "forms": forms,
        "lines": sheet.lines.select_related("part"),
        "verdict": verdict,
        "CountState": CountState,
    }
    return render(request, "partners/field/count.html", context, status=status)


def _saved(form: Any) -> Any:
    """What the form's action answered; None where the form shows what is wrong."""
    if not form.is_valid():
        return None
    try:
        return form.save()
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return None
