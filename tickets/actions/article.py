"""Attach knowledge articles to a ticket, say which one solved it, contribute one from it (R018, R177, R178)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import knowledge_files, knowledge_use
from partners.actions.knowledge_base import Text
from partners.choices.knowledge import ArticleKind
from partners.models import Article, ProductModel, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Denied, Verdict
from portal.kernel.words import joined
from portal.workflow.corridor import lock_row
from tickets.models import ArticleUse, ArticleVote, Ticket
from tickets.queries.article import known_words
from tickets.rules import anonymise
from tickets.rules.article import may_contribute, may_use


def attach(actor: Actor, ticket: Ticket, article: Article) -> ArticleUse:
    """Keep with the ticket which article was used; once is enough. Raises Refused or Conflict."""
    with transaction.atomic():
        row = _locked(actor, ticket)
        _require(may_use(actor, row.standing()))
        return keep(actor, row, article)


def keep(actor: Actor, ticket: Ticket, article: Article) -> ArticleUse:
    """The same for a ticket that is locked already, such as one that is being answered."""
    if not Article.objects.readable_by(actor).filter(pk=article.pk).exists():
        raise Refused(_("This article is not for you to read."))
    found = ArticleUse.objects.filter(ticket=ticket, article=article).first()
    if found is not None:
        return found
    use = ArticleUse(
        ticket=ticket, article=article, user_id=actor.user_id, who=actor.label[:120], attached_at=clock.now()
    )
    use._history_user = User(pk=actor.user_id) if actor.user_id else None  # type: ignore[attr-defined]
    use.save(force_insert=True)
    record(ticket, "article_attached", actor, facts={"article": str(article)})
    return use


def detach(actor: Actor, ticket: Ticket, article: Article) -> None:
    """Take off what was attached by mistake; what somebody says solved it stays. Raises Refused or Conflict."""
    with transaction.atomic():
        row = _locked(actor, ticket)
        _require(may_use(actor, row.standing()))
        use = ArticleUse.objects.filter(ticket=row, article=article).first()
        if use is None:
            raise Conflict(_("This article is not attached to the ticket."))
        if ArticleVote.objects.filter(ticket=row, article=article).exists():
            raise Conflict(_("Somebody said that this article solved the ticket: it stays with it."))
        use._history_user = User(pk=actor.user_id) if actor.user_id else None  # type: ignore[attr-defined]
        use.delete()
        record(row, "article_detached", actor, facts={"article": str(article)})


def solved_it(actor: Actor, ticket: Ticket, article: Article) -> ArticleVote:
    """This article solved it: one vote a person and ticket. Raises Refused or Conflict."""
    with transaction.atomic():
        row = _locked(actor, ticket)
        _require(may_use(actor, row.standing()))
        before = ArticleVote.objects.filter(ticket=row, user_id=actor.user_id).select_related("article").first()
        if before is not None:
            raise Conflict(_("You have said already that %(article)s solved it.") % {"article": before.article})
        keep(actor, row, article)
        vote = ArticleVote.objects.create(ticket=row, article=article, user_id=actor.user_id, voted_at=clock.now())
        knowledge_use.add_solved(article)
        record(row, "article_solved", actor, facts={"article": str(article)})
    return vote


def contribute(
    actor: Actor,
    ticket: Ticket,
    staff: Staff,
    text: Text,
    *,
    kind: str = ArticleKind.SOLUTION,
    files: Iterable[Any] = (),
) -> Article:
    """Propose an article from a solved ticket; one that still names the customer is refused (R160).

    Raises Refused, Conflict, or InvalidInput that names the field and what stands there.
    """
    with transaction.atomic():
        row = _locked(actor, ticket)
        _require(may_contribute(actor, row.standing()))
        if Article.objects.filter(source=row.number).exists():
            raise Conflict(_("An article was contributed from this ticket already."))
        known = known_words(row)
        for field in ("title", "symptoms", "body"):
            found = anonymise.traces(getattr(text, field), known)
            if found:
                raise InvalidInput(_("Take out what names the customer: %s.") % joined(found), field=field)
        models = ProductModel.objects.filter(code=row.product_model)
        lines = [row.product_line] if row.product_line else []
        article = knowledge_use.contribute(actor, staff, text, kind=kind, lines=lines, models=models, source=row.number)
        knowledge_files.keep(actor, article, files)
        record(row, "article_proposed", actor, facts={"article": str(article)})
    return article


def _locked(actor: Actor, ticket: Ticket) -> Ticket:
    if not Ticket.objects.visible_to(actor).filter(pk=ticket.pk).exists():
        raise Refused(_("This ticket is not yours to see."))
    row: Ticket = lock_row(ticket)
    return row


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise (Conflict if isinstance(verdict, Denied) and verdict.wrong_state else Refused)(verdict.reason)
