"""Write, review, publish and withdraw articles of the knowledge base (R018, R039, R165, R177)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason, require, signed_by
from partners.actions.knowledge_base import Text, add_version, index, locked, newest, pending_text
from partners.choices.knowledge import ArticleKind, ArticleState, VersionState
from partners.models import Article, ArticleVersion, ProductLine, ProductModel
from partners.notices import knowledge as notices
from partners.rules import knowledge as rules
from partners.verbs import knowledge as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.numbering.take import next_number


def write(
    actor: Actor,
    text: Text,
    *,
    kind: str = ArticleKind.SOLUTION,
    reason: str = "",
    number: str = "",
    lines: Iterable[ProductLine] = (),
    models: Iterable[ProductModel] = (),
    **values: Any,
) -> Article:
    """A new article as a draft. `values` are fields of the article. Raises Refused or InvalidInput."""
    require(rules.may_edit(actor.role))
    with transaction.atomic():
        article = new_article(actor, text, VersionState.DRAFT, reason or _("First version"), kind, number, values)
        article.product_lines.set(lines)
        article.product_models.set(models)
        index(article)
        record(article, verbs.ARTICLE_WRITTEN.code, actor, facts={"title": article.title, "reason": reason})
    return article


def new_article(
    actor: Actor, text: Text, state: str, reason: str, kind: str, number: str, values: dict[str, Any]
) -> Article:
    """The rows of a new article, inside the caller's transaction."""
    if kind not in ArticleKind.values:
        raise InvalidInput(_("Choose one of the answers that are offered."), field="kind")
    text = text.checked()
    article = Article(number=number or next_number("article", "ZS", clock.now()), kind=kind, **values)
    article.become(ArticleState.REVIEW if state == VersionState.REVIEW else ArticleState.DRAFT)
    article.title, article.symptoms = text.title, text.symptoms
    signed_by(actor, article, reason).save(force_insert=True)
    add_version(actor, article, text, reason, state)
    article.save(update_fields=["pending"])
    return article


def revise(actor: Actor, article: Article, text: Text, reason: str, *, based_on: int | None = None) -> ArticleVersion:
    """The next version, as a draft; what is published stays in force until it is reviewed.

    `based_on` is the version that the editor saw: a newer one by somebody else is a Conflict (C08).
    """
    need_reason(reason, _("Say what you changed and why."))
    text = text.checked()
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), reason)
        last = newest(row)
        if based_on is not None and based_on != last.number:
            seen = {"number": last.number, "who": last.author_label}
            raise Conflict(_("%(who)s has written version %(number)d meanwhile: look at it first.") % seen)
        if (last.title, last.symptoms, last.body) == (text.title, text.symptoms, text.body):
            raise InvalidInput(_("This is the text as it stands: nothing was changed."), field="body")
        version = add_version(actor, row, text, reason, VersionState.DRAFT)
        if row.current_id is None:
            row.become(ArticleState.DRAFT)
        row.save()
        index(row)
        record(row, verbs.ARTICLE_REVISED.code, actor, facts={"version": version.number, "reason": reason})
    return version


def submit(actor: Actor, article: Article) -> Article:
    """Ask a colleague to look at the newest text. Raises Refused or Conflict."""
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), "submit")
        version = pending_text(row, *rules.OPEN_TEXT)
        _set(row, version, VersionState.REVIEW)
        if row.current_id is None:
            row.become(ArticleState.REVIEW)
        row.save()
        record(row, verbs.ARTICLE_SUBMITTED.code, actor, facts={"version": version.number})
        notices.tell_reviewers(row, actor)
    return row


def publish(actor: Actor, article: Article, *, review_due: date | None = None, owner: User | None = None) -> Article:
    """The reviewed text comes into force; a contributor is credited the first time (R178).

    Raises Refused, Conflict, or InvalidInput for a review date that has passed.
    """
    due = review_due or rules.next_review(clock.today())
    _not_past(due)
    with transaction.atomic():
        version = newest(article)
        verdict = rules.may_review(actor.role, author=version.author_id, reader=actor.user_id)
        row = locked(actor, article, verdict, "publish")
        version = pending_text(row, VersionState.REVIEW)
        if row.current is not None:
            row.current.become(VersionState.REPLACED)
            row.current.save(update_fields=["state"])
        version.reviewer_label, version.reviewed_at = actor.label[:120], clock.now()
        _set(row, version, VersionState.PUBLISHED)
        row.current, row.pending = version, ""
        row.title, row.symptoms = version.title, version.symptoms
        row.owner = owner or row.owner or (User(pk=actor.user_id) if actor.user_id else None)
        row.review_due, row.warned_on = due, None
        row.published_at = clock.now()
        credited = row.contributor_id is not None and row.credited_at is None
        row.credited_at = clock.now() if credited else row.credited_at
        row.become(ArticleState.PUBLISHED)
        row.save()
        index(row)
        record(row, verbs.ARTICLE_PUBLISHED.code, actor, facts={"version": version.number, "review_due": due})
        if credited:
            notices.tell_contributor(row, "article.credited")
    return row


def send_back(actor: Actor, article: Article, reason: str) -> Article:
    """Not yet good enough: the author reads why. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say what is missing, so that it can be put right."))
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), reason)
        version = pending_text(row, VersionState.REVIEW)
        version.reviewer_label, version.reviewed_at = actor.label[:120], clock.now()
        version.review_note = reason
        _set(row, version, VersionState.RETURNED)
        if row.current_id is None:
            row.become(ArticleState.DRAFT)
        row.save()
        record(row, verbs.ARTICLE_RETURNED.code, actor, facts={"version": version.number, "reason": reason})
        notices.tell_author(row, version, reason)
    return row


def withdraw(actor: Actor, article: Article, reason: str) -> Article:
    """Readers do not find it any more. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the article is withdrawn."))
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), reason)
        if row.state == ArticleState.WITHDRAWN:
            raise Conflict(_("The article is withdrawn already."))
        row.become(ArticleState.WITHDRAWN)
        row.save()
        record(row, verbs.ARTICLE_WITHDRAWN.code, actor, facts={"reason": reason})
    return row


def renew(actor: Actor, article: Article, review_due: date) -> Article:
    """The text was looked at and still holds; an expired or withdrawn one is shown again. Raises Refused, Conflict."""
    _not_past(review_due)
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), "renew")
        if row.current_id is None:
            raise Conflict(_("This article was never published: send it to review."))
        row.review_due, row.warned_on = review_due, None
        row.become(ArticleState.PUBLISHED)
        row.save()
        record(row, verbs.ARTICLE_RENEWED.code, actor, facts={"review_due": review_due})
    return row


def expire(actor: Actor, article: Article) -> Article:
    """The review date has passed: nobody may rely on it until it is renewed (R177). Raises Conflict."""
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), "expire")
        if row.state != ArticleState.PUBLISHED or not rules.is_over(row.review_due, clock.today()):
            raise Conflict(_("The article still holds."))
        row.become(ArticleState.EXPIRED)
        row.save()
        record(row, verbs.ARTICLE_EXPIRED.code, actor, facts={"review_due": row.review_due})
        notices.tell_owner(row, "article.expired")
    return row


def warn(actor: Actor, article: Article) -> bool:
    """Remind the owner once that the review date comes near; answers whether he was (R177)."""
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), "warn")
        if not rules.is_warned_of(row.review_due, clock.today(), row.warned_on):
            return False
        Article.objects.filter(pk=row.pk).update(warned_on=clock.today())
        notices.tell_owner(row, "article.expiring")
    return True


def _set(article: Article, version: ArticleVersion, state: VersionState) -> None:
    version.become(state)
    version.save()
    article.pending = state


def _not_past(due: date) -> None:
    if due <= clock.today():
        raise InvalidInput(_("The review date must lie in the future."), field="review_due")
