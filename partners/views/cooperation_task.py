"""Tasks of partner staff: mine, my company's, what is done; reported, or more time asked for (R073, R077)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.cooperation import TaskState
from partners.forms.cooperation import FinishForm, MoreTimeForm
from partners.queries import cooperation_task as tasks
from partners.rules.cooperation_task import may_finish
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem

A_PAGE = 30


@require_safe
@partner_page
def index(request: HttpRequest) -> HttpResponse:
    """The tasks, what is overdue first."""
    labels = {"mine": _("Mine")}
    if request.actor.role == Role.PARTNER_MANAGER:
        labels["company"] = _("My company’s")
    labels["done"] = _("Done or cancelled")
    asked = request.GET.get("tab", "")
    tab = asked if asked in labels else "mine"
    context = {
        "page": Paginator(tasks.mine(request.actor, tab), A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(name, label, tasks.mine(request.actor, name).count(), name == tab) for name, label in labels.items()],
        "tab": tab,
        "today": clock.today(),
        "TaskState": TaskState,
    }
    return render(request, "partners/field/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One task; a POST reports it or asks for more time."""
    row = get_object_or_404(tasks.tasks_of(request.actor), number=number)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    given = {"actor": request.actor, "row": row}
    finish = FinishForm(*([request.POST, request.FILES] if asked == "finish" else [None]), **given)
    more = MoreTimeForm(request.POST if asked == "time" else None, **given)
    form = {"finish": finish, "time": more}.get(asked)
    if form is not None and form.is_valid():
        try:
            form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            done = _("Reported as done.") if asked == "finish" else _("The brand decides on the new day.")
            messages.success(request, done)
            return redirect("house:task", number=row.number)
    context = {
        "task": row,
        "sees_meeting": tasks.sees_meeting(request.actor, row),
        "files": tasks.files_of(row),
        "events": entries_for(row).order_by("-sequence"),
        "may_finish": may_finish(request.actor.role, own=row.owner_id == request.actor.user_id, state=row.state),
        "finish": finish,
        "more": more,
        "today": clock.today(),
        "TaskState": TaskState,
    }
    return render(request, "partners/field/task.html", context, status=400 if asked else 200)
