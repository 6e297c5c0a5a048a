"""An inspection on a telephone: begin, item by item, what is missing, hand in; and its result (R109–R114, R182)."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.actions import outlet_inspection as inspecting
from partners.actions.outlet_inspection import begin, may_answer
from partners.choices.outlet_inspection import (
    FindingState,
    Grade,
    InspectionKind,
    InspectionState,
    Result,
    Section,
    Severity,
)
from partners.forms.outlet_inspection import AnswerForm, CallOffForm, SubmitForm
from partners.models import OutletInspection, OutletInspectionAnswer
from partners.queries import outlet_inspection as inspections
from partners.reports.outlet_inspection import inspection_pdf
from partners.rules import outlet_inspection as rules
from portal.accounts.roles import READERS
from portal.kernel.errors import InvalidInput, PortalError, Refused
from portal.pdf import charts
from portal.webkit.views import problem

WORDS = {
    "InspectionKind": InspectionKind,
    "InspectionState": InspectionState,
    "Result": Result,
    "Grade": Grade,
    "Severity": Severity,
    "FindingState": FindingState,
}
View = Callable[..., HttpResponseBase]


def inspection_page(view: View) -> View:
    """For the brand's people, auditors, and the partner's manager and dispatchers; others read why not."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.role not in READERS | rules.PARTNER_SIDE:
            raise Refused(_("These pages are for those who inspect outlets."))
        return view(request, *args, **kwargs)

    return guarded


def find(request: HttpRequest, number: str) -> OutletInspection:
    """The inspection, or 404 alike for what is absent and for what is not the reader's (A01)."""
    rows = OutletInspection.objects.all().visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("outlet__partner", "check_version__check_list", "inspector"), number=number
    )


@require_safe
@inspection_page
def index(request: HttpRequest) -> HttpResponse:
    """What an inspector of the brand has before him: begun first, then by day; and what he handed in lately."""
    if request.actor.role not in rules.BRAND_SIDE:
        raise Refused(_("Brand managers do this."))
    rows = OutletInspection.objects.all().visible_to(request.actor).exclude(kind=InspectionKind.SELF)
    rows = rows.select_related("outlet__partner", "check_version__check_list", "inspector")
    mine = Q(inspector=request.actor.user_id) | Q(inspector=None)
    ahead = rows.filter(mine, state__in=[InspectionState.PLANNED, InspectionState.UNDER_WAY])
    done = rows.filter(inspector=request.actor.user_id, submitted_at__isnull=False)
    context = {
        **WORDS,
        "ahead": ahead.order_by("-began_at", "planned_on", "pk"),
        "done": done.order_by("-submitted_at")[:10],
    }
    return render(request, "partners/field/outlet_inspection_index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """Before: begin. Under way: how far it has come, or call it off. Done: the result."""
    row = find(request, number)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    call_off = CallOffForm(request.POST if asked == "cancel" else None)
    if asked == "begin":
        begin(request.actor, row)
        return redirect(_next_url(row, None))
    if asked == "cancel" and call_off.is_valid():
        call_off.save(request.actor, row)
        return redirect("inspect:inspection", number=row.number)
    known = row.is_done or row.kind == InspectionKind.SELF or not request.actor.is_partner
    answers = inspections.answers_of(row) if known else []
    context = {
        **WORDS,
        "row": row,
        "sections": _by_section(answers),
        "progress": _progress(answers),
        "may_begin": row.verdict(request.actor, "begin_inspection"),
        "may_answer": may_answer(request.actor, row),
        "may_cancel": row.verdict(request.actor, "cancel_inspection"),
        "call_off": call_off,
        "next_url": _next_url(row, None, answers),
        "findings": inspections.findings_in_sight(request.actor).filter(inspection=row) if known else [],
        "re_checks": row.re_checks.order_by("planned_on"),
        "chart": trend_chart(inspections.trend(OutletInspection.objects.filter(outlet=row.outlet_id)))
        if row.is_done
        else "",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "partners/field/outlet_inspection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page
def item(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One item: each press of an answer saves it and leads to the next that has none.

    Where remark or photo is still missing the page stays and says so.
    """
    row = find(request, number)
    answers = inspections.answers_of(row)
    place, one = next(((n, a) for n, a in enumerate(answers) if a.pk == pk), (0, None))
    if one is None or request.actor.role not in rules.inspectors(row.kind):
        raise Http404
    verdict = may_answer(request.actor, row)
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        if form.is_valid() and _saved(form, request, one):
            url = _next_url(row, one)
            if _lacks(row, pk):
                url = reverse("inspect:item", args=[row.number, pk])
            return JsonResponse({"next": url}) if request.headers.get("X-Hold") else redirect(url)
        return _item_page(request, row, answers, place, form, verdict, status=400)
    if not verdict:
        return redirect("inspect:inspection", number=row.number)
    return _item_page(request, row, answers, place, AnswerForm(initial={"remark": one.remark}), verdict)


@require_POST
@inspection_page
def remove_photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a wrong photo off an item, while the inspection is under way."""
    row = find(request, number)
    one = row.answers.select_related("item", "inspection").filter(pk=pk).first()
    if one is None or request.actor.role not in rules.inspectors(row.kind):
        raise Http404
    try:
        inspecting.remove_photo(request.actor, one, request.POST.get("photo", "")[:64].replace("\0", ""))
    except PortalError as error:
        return problem(request, error.status, error.message)
    messages.success(request, _("The photo is removed."))
    return redirect("inspect:item", number=row.number, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """What is still missing, the score as it would be, and the button."""
    row = find(request, number)
    if request.actor.role not in rules.inspectors(row.kind):
        raise Http404
    form = SubmitForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(request.actor)
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            return redirect("inspect:inspection", number=row.number)
    elif not may_answer(request.actor, row):
        return redirect("inspect:inspection", number=row.number)
    answers = inspections.answers_of(row)
    marks = inspections.marks_of(row, answers)
    by_number = {one.item.number: one for one in answers}
    points, cores = rules.score(marks), rules.core_failures(marks)
    version = row.check_version
    context = {
        **WORDS,
        "row": row,
        "form": form,
        "gaps": [(by_number[gap.number], gap.what) for gap in rules.gaps(marks)],
        "faults": [one for one in answers if one.result in (Result.FAIL, Result.PARTLY)],
        "progress": _progress(answers),
        "points": points,
        "cores": cores,
        "grade": rules.grade(points, cores, version.pass_mark, version.top_mark),
    }
    return render(request, "partners/field/outlet_inspection_submit.html", context, status=400 if form.errors else 200)


@require_safe
@inspection_page
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet on paper, once it is handed in."""
    row = find(request, number)
    if not row.is_done:
        raise Http404
    answer = HttpResponse(inspection_pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="inspection-{row.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _saved(form: AnswerForm, request: HttpRequest, one: OutletInspectionAnswer) -> bool:
    try:
        form.save(request.actor, one)
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return False
    return True


def _next_url(row: OutletInspection, after: Any, answers: list[Any] | None = None) -> str:
    """The next item without an answer, behind `after` first; the summary when every one has its answer."""
    rows = list(row.answers.order_by("item__place", "item")) if answers is None else answers
    place = next((n for n, one in enumerate(rows) if after is not None and one.pk == after.pk), -1)
    following = next((one for one in [*rows[place + 1 :], *rows] if not one.result), None)
    if following is None:
        return reverse("inspect:submit", args=[row.number])
    return reverse("inspect:item", args=[row.number, following.pk])


def _lacks(row: OutletInspection, pk: int) -> list[rules.Gap]:
    """What one answer still lacks, as it is stored now."""
    return rules.gaps(inspections.marks_of(row, [one for one in inspections.answers_of(row) if one.pk == pk]))


def _progress(answers: list[Any]) -> dict[str, int]:
    done = sum(bool(one.result) for one in answers)
    return {"done": done, "all": len(answers), "percent": round(100 * done / len(answers)) if answers else 0}


def _by_section(answers: list[Any]) -> list[tuple[Any, list[Any]]]:
    grouped = groupby(answers, key=lambda one: one.item.section)
    return [(Section(section).label, list(rows)) for section, rows in grouped]


def _item_page(
    request: HttpRequest,
    row: OutletInspection,
    answers: list[Any],
    place: int,
    form: Any,
    verdict: Any,
    status: int = 200,
) -> HttpResponse:
    one = answers[place]
    context = {
        **WORDS,
        "row": row,
        "one": one,
        "place": place + 1,
        "progress": _progress(answers),
        "before": answers[place - 1] if place else None,
        "after": answers[place + 1] if place + 1 < len(answers) else None,
        "form": form,
        "section": Section(one.item.section).label,
        "verdict": verdict,
        "lacks": rules.gaps(inspections.marks_of(row, [one])) if one.result else [],
        "next_url": _next_url(row, one, answers),
    }
    return render(request, "partners/field/outlet_inspection_item.html", context, status=status)


def trend_chart(points: list[tuple[Any, Any]]) -> Any:
    """The scores of the latest inspections as a line; nothing below two."""
    if len(points) < 2:
        return ""
    labels = [f"{day:%y-%m-%d}" for day, _points in points]
    values = {_("Score"): [score for _day, score in points]}
    return charts.line(labels, values, low=0, high=100, height=180, width=400)
