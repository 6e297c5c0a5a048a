"""What an authorisation covers (R008, R033, R105)."""

from datetime import date

from partners.choices import ServiceTier

_RANK = {tier: rank for rank, tier in enumerate(ServiceTier.values)}


def tiers_up_to(tier: str) -> list[str]:
    """The tiers that who may serve this one may serve as well: it and the simpler ones (R008)."""
    return [each for each in ServiceTier.values if _RANK[each] <= _RANK[tier]]


def covers(granted: tuple[str, str, date, date], region: str, tier: str, on: date) -> bool:
    """Whether region and tier of an authorisation (region, tier, first, last day) name the wanted ones on the day.

    An empty region or tier means every one; a ticket without region is served by anybody (R033).
    """
    area, highest, first, last = granted
    reach = not area or not region or area == region
    return first <= on <= last and reach and (not highest or tier in tiers_up_to(highest))
