"""Cooperation plans for partner staff: goals and stage, the group, the board; the manager agrees (R071–R078)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.actions import cooperation_board
from partners.choices.cooperation import PlanStage, ResourceKind, Side, TaskState
from partners.forms.cooperation import AgreeForm, PostForm
from partners.models import CooperationPlan
from partners.queries import cooperation as plans
from partners.rules.cooperation import ABOUT, LIVE, STEPS, may_post
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem

A_PAGE = 20
WORDS = {"PlanStage": PlanStage, "ResourceKind": ResourceKind, "Side": Side, "TaskState": TaskState}


@require_safe
@partner_page
def index(request: HttpRequest) -> HttpResponse:
    """The plans of this partner: the live ones, or those at their end."""
    rows, past = plans.plans_of(request.actor), request.GET.get("tab") == "past"
    live = rows.filter(stage__in=LIVE)
    counts = (live.count(), rows.exclude(stage__in=LIVE).count())
    found = rows.exclude(stage__in=LIVE) if past else live
    context = {
        **WORDS,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "tabs": [("live", _("Under way"), counts[0], not past), ("past", _("At their end"), counts[1], past)],
        "past": past,
    }
    return render(request, "partners/field/cooperation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan; a POST agrees to it or sends a message."""
    row = get_object_or_404(plans.plans_of(request.actor), pk=pk)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    given = {"actor": request.actor, "row": row}
    agree = AgreeForm(request.POST if asked == "agree" else None, **given)
    post = PostForm(*([request.POST, request.FILES] if asked == "post" else [None]), **given)
    form = {"agree": agree, "post": post}.get(asked)
    if form is not None and form.is_valid():
        try:
            form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            messages.success(request, _("You have agreed for your company.") if asked == "agree" else _("Sent."))
            return redirect("house:plan", pk=row.pk)
    if request.method == "GET":
        cooperation_board.mark_read(request.actor, row)
    return render(
        request, "partners/field/plan.html", _context(request, row, agree, post), status=400 if asked else 200
    )


def _context(request: HttpRequest, row: CooperationPlan, agree: AgreeForm, post: PostForm) -> dict[str, Any]:
    stages, today = list(STEPS), clock.today()
    members = row.members.order_by("side", "since")
    waits = row.stage == PlanStage.PLAN and not row.partner_agreed_at and row.goals.exists()
    return {
        **WORDS,
        "plan": row,
        "steps": [PlanStage(stage).label for stage in stages],
        "current": stages.index(row.stage) if row.stage in stages else len(stages),
        "about": ABOUT.get(row.stage, ""),
        "goals": [(goal, goal.facts().reached) for goal in row.goals.all()],
        "resources": row.resources.all(),
        "members": [member for member in members if member.until is None or member.until >= today],
        "board": plans.board(row),
        "tasks": plans.tasks_of(row, request.actor)[:30],
        "meetings": row.meetings.all().visible_to(request.actor).order_by("-starts_at")[:10],
        "may_agree": waits and request.actor.role == Role.PARTNER_MANAGER,
        "may_post": row.is_live and may_post(request.actor.role, member=plans.is_member(row, request.actor)),
        "agree": agree,
        "post": post,
        "today": today,
    }
