"""Whom to reach: at a partner, and in the brand's departments."""

from collections.abc import Iterable

from django.db.models import QuerySet

from partners.models import Partner
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role


def managers_of(partner: Partner) -> list[User]:
    """The accounts that answer for the partner, in a fixed order."""
    return list(_holding([Role.PARTNER_MANAGER], organisation_id=partner.organisation_id))


def department(roles: Iterable[Role], region: str = "") -> list[User]:
    """The brand's people with one of the roles, those of limited regions only where the region is theirs."""
    found = _holding(roles).prefetch_related("membership_set")
    return [user for user in found if not region or _reaches(user, region)]


def _holding(roles: Iterable[Role], **where: object) -> QuerySet[User]:
    held = Membership.objects.filter(active=True, role__in=list(roles), **where)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _reaches(user: User, region: str) -> bool:
    regions: list[str] = next((held.regions for held in user.membership_set.all() if held.active), [])
    return not regions or region in regions
