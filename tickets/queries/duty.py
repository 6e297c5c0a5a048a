"""Who of a level is at work now, and who stands in for whom: the people that a warning goes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from partners.models import Absence, Staff
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from tickets.choices.warning import Audience
from tickets.models import DutyTurn, Ticket

#: Where nobody of a level is there, the next one gets it.
NEXT_UP = {
    Audience.OWNER: Audience.DISPATCHER,
    Audience.DISPATCHER: Audience.PARTNER_MANAGER,
    Audience.PARTNER_MANAGER: Audience.DUTY_OFFICER,
    Audience.SERVICE_DESK: Audience.DUTY_OFFICER,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One person, the level that he stands for, and in whose place."""

    user: User
    audience: str
    instead_of: str = ""

    def as_json(self) -> dict[str, str]:
        """As the warning keeps it."""
        return {"name": str(self.user), "audience": str(self.audience), "instead_of": self.instead_of}


def recipients(ticket: Ticket, audiences: Iterable[str], now: datetime) -> list[Told]:
    """The people of the levels who are at work, each once; of a level without anybody those of the next one up."""
    found: dict[int, Told] = {}
    for audience in audiences:
        for told in _level(ticket, Audience(audience), now):
            found.setdefault(told.user.pk, told)
    return list(found.values())


def _level(ticket: Ticket, audience: Audience, now: datetime) -> list[Told]:
    if ticket.partner_id is None and audience in (Audience.OWNER, Audience.DISPATCHER, Audience.PARTNER_MANAGER):
        # Nobody has the ticket yet: it lies with the service desk, above which stands the duty officer.
        audience = Audience.DUTY_OFFICER if audience == Audience.PARTNER_MANAGER else Audience.SERVICE_DESK
    for_whom = ""
    while True:
        if audience == Audience.OWNER:
            people, for_whom = _owner(ticket, now)
        elif audience == Audience.DUTY_OFFICER:
            return [Told(user, audience, for_whom) for user in _duty_officers(ticket, now)]
        elif audience == Audience.SERVICE_DESK:
            people = [Told(user, audience) for user in _of_brand(ticket, Role.SERVICE_DESK)]
        else:
            people = [Told(user, audience, for_whom) for user in _of_partner(ticket, audience, now)]
        if people:
            return people
        audience = NEXT_UP[audience]


def _owner(ticket: Ticket, now: datetime) -> tuple[list[Told], str]:
    """The responsible person or his deputy; without either the name of whom the next level stands in for."""
    owner = ticket.owner
    if owner is None:
        return [], ""
    absence = Absence.objects.filter(staff=owner).at(now).select_related("deputy__user").first()
    if absence is None and owner.active and owner.on_duty and owner.user is not None and owner.user.is_active:
        return [Told(owner.user, Audience.OWNER)], ""
    deputy = absence.deputy if absence else None
    there = deputy is not None and deputy.active and deputy.on_duty and not _absent([deputy.pk], now)
    if there and deputy is not None and deputy.user is not None and deputy.user.is_active:
        return [Told(deputy.user, Audience.OWNER, owner.name)], ""
    return [], owner.name


def _of_partner(ticket: Ticket, audience: Audience, now: datetime) -> list[User]:
    """Dispatchers or managers of the partner who are at work; those of the ticket's outlet where there are any."""
    role = Role.DISPATCHER if audience == Audience.DISPATCHER else Role.PARTNER_MANAGER
    members = Membership.objects.filter(active=True, role=role, organisation=ticket.partner.organisation_id)
    users = list(User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk"))
    staff = {row.user_id: row for row in Staff.objects.filter(user__in=users)}
    away = _absent([row.pk for row in staff.values()], now)
    users = [user for user in users if _at_work(staff.get(user.pk), away)]
    near = [user for user in users if user.pk in staff and staff[user.pk].outlet_id == ticket.outlet_id]
    return near if audience == Audience.DISPATCHER and near else users


def _at_work(row: Staff | None, away: set[int]) -> bool:
    return row is None or (row.on_duty and row.active and row.pk not in away)


def _duty_officers(ticket: Ticket, now: datetime) -> list[User]:
    """Who is on the roster for the region; without anybody all brand managers of it."""
    turns = DutyTurn.objects.at(now).filter(officer__is_active=True).select_related("officer").order_by("since", "pk")
    officers = [turn.officer for turn in turns if not turn.regions or ticket.region in turn.regions]
    return officers or _of_brand(ticket, Role.BRAND_MANAGER)


def _of_brand(ticket: Ticket, role: Role) -> list[User]:
    """The people of a role of the brand, as far as their regions reach."""
    members = Membership.objects.filter(active=True, role=role, user__is_active=True).select_related("user")
    return [row.user for row in members.order_by("user") if not row.regions or ticket.region in row.regions]


def _absent(staff: list[int], now: datetime) -> set[int]:
    return set(Absence.objects.filter(Q(staff__in=staff)).at(now).values_list("staff", flat=True))
