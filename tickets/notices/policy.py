"""Whom a version of the policy is told: legal when it waits for review, its author when it was reviewed (R038)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.queries.people import department
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notify.queue import Recipient, queue
from portal.notify.types import register
from tickets.models import PolicyVersion

register(
    "policy.to_review",
    _("Policy version %(number)s waits for legal review"),
    _("“%(title)s” was sent to the legal department. Approve it or return it with remarks."),
    _("Legal department"),
    places=("number", "title"),
    group="contracts",
)
register(
    "policy.reviewed",
    _("Policy version %(number)s was reviewed"),
    _("“%(title)s” is “%(state)s” now. Remarks: %(reason)s"),
    _("The author of the version"),
    places=("number", "title", "state", "reason"),
    group="contracts",
)


def tell_legal(version: PolicyVersion) -> None:
    """To everybody who may review it."""
    _tell(department({Role.LEGAL}), "policy.to_review", version)


def tell_author(version: PolicyVersion, remarks: str) -> None:
    """To the person who drafted it."""
    if version.author is not None and version.author.is_active:
        _tell([version.author], "policy.reviewed", version, state=version.get_state_display(), reason=remarks)


def _tell(people: Iterable[User], code: str, version: PolicyVersion, **context: Any) -> None:
    named = {"number": str(version.number), "title": version.title, **{k: str(v) for k, v in context.items()}}
    for user in people:
        link = f"/admin/tickets/policyversion/{version.pk}/change/"
        queue(code, Recipient.of(user), named, version, link=link)
