"""CalendarChange: who was given another calendar, and how far his open tickets have followed it (rules 1, 9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class CalendarChangeQuerySet(ScopedQuerySet):
    """The worker's own note; nobody reads it on a page."""

    def scope(self, actor: Actor) -> "CalendarChangeQuerySet":
        return self.all() if actor.is_system else self.none()

    def unfinished(self) -> "CalendarChangeQuerySet":
        return self.filter(settled_at=None)


class CalendarChange(models.Model):
    """One such order to the worker; `last_settled` is the ticket after which a next run goes on."""

    party = models.CharField(_("Who"), max_length=10)
    party_pk = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField(_("Ordered at"))
    last_settled = models.PositiveBigIntegerField(default=0)
    settled = models.PositiveIntegerField(_("Tickets"), default=0)
    settled_at = models.DateTimeField(_("Finished at"), null=True, blank=True)

    objects = CalendarChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a calendar")
        verbose_name_plural = _("changes of calendars")
        ordering = ["pk"]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(settled_at=None), name="calendar_unsettled")]

    def __str__(self) -> str:
        return f"{self.party}:{self.party_pk}"
