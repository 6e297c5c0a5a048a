"""What applicants and those who decide are told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.models import PartnerApplication
from partners.notices.telling import tell_brand
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.queue import LinkTo, Recipient, queue
from portal.notify.types import register, register_group

#: Where an applicant's link leads and for how many days.
APPLICANT = LinkTo("apply", "/join/{token}/", 60)
INVITATION = LinkTo("invite", "/join/invitation/{token}/", 14)

register_group(
    "joining",
    _("Applications of new partners"),
    _("An application waits for a decision"),
    roles=frozenset({Role.BRAND_MANAGER, Role.LEGAL}),
)
_APPLICANT = _("The contact person of the application")

register(
    "application.confirm",
    _("Please confirm your application %(number)s"),
    _("we received the application of %(name)s. Confirm it here, so that we know it is from you: %(link)s"),
    _APPLICANT,
    group="joining",
)
register(
    "application.returned",
    _("Please correct your application %(number)s"),
    _("the application of %(name)s was returned: %(reason)s\nCorrect it here: %(link)s"),
    _APPLICANT,
    group="joining",
)
register(
    "application.rejected",
    _("Your application %(number)s"),
    _("the application of %(name)s was not accepted: %(reason)s"),
    _APPLICANT,
    group="joining",
)
register(
    "application.approved",
    _("Your application %(number)s is approved"),
    _("%(name)s is a partner now. The manager gets an invitation to the portal by a message of its own."),
    _APPLICANT,
    group="joining",
)
register(
    "application.waits",
    _("Application %(number)s waits for you"),
    _("The application of %(name)s in %(region)s is “%(state)s”."),
    _("Whose turn it is: brand managers of the region, or the legal department"),
    group="joining",
)
register(
    "account.invited",
    _("Your access to the service portal"),
    _(
        "you manage %(organisation)s on our service portal. Your user name is %(username)s; "
        "choose a password here: %(link)s"
    ),
    _("The manager of the new partner"),
    group="joining",
)


def tell_applicant(row: PartnerApplication, code: str, /, *, link: bool = False, **context: Any) -> None:
    """To the contact person of the application, in its language."""
    recipient = Recipient(name=row.contact_name, email=row.email, language=row.language)
    queue(code, recipient, {**_named(row), **context}, subject_of(row), link=APPLICANT if link else None)


def tell_deciders(row: PartnerApplication, role: Role) -> None:
    """To those whose turn it is."""
    tell_brand(role, "application.waits", row, **_named(row))


def tell_invited(user: User, organisation: str) -> None:
    """The link by which the new manager chooses his password."""
    context = {"organisation": organisation, "username": user.username}
    queue("account.invited", Recipient.of(user), context, subject_of(user), link=INVITATION)


def _named(row: PartnerApplication) -> dict[str, Any]:
    return {"number": row.number, "name": row.name, "region": row.region, "state": row.get_state_display()}
