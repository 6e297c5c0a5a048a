"""Certificates as PDF, and the check of a printed one (R115, R035; spec/interfaces.md /verify/)."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.choices.training import CertificateState
from partners.models import Certificate
from partners.reports.certificate import certificate_pdf
from partners.rules.certificate_code import fits, named
from portal.exchange.columns import masked_name

_JOINED = ("staff__outlet__partner", "course", "product_line")


@require_safe
@login_required
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate for whoever sees its holder; a technician gets his own. 404 for all others."""
    row = get_object_or_404(Certificate.objects.visible_to(request.actor).select_related(*_JOINED), pk=pk)
    answer = HttpResponse(certificate_pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{row.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the portal gave out such a certificate and whether it holds today; the name is shown in part."""
    pk = named(code)
    row = Certificate.objects.select_related(*_JOINED).filter(pk=pk).first() if pk is not None else None
    if row is None or not fits(settings.SECRET_KEY, code, row.pk, row.number):
        return render(request, "partners/public/verify.html", {"code": code}, status=404)
    context = {"code": code, "row": row, "name": masked_name(row.staff.name), "states": CertificateState}
    return render(request, "partners/public/verify.html", context)
