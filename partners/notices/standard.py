"""Whom the partners' subjects are told, and in which words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.models import Opinion, Partner, Release
from partners.queries.people import managers_of
from portal.accounts.models import User
from portal.journal.log import subject_of
from portal.notify.queue import Recipient, queue
from portal.notify.types import register, register_group

_MANAGERS = _("Managers of the partners concerned")
register_group(
    "standards",
    _("Standards and bulletins"),
    _("What is announced, holds or is withdrawn, and answers to opinions"),
    must=_("Whoever is bound by a standard must be told in writing."),
)

register(
    "release.announced",
    _("%(kind)s: %(title)s"),
    _("%(title)s, version %(version)s, was announced and holds from %(effective)s.\n%(summary)s\n%(opinions)s"),
    _MANAGERS,
    group="standards",
)
register(
    "release.effective",
    _("In force now: %(title)s"),
    _("%(title)s, version %(version)s, holds from today. Please confirm that you have read and understood it."),
    _MANAGERS,
    group="standards",
)
register(
    "release.reminder",
    _("Not confirmed yet: %(title)s"),
    _("%(title)s, version %(version)s, holds since %(effective)s. Nobody at %(partner)s has confirmed it yet."),
    _MANAGERS,
    group="standards",
)
register(
    "release.withdrawn",
    _("Withdrawn: %(title)s"),
    _("%(title)s, version %(version)s, does not hold. Reason: %(reason)s"),
    _MANAGERS,
    group="standards",
)
register(
    "opinion.given",
    _("Opinion on %(title)s"),
    _("%(partner)s: %(text)s"),
    _("The author of the version"),
    group="standards",
)
register(
    "opinion.answered",
    _("Your opinion on %(title)s was answered"),
    _("%(outcome)s: %(answer)s"),
    _("Whoever gave the opinion"),
    group="standards",
)
register(
    "adjustment.decided",
    _("Regional adjustment of %(title)s: %(decision)s"),
    _("Clause %(clause)s in %(region)s, proposed %(value)s. %(reason)s"),
    _("Whoever proposed the adjustment"),
    group="standards",
)


def tell_partner(release: Release, partner: Partner, code: str, **context: Any) -> None:
    """To the managers of one partner, with the way to the page."""
    for user in managers_of(partner):
        _send(code, user, release, partner=partner.short_name, **context)


def tell_author(opinion: Opinion, **context: Any) -> None:
    """To the person who gave the opinion."""
    _send("opinion.answered", opinion.author, opinion.release, **context)


def tell_editors(release: Release, users: list[User], code: str, **context: Any) -> None:
    """To people of the brand who can answer."""
    for user in users:
        _send(code, user, release, link=f"/admin/partners/release/{release.pk}/change/", **context)


def tell_person(release: Release, user: User, code: str, **context: Any) -> None:
    """To one person, wherever he works."""
    _send(code, user, release, **context)


def _send(code: str, user: User, release: Release, link: str = "", **context: Any) -> None:
    named = {
        "title": release.publication.title,
        "kind": release.publication.get_kind_display(),
        "version": release.number,
        "effective": release.effective_on,
        "summary": release.summary,
        **context,
    }
    words = {name: str(value if value not in (None, "") else "—") for name, value in named.items()}
    queue(code, Recipient.of(user), words, subject_of(release), link=link or f"/field/standards/{release.pk}/")
