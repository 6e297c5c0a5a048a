"""Which certificates end soon, and who was told (R115)."""

from datetime import date, timedelta

from partners.models import Certificate
from partners.rules.qualification import WARN_DAYS


def ending_soon(today: date) -> list[Certificate]:
    """Valid certificates of active people that end within the longest limit of warning."""
    rows = Certificate.objects.valid_on(today).filter(
        valid_until__lte=today + timedelta(days=max(WARN_DAYS)), staff__active=True
    )
    return list(rows.select_related("staff__user", "staff__outlet__partner", "course", "product_line"))


def warned_of(certificate: Certificate) -> list[int]:
    """The limits that were told of."""
    return list(certificate.warnings.values_list("days", flat=True))


def renewed(certificate: Certificate) -> bool:
    """Whether the holder has a later one for the same."""
    later = Certificate.objects.filter(
        staff=certificate.staff_id,
        course=certificate.course_id,
        product_line=certificate.product_line_id,
        valid_until__gt=certificate.valid_until,
        revoked_at=None,
    )
    return later.exists()
