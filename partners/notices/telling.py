"""To whom something in the partner network is told: a partner's managers, people of the brand by role and region."""

from typing import Any

from partners.models import Partner
from partners.queries.people import department, managers_of
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.queue import Recipient, queue


def tell(people: list[User], code: str, subject: Any, /, *, link: Any = None, **context: Any) -> None:
    """One notice to each."""
    for user in people:
        queue(code, Recipient.of(user), context, subject_of(subject), link=link)


def tell_managers(partner: Partner, code: str, /, *, link: Any = None, **context: Any) -> None:
    """To the partner's managers."""
    tell(managers_of(partner), code, partner, link=link, **{"partner": partner.name, **context})


def tell_brand(role: Role, code: str, subject: Any, /, *, region: str = "", **context: Any) -> None:
    """To the brand's people of that role, as far as their regions reach."""
    tell(department([role], region), code, subject, **context)
