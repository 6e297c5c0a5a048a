"""My exports: what is being made, what can be fetched and until when (F07)."""

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.adminkit.dress import dress
from portal.exchange import jobs, limits, rights
from portal.exchange.export_admin import as_file
from portal.exchange.forms import PasswordForm
from portal.exchange.models import ExportJob, ExportState
from portal.kernel import clock
from portal.kernel.errors import Conflict, Refused
from portal.kernel.throttle import address_of

logger = logging.getLogger(__name__)
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One export as the page shows it; `again` leads to the form with the same filter."""

    job: ExportJob
    name: str
    again: str
    #: Why it cannot be fetched though it was made.
    problem: Any

    @property
    def can_be_fetched(self) -> bool:
        return self.job.is_ready and not self.problem

    @property
    def state(self) -> ExportState:
        over = self.job.is_ready and self.job.is_over(clock.now())
        return ExportState.EXPIRED if over else ExportState(self.job.state)


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The list; it looks again by itself while something is under way."""
    rows = ExportJob.objects.visible_to(request.actor)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("My exports"),
        "page": page,
        "lines": [_line(job, request) for job in page],
        "waiting": rows.waiting().exists(),
        "hours": limits.EXPORT_HOURS,
    }
    return TemplateResponse(request, "exchange/mine.html", context)


def _line(job: ExportJob, request: HttpRequest) -> Line:
    page, problem = rights.page_of(job), ""
    if job.is_ready:
        problem = (
            _("Its time is over.")
            if job.is_over(clock.now())
            else rights.may_have(job, request.user, request.actor).reason
        )
    may = page is not None and page.has_export_permission(request) and page.has_view_permission(request)
    again = f"{page._url('export')}{'?' if job.filter else ''}{job.filter}" if may else ""
    return Line(job, capfirst(page.opts.verbose_name_plural) if page else job.model, again, problem)


@require_http_methods(["GET", "POST"])  # a HEAD takes nothing, so it must not stand on record as a download
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file to whom it belongs; with personal data in full only for the password, typed now (F06).

    404 for everybody else, and for him too when his right to it ended; 410 with the way on when it is not there.
    """
    job = _own(request, key)
    if job.is_waiting:
        messages.info(request, _("This export is still being made."))
        return HttpResponseRedirect(reverse("exports:mine"))
    if not job.is_ready or job.is_over(clock.now()):
        return _gone(request, job)
    if not rights.may_have(job, request.user, request.actor):
        raise Http404
    posted = request.method == "POST"
    form = PasswordForm(request.POST if posted else None, request=request)
    if not (job.masked or form.is_valid()):
        return _ask_password(request, job, form, status=400 if posted else 200)
    return _handed_out(request, job)


def _ask_password(request: HttpRequest, job: ExportJob, form: PasswordForm, *, status: int) -> HttpResponseBase:
    context = {
        **admin.site.each_context(request),
        "title": _("Personal data in full"),
        "line": _line(job, request),
        "form": dress(form),
    }
    return TemplateResponse(request, "exchange/password.html", context, status=status)


def _handed_out(request: HttpRequest, job: ExportJob) -> HttpResponseBase:
    try:
        target = jobs.fetch(request.actor, job, address_of(request))
    except Refused as error:
        raise Http404 from error
    except FileNotFoundError:
        logger.error("the file of export %s is missing", job.pk)
        return _gone(request, job, lost=True)
    line = _line(job, request)
    return as_file(target, line.name, job.kind, f"{clock.local(job.requested_at):%Y%m%d}")


def _gone(request: HttpRequest, job: ExportJob, *, lost: bool = False) -> HttpResponseBase:
    """`lost`: it should be there, and is not."""
    context = {
        **admin.site.each_context(request),
        "title": _("This export cannot be fetched"),
        "hours": limits.EXPORT_HOURS,
        "lost": lost,
    }
    return TemplateResponse(request, "exchange/gone.html", {**context, "line": _line(job, request)}, status=410)


@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponseBase:
    try:
        jobs.cancel(request.actor, _own(request, key))
        messages.success(request, _("The export is cancelled."))
    except Conflict as error:
        messages.warning(request, str(error.message))
    return HttpResponseRedirect(reverse("exports:mine"))


def _own(request: HttpRequest, key: str) -> ExportJob:
    return get_object_or_404(ExportJob.objects.visible_to(request.actor), key=key)
