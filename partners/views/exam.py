"""The examination on a telephone: one page, saved answer by answer, resumed after a break (R115, R175)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.actions import exam
from partners.choices.training import AttemptState, QuestionKind
from partners.models import Certificate, ExamAttempt, ExamPaper
from partners.queries.exam import marked_sheet, open_sheet
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.webkit.guards import partner_page

MOST_BYTES = 2000


@require_POST
@partner_page
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on with what is under way."""
    paper = get_object_or_404(ExamPaper.objects.select_related("course"), course_id=pk, course__active=True)
    attempt = exam.start(request.actor, paper)
    return redirect("house:exam", pk=attempt.pk)


@require_safe
@partner_page
def sit(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper while it is open; afterwards the result with explanations."""
    attempt = _own(request, pk)
    if attempt.finished_at is None and clock.now() >= attempt.closes_at:
        attempt = exam.hand_in(request.actor, attempt)
    if attempt.finished_at is not None:
        return _result(request, attempt)
    questions = open_sheet(attempt)
    context = {
        "attempt": attempt,
        "course": attempt.paper.course,
        "questions": questions,
        "answered": sum(question.answered for question in questions),
        "QuestionKind": QuestionKind,
    }
    answer = render(request, "partners/field/exam.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _result(request: HttpRequest, attempt: ExamAttempt) -> HttpResponse:
    course = attempt.paper.course
    certificate = Certificate.objects.filter(staff=attempt.staff, course=course, revoked_at=None).last()
    context = {
        "attempt": attempt,
        "course": course,
        "questions": marked_sheet(attempt),
        "certificate": certificate if attempt.state == AttemptState.PASSED else None,
        "AttemptState": AttemptState,
        "QuestionKind": QuestionKind,
    }
    return render(request, "partners/field/exam_result.html", context)


@require_POST
@partner_page
def answer(request: HttpRequest, pk: int) -> JsonResponse:
    """One answer, as JSON {"place": 3, "chosen": [0]}; 409 when the time is up or the paper is handed in."""
    attempt = _own(request, pk)
    try:
        place, chosen = _read(request.body)
        exam.answer(request.actor, attempt, place, chosen)
    except Conflict as error:
        return JsonResponse({"problem": str(error.message), "over": True}, status=409)
    except InvalidInput as error:
        return JsonResponse({"problem": str(error.message)}, status=400)
    return JsonResponse({"saved": place})


@require_POST
@partner_page
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it; what the page holds is taken if it comes in time, so that a tick not yet saved is not lost."""
    attempt = _own(request, pk)
    sent = {str(n): request.POST.getlist(f"q{n}") for n in range(len(attempt.sheet)) if f"q{n}" in request.POST}
    answers = {place: [int(value) for value in chosen if _small(value)] for place, chosen in sent.items()}
    exam.hand_in(request.actor, attempt, answers)
    return redirect("house:exam", pk=attempt.pk)


def _own(request: HttpRequest, pk: int) -> ExamAttempt:
    """My attempt; everybody else's is 404, the manager's people included: their results stand elsewhere."""
    mine = ExamAttempt.objects.visible_to(request.actor).filter(staff__user_id=request.actor.user_id)
    return get_object_or_404(mine.select_related("paper__course", "staff"), pk=pk)


def _read(body: bytes) -> tuple[int, list[int]]:
    try:
        sent: Any = json.loads(body) if len(body) <= MOST_BYTES else None
        place, chosen = sent["place"], sent["chosen"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInput(_("This answer did not arrive whole.")) from error
    whole = isinstance(chosen, list) and all(type(one) is int for one in [place, *chosen])
    if not whole or place < 0:
        raise InvalidInput(_("This answer did not arrive whole."))
    return place, chosen


def _small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 3
