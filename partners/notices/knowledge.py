"""Whom a change of an article is told (R039, R177, R178)."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Article, ArticleVersion
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notify.queue import Recipient, queue
from portal.notify.types import register, register_group

register_group("knowledge", _("Knowledge base"), _("Articles to review, contributions, and articles that expire"))
_REVIEWERS, _OWNER = _("The technical department"), _("The owner of the article; else the technical department")

register(
    "article.to_review",
    _("%(number)s waits for review"),
    _("“%(title)s” waits to be reviewed by a colleague."),
    _REVIEWERS,
    group="knowledge",
)
register(
    "article.returned",
    _("%(number)s came back"),
    _("“%(title)s” was not published yet: %(reason)s"),
    _("The author of the text"),
    group="knowledge",
)
register(
    "article.credited",
    _("Your contribution is published"),
    _("“%(title)s” stands in the knowledge base now, with your name. Thank you."),
    _("Whoever contributed it"),
    group="knowledge",
)
register(
    "article.expiring",
    _("%(number)s is to be reviewed"),
    _("“%(title)s” expires on %(due)s. Confirm that it still holds, or write a new version."),
    _OWNER,
    group="knowledge",
)
register(
    "article.expired",
    _("%(number)s has expired"),
    _("The review date of “%(title)s”, %(due)s, has passed: readers do not find it any more."),
    _OWNER,
    group="knowledge",
)


def tell_reviewers(article: Article, but: Actor) -> None:
    """To the technical department, without the one who asks."""
    _tell(_technical().exclude(pk=but.user_id), "article.to_review", article)


def tell_author(article: Article, version: ArticleVersion, reason: str) -> None:
    """To whoever wrote the text."""
    if version.author is not None:
        _tell([version.author], "article.returned", article, reason=reason)


def tell_contributor(article: Article, code: str) -> None:
    """To the person whose name stands under it."""
    if article.contributor is not None and article.contributor.user is not None:
        _tell([article.contributor.user], code, article)


def tell_owner(article: Article, code: str) -> None:
    """To the person who answers for the article; to the technical department when nobody does."""
    if article.owner is not None and article.owner.is_active:
        _tell([article.owner], code, article)
    else:
        _tell(_technical(), code, article)


def _technical() -> QuerySet[User]:
    return User.objects.filter(membership__active=True, membership__role=Role.TECHNICAL, is_active=True)


def _tell(people: Iterable[User], code: str, article: Article, **context: str) -> None:
    named = {"number": article.number, "title": article.title, "due": str(article.review_due or ""), **context}
    for user in people:
        queue(code, Recipient.of(user), named, article)
