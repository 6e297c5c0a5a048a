"""Pages of meetings beside their list: the governance calendar, a new meeting, the figures under the form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.choices.meeting import MinutesReply, SlotState
from partners.forms.meeting import PlanMeetingForm
from partners.models import Meeting
from partners.queries import meeting as meetings
from partners.queries.meeting_figures import shown
from portal.accounts.actor import Actor
from portal.adminkit.dress import dress
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.worktime.month import read_year


def whole(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """Agenda with figures, corrections and journal under the meeting's form."""
    corrections = meeting.invitations.exclude(correction="").select_related("user", "partner")
    return {
        "meeting": meeting,
        "items": shown(meeting, actor),
        "corrections": list(corrections),
        "MinutesReply": MinutesReply,
        "events": entries_for(meeting).order_by("-sequence"),
    }


@require_safe
def calendar(request: HttpRequest, page: Any) -> HttpResponse:
    """A year: months across, kinds of meetings down; held, planned, owed, overdue."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    today = clock.today()
    year = read_year(request.GET.get("year", ""), today)
    rows = meetings.year(request.actor, year)  # type: ignore[attr-defined]
    boxes = [box for row in rows for month in row.months for box in month]
    context = {
        **page.admin_site.each_context(request),
        "title": _("Governance calendar"),
        "opts": page.opts,
        "rows": rows,
        "months": meetings.months_of(year),
        "year": str(year),
        "before": str(year - 1),
        "after": str(year + 1),
        "this_month": today.month if today.year == year else 0,
        "counts": [(state, sum(box.state == state for box in boxes)) for state in SlotState],
        "SlotState": SlotState,
        "back": reverse("admin:partners_meeting_changelist"),
    }
    return TemplateResponse(request, "admin/partners/meeting/calendar.html", context)


def add(request: HttpRequest, page: Any) -> HttpResponse:
    """A meeting outside the cycles: planned by its action, so that it has its number, journal and notices."""
    if not page.has_add_permission(request):
        raise PermissionDenied
    form = PlanMeetingForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,  # type: ignore[attr-defined]
        row=None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            messages.success(request, _("The meeting stands in the calendar."))
            return HttpResponseRedirect(reverse("admin:partners_meeting_change", args=[row.pk]))
    context = {
        **page.admin_site.each_context(request),
        "title": _("Plan a meeting"),
        "opts": page.opts,
        "row": _("Meetings"),
        "back": reverse("admin:partners_meeting_changelist"),
        "option": {"label": _("Plan a meeting")},
        "form": dress(form),
        "can_send": True,
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/adminkit/step.html", context, status=status)
