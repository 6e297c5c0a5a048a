"""What plans and days have in common: they are drafted with a source, and a second person puts them in force."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.worktime.choices import DraftState
from portal.worktime.models.calendar import Calendar


class OfCalendarQuerySet(ScopedQuerySet):
    """A part of a calendar is visible to whoever sees the calendar."""

    def scope(self, actor: Actor) -> "OfCalendarQuerySet":
        return self.filter(calendar__in=Calendar.objects.visible_to(actor))

    def pending(self) -> "OfCalendarQuerySet":
        """Written down, not yet in force."""
        return self.exclude(state=DraftState.IN_FORCE)


class Drafted(models.Model):
    """A row of the working copy; publishing the calendar takes it over into a version."""

    state = models.CharField(_("State"), max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    reason = models.CharField(_("Reason"), max_length=120)
    source = models.CharField(_("Source"), max_length=300, blank=True, help_text=_("The notice it was taken from."))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Drafted by"),
    )
    reviewer = models.CharField(_("Reviewer"), max_length=120, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_pending(self) -> bool:
        return self.state != DraftState.IN_FORCE
