"""Which outlets may take a ticket."""

from datetime import date

from django.db.models import QuerySet

from partners.choices import ContractState, Standing
from partners.models import Outlet, PartnerContract


def outlets_serving(region: str, line_id: int | None, tier: str, on: date) -> list[Outlet]:
    """Active outlets of partners in good standing that cover region, product line and tier (dispatch guard).

    Outlets whose coverage names the region come first, then those in the region; an outlet without coverage
    or tiers restricts nothing.
    """
    outlets = (
        Outlet.objects.filter(active=True)
        .exclude(partner__standing__in=[Standing.SUSPENDED, Standing.TERMINATED])
        .filter(partner__contracts__in=contracts_in_force(on))
        .select_related("partner")
        .distinct()
    )
    if line_id is not None:
        outlets = outlets.filter(product_lines__id=line_id)
    return [outlet for outlet in outlets if _covers(outlet, region, tier)]


def contracts_in_force(on: date) -> QuerySet[PartnerContract]:
    """Contracts that bind on that day."""
    return PartnerContract.objects.filter(state=ContractState.IN_FORCE, valid_from__lte=on, valid_until__gte=on)


def _covers(outlet: Outlet, region: str, tier: str) -> bool:
    areas = outlet.coverage or [outlet.region]
    return (not region or region in areas) and (not outlet.tiers or tier in outlet.tiers)
