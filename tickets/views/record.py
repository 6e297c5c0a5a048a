"""附件1–4 as downloads, and the check of a printed sheet (R035; spec/interfaces.md /verify/)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.actor import Actor
from portal.journal.log import entries_for, subject_of
from portal.kernel.errors import InvalidInput
from portal.links.session import actor_for
from portal.webkit.views import problem
from tickets.models import Ticket
from tickets.reports.record import FORMS, record_pdf
from tickets.rules import proof
from tickets.rules.permission import handles


@require_safe
def record(request: HttpRequest, number: str, form: int) -> HttpResponse:
    """One sheet as PDF, for whoever sees the ticket; personal data masked for those who do not handle it."""
    ticket, actor = _find(request, number)
    if form not in FORMS:
        raise Http404
    try:
        content = record_pdf(ticket, form, masked=not handles(actor, ticket.standing().owner_user_id))
    except InvalidInput as error:
        return problem(request, 404, error.message)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{ticket.number}-F{form}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the portal printed such a sheet, and what came after; it shows no personal data."""
    found = proof.read(settings.SECRET_KEY, code)
    ticket = Ticket.objects.filter(number=found.number).first() if found else None
    if found is None or ticket is None:
        return render(request, "tickets/customer/verify.html", {"code": code}, status=404)
    log = entries_for(ticket)
    context: dict[str, Any] = {
        "code": code,
        "ticket": ticket,
        "form": FORMS[found.form],
        "entry": log.filter(sequence=found.sequence).first(),
        "later": log.filter(sequence__gt=found.sequence).count(),
    }
    return render(request, "tickets/customer/verify.html", context)


def _find(request: HttpRequest, number: str) -> tuple[Ticket, Actor]:
    """The ticket with who asks: a signed-in user in whose scope it lies, or the holder of its link. Raises Http404."""
    row = Ticket.objects.select_related("owner", "outlet", "partner").filter(number=number).first()
    if row is None:
        raise Http404
    if Ticket.objects.visible_to(request.actor).filter(pk=row.pk).exists():
        return row, request.actor
    holder = actor_for(request, subject_of(row))
    if holder.ticket_id != row.pk:
        raise Http404
    return row, holder
