"""Inspections and findings for the partner's manager and dispatcher: look, inspect oneself, put right (R182, I05)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from partners.choices.outlet_inspection import UNSETTLED, FindingState
from partners.forms.outlet_inspection import ObjectForm, OwnerForm, ReportForm, SelfForm
from partners.models import OutletInspection
from partners.queries import outlet_inspection as inspections
from partners.rules import outlet_inspection as rules
from partners.views.outlet_inspection import WORDS, trend_chart
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel.errors import Conflict, InvalidInput, PortalError
from portal.webkit.guards import partner_page_of
from portal.webkit.views import conflict_response, problem

A_PAGE = 20
TABS = {
    "findings": gettext_lazy("To be corrected"),
    "decided": gettext_lazy("Findings settled"),
    "inspections": gettext_lazy("Outlet inspections"),
}
DONE: dict[str, Any] = {
    "report": gettext_lazy("Your correction is with the brand."),
    "object": gettext_lazy("Your objection is with the brand. You will be told the answer."),
    "owner": gettext_lazy("Saved."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(*sorted(rules.PARTNER_SIDE))
def index(request: HttpRequest) -> HttpResponse:
    """Findings to be corrected, the most urgent first; inspections; a POST begins a self-inspection."""
    form = SelfForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except Conflict as error:
            running = inspections.self_under_way(form.cleaned_data["outlet"], form.cleaned_data["check_list"])
            onward = reverse("inspect:inspection", args=[running.number]) if running else ""
            return conflict_response(request, error, onward=onward, onward_words=running)
        else:
            return redirect("inspect:inspection", number=row.number)
    findings = inspections.findings_in_sight(request.actor)
    rows = OutletInspection.objects.all().visible_to(request.actor)
    lists = {
        "findings": findings.filter(state__in=UNSETTLED).order_by("due_on", "pk"),
        "decided": findings.exclude(state__in=UNSETTLED).order_by("-decided_at", "-pk"),
        "inspections": inspections.with_counts(rows.select_related("outlet", "check_version__check_list")).order_by(
            "-planned_on", "-pk"
        ),
    }
    counts = {name: found.count() for name, found in lists.items()}
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = "findings" if counts["findings"] else "inspections"
    context = {
        **WORDS,
        "page": Paginator(lists[tab], A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(name, label, counts[name], name == tab) for name, label in TABS.items()],
        "tab": tab,
        "form": form,
        "overdue": findings.overdue().count(),
        "charts": [(name, trend_chart(points)) for name, points in inspections.trends(rows)]
        if tab == "inspections"
        else [],
    }
    return render(request, "partners/field/outlet_inspections.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(*sorted(rules.PARTNER_SIDE))
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: report the correction, object once, say who sees to it."""
    rows = inspections.findings_in_sight(request.actor).select_related("inspection__outlet__partner")
    row = get_object_or_404(rows, pk=pk)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    posted = (request.POST, request.FILES)
    forms: dict[str, Any] = {
        "report": ReportForm(*posted) if asked == "report" else ReportForm(),
        "object": ObjectForm(request.POST) if asked == "object" else ObjectForm(),
        "owner": OwnerForm(request.POST, finding=row) if asked == "owner" else OwnerForm(finding=row),
    }
    form = forms.get(asked)
    if form is not None and form.is_valid():
        try:
            form.save(request.actor, row)
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            messages.success(request, DONE[asked])
            return redirect("house:finding", pk=row.pk)
    context = {
        **WORDS,
        "row": row,
        "forms": forms,
        "found_photos": list(Attachment.objects.filter(subject=subject_of(row.answer))),
        "evidence": list(Attachment.objects.filter(subject=subject_of(row))),
        "may_report": row.state == FindingState.OPEN,
        "may_object": row.state in UNSETTLED and not row.objection,
        "unsettled": row.state in UNSETTLED,
    }
    return render(request, "partners/field/outlet_finding.html", context, status=400 if asked else 200)
