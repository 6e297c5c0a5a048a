"""Which regions can be chosen."""

from partners.models import Outlet, Partner
from partners.rules.region import merged


def known_regions() -> list[str]:
    """The provinces and every other region that a partner or outlet has."""
    used = set(Partner.objects.order_by().values_list("region", flat=True).distinct())
    used |= set(Outlet.objects.order_by().values_list("region", flat=True).distinct())
    return merged(list(used))
