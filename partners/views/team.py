"""The team against what its posts ask for: who holds, lacks, expires; checks of skills and documents (R173, R174)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.training import AttemptState, CertificateState, EnrolmentState, ItemState, RequirementKind
from partners.forms.proof import ProofForm
from partners.models import Staff
from partners.queries import my_training as mine
from partners.queries.qualification import standing_of
from partners.queries.team import matrix_of, outlets_of_team, proofs_of
from partners.queries.training import team_of
from partners.rules.training import LEADERS, MATRIX_READERS
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError, Refused
from portal.webkit.guards import partner_page

View = Callable[..., HttpResponseBase]


def leaders_page(view: View) -> View:
    """For managers and dispatchers; others read why not."""

    @partner_page
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.role not in MATRIX_READERS:
            raise Refused(_("This page is for managers and dispatchers."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@leaders_page
def team(request: HttpRequest) -> HttpResponse:
    """Staff by requirement, in colours; narrowed by outlet, and to those who lack something or expire."""
    outlet = request.GET.get("outlet", "")
    which = request.GET.get("which", "")
    everybody = list(team_of(request.actor))
    people = [p for p in everybody if not outlet or str(p.outlet_id) == outlet]
    matrix = matrix_of(people, clock.today(), which)
    context = {
        "matrix": matrix,
        "outlets": outlets_of_team(everybody),
        "outlet": outlet,
        "which": which,
        "ItemState": ItemState,
    }
    return render(request, "partners/field/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leaders_page
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the team: every requirement with its proof, sessions and results; the manager records checks."""
    row = get_object_or_404(team_of(request.actor), pk=pk)
    form = ProofForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        actor=request.actor,
        row=row,
    )
    status = 200
    if request.method == "POST":
        if (answer := _record(request, row, form)) is not None:
            return answer
        status = 400
    return render(request, "partners/field/person.html", _context(request, row, form), status=status)


def _record(request: HttpRequest, row: Staff, form: ProofForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        proof = form.save()
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return None
    except PortalError as error:
        form.add_error(None, str(error.message))
        return None
    messages.success(request, _("“%(requirement)s” is recorded.") % {"requirement": proof.requirement})
    return redirect("house:person", pk=row.pk)


def _context(request: HttpRequest, row: Staff, form: ProofForm) -> dict[str, Any]:
    return {
        "person": row,
        "items": standing_of([row], clock.today())[row.pk],
        "proofs": proofs_of(request.actor, row),
        "enrolments": mine.enrolments_of(row),
        "attempts": mine.attempts_of(row),
        "certificates": row.certificates.select_related("course", "product_line").order_by("-valid_until"),
        "form": form,
        "vouches": request.actor.role in LEADERS and row.user_id != request.actor.user_id,
        "ItemState": ItemState,
        "AttemptState": AttemptState,
        "CertificateState": CertificateState,
        "EnrolmentState": EnrolmentState,
        "RequirementKind": RequirementKind,
    }
