"""What the paper records have in common: who wrote them, and correction by a new revision (spec/records.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from tickets.models.ticket import Ticket


class RecordQuerySet(ScopedQuerySet):
    """A record is visible to whoever sees its ticket."""

    def scope(self, actor: Actor) -> "RecordQuerySet":
        return self.filter(ticket__in=Ticket.objects.visible_to(actor))

    def current(self) -> "RecordQuerySet":
        """Without the revisions that a later one replaced."""
        return self.filter(superseded=False)


class Record(models.Model):
    """A row that is written once; a correction is a new row with a reason, the old values stay readable."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="%(class)s_set", verbose_name=_("Ticket"))
    revision = models.PositiveSmallIntegerField(_("Revision"), default=1)
    superseded = models.BooleanField(_("Replaced by a correction"), default=False)
    correction_reason = models.CharField(_("Reason of the correction"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("Written at"))
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Written by")
    )
    author = models.CharField(_("Author"), max_length=120, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]
