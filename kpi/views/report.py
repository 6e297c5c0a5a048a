"""/reports/: quarterly reports to find and download; every download is on record first (R219)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kpi.actions.report import download
from kpi.models import ReportScope
from kpi.queries import report as reports

A_PAGE = 20
View = Callable[..., HttpResponseBase]


def readers_page(view: View) -> View:
    """For auditors, brand managers and partner managers; to everybody else the page does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.role not in reports.READERS:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@readers_page
def index(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by quarter, kind, partner and text."""
    rows = reports.reports_for(request.actor)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("quarter", "scope", "partner", "text")}
    page = Paginator(reports.found(rows, **asked), A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    counts = reports.downloads(shown)
    context = {
        "page": page,
        "reports": [(report, counts.get(report.pk, 0)) for report in shown],
        "waiting": any(report.is_waiting for report in shown),
        "asked": asked,
        "filtered": any(asked.values()),
        "quarters": reports.quarters_of(rows),
        "scopes": ReportScope.choices,
        "partners": [] if request.actor.is_partner else reports.partners_of(rows),
    }
    return render(request, "kpi/desk/reports.html", context)


@require_safe
@readers_page
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of one report that this person may see; 404 alike for what is absent and for what is not his."""
    report = get_object_or_404(reports.reports_for(request.actor), pk=pk)
    return answer(download(request.actor, report, request.META.get("REMOTE_ADDR", "")), report.file_name)


def answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to keep, out of every cache."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
