"""What all actions on articles share: the lock, the newest text, the words by which an article is found."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partners.actions.base import require, signed_by
from partners.choices.knowledge import VersionState
from partners.models import Article, ArticleVersion, ArticleWords
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Verdict
from portal.textsearch.pairs import stored
from portal.workflow.corridor import lock_row

LONGEST_TITLE, LONGEST_SYMPTOMS, LONGEST_BODY = 160, 600, 60_000


@dataclass(frozen=True, slots=True)
class Text:
    """What an article says: `body` is Markdown."""

    title: str
    body: str
    symptoms: str = ""

    def checked(self) -> "Text":
        """Blanks around it dropped. Raises InvalidInput for what is missing or too long."""
        text = Text(" ".join(self.title.split()), self.body.strip(), " ".join(self.symptoms.split()))
        limits = {"title": LONGEST_TITLE, "symptoms": LONGEST_SYMPTOMS, "body": LONGEST_BODY}
        for name, limit in limits.items():
            if not getattr(text, name) and name != "symptoms":
                raise InvalidInput(_("An article needs a title and a text."), field=name)
            if len(getattr(text, name)) > limit:
                raise InvalidInput(_("This is too long: at most %d characters.") % limit, field=name)
        return text


def locked(actor: Actor, article: Article, verdict: Verdict, why: str) -> Article:
    """A fresh copy of an article that the actor may see and change, locked. Raises Refused."""
    require(verdict)
    if not Article.objects.visible_to(actor).filter(pk=article.pk).exists():
        raise Refused(_("This article is not yours to change."))
    row: Article = lock_row(article)
    return signed_by(actor, row, why)


def newest(article: Article) -> ArticleVersion:
    """The text that was written last."""
    return article.versions.latest("number")


def pending_text(article: Article, *states: str) -> ArticleVersion:
    """The newest text, if it stands in one of the states. Raises Conflict in words."""
    version = newest(article)
    if version.state not in states:
        now = {"number": version.number, "state": VersionState(version.state).label}
        raise Conflict(_("Version %(number)d is “%(state)s” now: look at the article again.") % now)
    return version


def add_version(actor: Actor, article: Article, text: Text, reason: str, state: str) -> ArticleVersion:
    """The next text of the article; an unfinished one before it is replaced."""
    last = article.versions.order_by("-number").first()
    if last is not None and last.pk != article.current_id:
        last.become(VersionState.REPLACED)
        last.save(update_fields=["state"])
    version = ArticleVersion.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        state=state,
        title=text.title,
        symptoms=text.symptoms,
        body=text.body,
        reason=reason,
        author_id=actor.user_id,
        author_label=actor.label[:120],
        created_at=clock.now(),
    )
    article.pending = state
    if article.current_id is None:
        article.title, article.symptoms = text.title, text.symptoms
    return version


def index(article: Article) -> None:
    """Write down by which words the article is found: those of the text in force, before that of the newest one."""
    version = article.current or newest(article)
    models = [f"{row.code} {row.name}" for row in article.product_models.all()]
    head = stored(version.title, version.symptoms, article.tags, article.number, *models)
    values: dict[str, Any] = {"head": head, "body": stored(version.body)}
    ArticleWords.objects.update_or_create(article=article, defaults=values)
