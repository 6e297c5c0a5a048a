"""Who of us is absent, and who stands in: the partner manager's page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.actions import absence
from partners.choices.absence import AbsenceReason
from partners.forms.absence import AbsenceForm
from partners.models import Absence, Staff
from partners.queries.absence import absences_of
from partners.rules.absence import KEEPERS
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.webkit.guards import partner_page_of

#: Of those that are over the page shows the last ones.
OVER = 20


@require_safe
@partner_page_of(Role.PARTNER_MANAGER, Role.DISPATCHER)
def absences(request: HttpRequest) -> HttpResponse:
    """Those that last or come, then the last that are over."""
    context = {
        "rows": list(absences_of(request.actor)),
        "over": list(absences_of(request.actor, over=True)[:OVER]),
        "now": clock.now(),
        "keeps": request.actor.role in KEEPERS,
        "AbsenceReason": AbsenceReason,
    }
    return render(request, "partners/field/absences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page_of(Role.PARTNER_MANAGER)
def absence_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new absence, or a change of one."""
    row = None if pk is None else _find(request, pk)
    form = AbsenceForm(request.POST or None, actor=request.actor, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            messages.success(request, _("The absence of %(name)s is noted.") % {"name": saved.staff.name})
            return redirect("house:absences")
    status = 400 if request.method == "POST" else 200
    return render(request, "partners/field/absence.html", {"form": form, "row": row}, status=status)


@require_POST
@partner_page_of(Role.PARTNER_MANAGER)
def absence_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Back earlier, or not gone at all."""
    row = _find(request, pk)
    absence.cancel(request.actor, row)
    messages.success(request, _("The absence of %(name)s is cancelled.") % {"name": row.staff.name})
    return redirect("house:absences")


def _find(request: HttpRequest, pk: int) -> Absence:
    """The absence; Conflict in words where somebody of the company cancelled it already, 404 else (A01)."""
    row = Absence.objects.visible_to(request.actor).select_related("staff", "deputy").filter(pk=pk).first()
    if row is not None:
        return row
    gone = Absence.history.filter(id=pk, history_type="-", staff__in=Staff.objects.visible_to(request.actor)).first()
    if gone is None:
        raise Http404
    raise Conflict(_("The absence of %(name)s is cancelled already.") % {"name": gone.staff.name})
