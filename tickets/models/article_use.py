"""Which knowledge articles were used for a ticket, and who said that one solved it (R018, R177)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Article
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from tickets.models.ticket import Ticket


class OfTicketQuerySet(ScopedQuerySet):
    """Visible to whoever sees the ticket."""

    def scope(self, actor: Actor) -> "OfTicketQuerySet":
        return self.filter(ticket__in=Ticket.objects.visible_to(actor))


class ArticleUse(models.Model):
    """An article attached to a ticket."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="article_uses", verbose_name=_("Ticket"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="uses", verbose_name=_("Article"))
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("User"))
    who = models.CharField(_("Attached by"), max_length=120)
    attached_at = models.DateTimeField(_("Attached at"))

    history = HistoricalRecords()
    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("article of a ticket")
        verbose_name_plural = _("articles of tickets")
        ordering = ["attached_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "article"], name="article_attached_once")]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.article}"


class ArticleVote(models.Model):
    """One person says of one ticket which article solved it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="article_votes", verbose_name=_("Ticket"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="votes", verbose_name=_("Article"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("User"))
    voted_at = models.DateTimeField(_("Said at"))

    history = HistoricalRecords()
    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote for an article")
        verbose_name_plural = _("votes for articles")
        ordering = ["voted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="article_vote_once")]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.article}"
