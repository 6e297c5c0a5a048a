"""What readers do with articles: contribute one from practice, open it, say that it solved something (R178)."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partners.actions.base import require
from partners.actions.knowledge import new_article
from partners.actions.knowledge_base import Text, index
from partners.choices.knowledge import ArticleKind, Audience, VersionState
from partners.models import Article, ProductLine, ProductModel, Staff
from partners.notices import knowledge as notices
from partners.rules import knowledge as rules
from partners.verbs import knowledge as verbs
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel.errors import Refused

#: One person who opens an article again within the hour has looked at it once.
ONE_LOOK_S = 3600


def contribute(
    actor: Actor,
    staff: Staff,
    text: Text,
    *,
    kind: str = ArticleKind.SOLUTION,
    lines: Iterable[ProductLine] = (),
    models: Iterable[ProductModel] = (),
    source: str = "",
) -> Article:
    """Propose an article from practice; it waits for the technical department and is credited when it is published.

    `source` is the number of the ticket that it comes from. Raises Refused or InvalidInput.
    """
    require(rules.may_contribute(actor.role))
    if staff.user_id != actor.user_id:
        raise Refused(_("Everybody contributes under his own name."))
    partner = staff.outlet.partner
    values = {
        "audience": Audience.PARTNERS,
        "contributor": staff,
        "contributor_partner": partner,
        "source": source,
    }
    with transaction.atomic():
        article = new_article(actor, text, VersionState.REVIEW, _("From practice"), kind, "", values)
        article.product_lines.set(lines)
        article.product_models.set(models)
        index(article)
        record(article, verbs.ARTICLE_CONTRIBUTED.code, actor, facts={"title": article.title, "source": source})
        notices.tell_reviewers(article, actor)
    return article


def count_view(actor: Actor, article: Article) -> bool:
    """A reader opened it; once an hour and person. Answers whether it counted."""
    if not cache.add(f"article-view:{article.pk}:{actor.user_id}", 1, ONE_LOOK_S):
        return False
    Article.objects.filter(pk=article.pk).update(views=F("views") + 1)
    return True


def add_solved(article: Article) -> None:
    """One more said that it solved his ticket; the votes themselves are kept with the tickets."""
    Article.objects.filter(pk=article.pk).update(solved=F("solved") + 1)
