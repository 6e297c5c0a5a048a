"""To whom something in the partner network is told: a partner's managers, people of the brand by role and region."""

from typing import Any

from partners.models import Partner
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.queue import Recipient, queue


def managers_of(partner: Partner) -> list[User]:
    """The partner's managers who can sign in."""
    homes = Membership.objects.filter(
        active=True, role=Role.PARTNER_MANAGER, organisation_id=partner.organisation_id, user__is_active=True
    )
    return list(User.objects.filter(pk__in=homes.values("user")).order_by("pk"))


def brand_people(role: Role, region: str = "") -> list[User]:
    """People of the brand in that role whose regions reach there."""
    rows = Membership.objects.filter(active=True, role=role, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("user_id") if not row.regions or not region or region in row.regions]


def tell(people: list[User], code: str, subject: Any, /, *, link: Any = None, **context: Any) -> None:
    """One notice to each."""
    for user in people:
        queue(code, Recipient.of(user), context, subject_of(subject), link=link)


def tell_managers(partner: Partner, code: str, /, *, link: Any = None, **context: Any) -> None:
    """To the partner's managers."""
    tell(managers_of(partner), code, partner, link=link, **{"partner": partner.name, **context})


def tell_brand(role: Role, code: str, subject: Any, /, *, region: str = "", **context: Any) -> None:
    """To the brand's people of that role, as far as their regions reach."""
    tell(brand_people(role, region), code, subject, **context)
