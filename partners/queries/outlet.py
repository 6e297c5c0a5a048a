"""Which outlets may take a ticket."""

from datetime import date

from django.db.models import QuerySet

from partners.choices import ContractState
from partners.models import Authorisation, Outlet, PartnerContract
from partners.rules.authorisation import covers
from partners.rules.standing import CHOSEN_AUTOMATICALLY, GETS_NEW, ONLY_AUTHORISED


def outlets_serving(region: str, line_id: int | None, tier: str, on: date, *, automatic: bool = False) -> list[Outlet]:
    """Active outlets that cover region, product line and tier, of partners whose standing lets them (dispatch guard).

    An outlet without coverage or tiers restricts nothing. A partner with authorisations serves what they name; one
    without serves what its outlets and contract say, unless its scope was reduced. `automatic`: only partners that a
    machine may choose (R033).
    """
    outlets = (
        Outlet.objects.filter(active=True, partner__standing__in=CHOSEN_AUTOMATICALLY if automatic else GETS_NEW)
        .filter(partner__contracts__in=contracts_in_force(on))
        .select_related("partner")
        .distinct()
    )
    if line_id is not None:
        outlets = outlets.filter(product_lines__id=line_id)
    covering = [outlet for outlet in outlets if _covers(outlet, region, tier)]
    allowed = authorised_partners({outlet.partner_id for outlet in covering}, region, line_id, tier, on)
    return [outlet for outlet in covering if allowed.get(outlet.partner_id, not _narrow(outlet))]


def authorised_partners(partners: set[int], region: str, line_id: int | None, tier: str, on: date) -> dict[int, bool]:
    """Of the partners that have authorisations: whether one of them, valid on the day, names all three."""
    found: dict[int, bool] = {}
    for row in Authorisation.objects.filter(partner__in=partners):
        granted = (row.region, row.tier, row.valid_from, row.valid_until)
        names = (line_id is None or row.product_line_id == line_id) and covers(granted, region, tier, on)
        found[row.partner_id] = found.get(row.partner_id, False) or names
    return found


def contracts_in_force(on: date) -> QuerySet[PartnerContract]:
    """Contracts that bind on that day."""
    return PartnerContract.objects.filter(state=ContractState.IN_FORCE, valid_from__lte=on, valid_until__gte=on)


def _narrow(outlet: Outlet) -> bool:
    return outlet.partner.standing in ONLY_AUTHORISED


def _covers(outlet: Outlet, region: str, tier: str) -> bool:
    areas = outlet.coverage or [outlet.region]
    return (not region or region in areas) and (not outlet.tiers or tier in outlet.tiers)
