"""Meetings for partner staff: calendar, invitation, agenda, topics, minutes, and these as PDF (R041, R076)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.meeting import Answer, MeetingKind, MeetingState, MinutesReply, SlotState, TopicState
from partners.forms.meeting import AcknowledgeForm, AnswerForm, CorrectionForm, TopicForm
from partners.models import Meeting, Topic
from partners.queries import meeting as meetings
from partners.queries import meeting_figures as figures
from partners.reports.meeting import minutes_pdf
from partners.rules.meeting import OPEN, reply_open
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem
from portal.worktime.month import read_year

A_PAGE = 20
WORDS = {
    "Answer": Answer,
    "MeetingKind": MeetingKind,
    "MeetingState": MeetingState,
    "MinutesReply": MinutesReply,
    "SlotState": SlotState,
    "TopicState": TopicState,
}
_FORMS: dict[str, Any] = {
    "answer": AnswerForm,
    "acknowledge": AcknowledgeForm,
    "correct": CorrectionForm,
    "topic": TopicForm,
}
#: What is said after each of them.
_SAID = {
    "answer": gettext_lazy("Thank you: the brand has your answer."),
    "acknowledge": gettext_lazy("You have acknowledged the minutes."),
    "correct": gettext_lazy("The brand has your correction; its answer will stand under the minutes."),
    "topic": gettext_lazy("The brand has your problem: it answers, or puts it on the agenda."),
}


@require_safe
@partner_page
def index(request: HttpRequest) -> HttpResponse:
    """Coming meetings, past ones, or the year as a calendar."""
    rows, now = meetings.meetings_of(request.actor), clock.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in ("past", "year") else "coming"
    lists = {
        "coming": rows.filter(state__in=OPEN).order_by("starts_at"),
        "past": rows.exclude(state__in=OPEN),
    }
    labels = {"coming": pgettext("meeting", "Coming"), "past": _("Past"), "year": _("Calendar of the year")}
    year = read_year(request.GET.get("year", ""), clock.today())
    context = {
        **WORDS,
        "tabs": [
            (name, label, lists[name].count() if name in lists else None, name == tab) for name, label in labels.items()
        ],
        "tab": tab,
        "page": Paginator(lists.get(tab, rows.none()), A_PAGE).get_page(request.GET.get("page")),
        "rows": meetings.year(request.actor, year) if tab == "year" else [],
        "months": meetings.months_of(year),
        "year": str(year),
        "before": str(year - 1),
        "after": str(year + 1),
        "now": now,
    }
    return render(request, "partners/field/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting; a POST answers the invitation, the minutes, or brings up a topic."""
    row = _find(request, pk)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    given = {"actor": request.actor, "row": row}
    forms = {name: kind(request.POST if name == asked else None, **given) for name, kind in _FORMS.items()}
    form = forms.get(asked)
    if form is not None and form.is_valid():
        try:
            form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            messages.success(request, _SAID[asked])
            return redirect("house:meeting", pk=row.pk)
    context = {**WORDS, **_context(request, row), "forms": forms}
    return render(request, "partners/field/meeting.html", context, status=400 if asked else 200)


@require_safe
@login_required
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes on paper: for the brand once the meeting was held, for the others once they are released."""
    row = _find(request, pk)
    if not row.was_held or (request.actor.is_partner and row.state != MeetingState.RELEASED):
        raise Http404
    answer = HttpResponse(minutes_pdf(row, request.actor), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="minutes-{row.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _find(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(meetings.meetings_of(request.actor), pk=pk)


def _context(request: HttpRequest, row: Meeting) -> dict[str, Any]:
    """The agenda is shown once it was filled; the minutes once they are released."""
    invitation = meetings.invitation_of(row, request.actor)
    released = row.state == MeetingState.RELEASED
    reply = reply_open(row.state, row.replies_until, clock.today())
    topics = Topic.objects.all().visible_to(request.actor).filter(meeting=row).select_related("author", "item")
    corrections = row.invitations.exclude(correction="").select_related("user", "partner") if released else []
    return {
        "meeting": row,
        "invitation": invitation,
        "items": figures.shown(row, request.actor),
        "others": figures.other_decisions(row) if released else [],
        "released": released,
        "topics": topics,
        "corrections": corrections,
        "may_answer": invitation is not None and row.state == MeetingState.INVITED,
        "may_reply": bool(reply) and invitation is not None and invitation.reply == MinutesReply.OPEN,
        "may_bring": row.is_open,
        "late": meetings.late(row),
        "compared": figures.compared_with(row),
    }
