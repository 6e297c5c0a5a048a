"""Duty roster (值班表): which officer of the brand answers when the ladder has reached the top."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import BRAND


class DutyQuerySet(ScopedQuerySet):
    """The roster is the brand's own."""

    def scope(self, actor: Actor) -> "DutyQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor else self.none()

    def at(self, moment: datetime) -> "DutyQuerySet":
        """The turns that last at that moment."""
        return self.filter(since__lte=moment, until__gt=moment)


class DutyTurn(models.Model):
    """One turn of one officer, for all regions or some."""

    officer = models.ForeignKey(User, models.PROTECT, related_name="duty_turns", verbose_name=_("Duty officer"))
    since = models.DateTimeField(pgettext_lazy("turn of duty", "From"))
    until = models.DateTimeField(pgettext_lazy("turn of duty", "Until"))
    regions = models.JSONField(_("Regions"), default=list, blank=True, help_text=_("Empty means all regions."))
    note = models.CharField(_("Note"), max_length=120, blank=True)

    history = HistoricalRecords()
    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of duty")
        verbose_name_plural = _("duty roster")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["until", "since"], name="duty_now")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")),
                name="duty_ends_after_it_begins",
                violation_error_message=_("A turn ends after it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.since:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        """Somebody of the brand, once at a time."""
        super().clean()
        if not (self.officer_id and self.since and self.until):
            return
        if not self.officer.membership_set.filter(active=True, role__in=BRAND).exists():
            raise ValidationError({"officer": _("The duty officer must be staff of the brand.")})
        twins = DutyTurn.objects.filter(officer_id=self.officer_id, since__lt=self.until, until__gt=self.since)
        if twins.exclude(pk=self.pk).exists():
            raise ValidationError({"since": _("This officer has a turn in that time already.")})
