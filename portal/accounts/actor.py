"""Who is acting: the one value that every action, query and rule takes in place of a request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from portal.accounts.roles import BRAND, DESK, PARTNER, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """A snapshot of identity and reach; the label is what the journal will show for ever."""

    role: Role | None = None
    user_id: int | None = None
    organisation_id: int | None = None
    regions: tuple[str, ...] = ()
    label: str = ""
    ticket_id: int | None = None
    on_behalf_of: str = ""

    @classmethod
    def of(cls, user: Union["User", "AnonymousUser"]) -> "Actor":
        """The actor behind a signed-in user; nobody, if he is anonymous, inactive or without membership."""
        if not user.is_authenticated or not user.is_active:
            return NOBODY
        membership = user.current_membership()
        if membership is None:
            return cls(user_id=user.pk, label=str(user))
        return cls(
            role=Role(membership.role),
            user_id=user.pk,
            organisation_id=membership.organisation_id,
            regions=tuple(membership.regions),
            label=f"{user} · {membership.organisation.short_name}",
        )

    @classmethod
    def system(cls, label: str = "system") -> "Actor":
        """The portal itself: schedules, imports, automatic steps."""
        return cls(role=Role.SYSTEM, label=label)

    @classmethod
    def customer(cls, ticket_id: int, label: str) -> "Actor":
        """The holder of one ticket's signed link; he reaches that ticket and nothing else."""
        return cls(role=Role.CUSTOMER, ticket_id=ticket_id, label=label)

    @property
    def is_brand(self) -> bool:
        return self.role in BRAND

    @property
    def is_desk(self) -> bool:
        return self.role in DESK

    @property
    def is_partner(self) -> bool:
        return self.role in PARTNER

    @property
    def is_customer(self) -> bool:
        return self.role == Role.CUSTOMER

    @property
    def is_auditor(self) -> bool:
        return self.role == Role.AUDITOR

    @property
    def is_system(self) -> bool:
        return self.role == Role.SYSTEM


NOBODY = Actor()
