"""The certificate on paper: A4 across, with a code that anybody can check (R115)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Certificate
from partners.rules.certificate_code import code
from portal.links.tokens import absolute_url
from portal.pdf import render


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as PDF in the active language; the same row gives the same bytes.

    A revoked one says so across the sheet.
    """
    proof = code(settings.SECRET_KEY, certificate.pk, certificate.number)
    staff = certificate.staff
    context = {
        "certificate": certificate,
        "staff": staff,
        "partner": staff.outlet.partner,
        "subject": certificate.subject,
        "topics": certificate.course.topics[:6] if certificate.course else [],
        "is_void": _("Revoked") if certificate.revoked_at else "",
        "verification": {"code": proof, "url": absolute_url(reverse("verify_certificate", args=[proof]))},
    }
    return render(
        "partners/pdf/certificate.html", context, title=_("Certificate %(number)s") % {"number": certificate.number}
    )
