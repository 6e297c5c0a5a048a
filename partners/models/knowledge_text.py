"""The texts of an article, each edit a new one with its reason, and the words by which it is found (R177)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.choices.knowledge import VersionState
from partners.models.knowledge import Article
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


class ArticleVersionQuerySet(ScopedQuerySet):
    """Of somebody else's article a partner reads the text in force, no draft and nothing that was replaced."""

    def scope(self, actor: Actor) -> "ArticleVersionQuerySet":
        seen = self.filter(article__in=Article.objects.visible_to(actor))
        if not actor.is_partner:
            return seen
        own = Article.objects.contributed_by(actor)
        return seen.filter(models.Q(article__current=models.F("pk")) | models.Q(article__in=own))


class ArticleVersion(models.Model):
    """One text, never changed once written; only its state goes on."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions", verbose_name=_("Article"))
    number = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(_("State"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.CharField(_("Title"), max_length=160)
    symptoms = models.CharField(_("Fault symptoms"), max_length=600, blank=True)
    body = models.TextField(_("Text"))
    reason = models.CharField(_("Reason of the change"), max_length=200)
    author = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("article", "Written by")
    )
    author_label = models.CharField(pgettext_lazy("article", "Author"), max_length=120)
    created_at = models.DateTimeField(_("Written at"))
    reviewer_label = models.CharField(_("Reviewed by"), max_length=120, blank=True)
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True)
    review_note = models.CharField(_("Note of the review"), max_length=500, blank=True)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="article_version_once",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article.number} v{self.number}"

    def become(self, state: VersionState) -> None:
        """Only `partners.actions.knowledge` calls this."""
        self.state = state


class ArticleWords(models.Model):
    """The pairs of characters of the text that readers find: an index, made anew from the text at any time."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="words")
    head = models.TextField(_("Title, symptoms, tags, models"))
    body = models.TextField(_("Text"))

    class Meta:
        verbose_name = _("words of an article")
        verbose_name_plural = _("words of articles")

    def __str__(self) -> str:
        return f"{self.article_id}"
