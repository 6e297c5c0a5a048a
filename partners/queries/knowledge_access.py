"""Who may see the files of an article (A08)."""

from partners.models import Article
from portal.accounts.actor import Actor
from portal.files import access

SUBJECT = "article"


def sees_article(actor: Actor, pk: int) -> bool:
    """Whether the article lies in the actor's scope."""
    return Article.objects.visible_to(actor).filter(pk=pk).exists()


access.register(SUBJECT, sees_article)
