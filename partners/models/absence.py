"""Absence: who is on leave from when until when, and who stands in for him (R103)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.absence import AbsenceReason
from partners.models.staff import Staff
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class AbsenceQuerySet(ScopedQuerySet):
    """An absence is visible to whoever sees the person."""

    def scope(self, actor: Actor) -> "AbsenceQuerySet":
        return self.filter(staff__in=Staff.objects.visible_to(actor))

    def at(self, moment: datetime) -> "AbsenceQuerySet":
        """Those that last at that moment."""
        return self.filter(since__lte=moment, until__gt=moment)


class Absence(models.Model):
    """One leave of one person; `until` is the moment at which he is back."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences", verbose_name=_("Staff member"))
    since = models.DateTimeField(_("Absent from"))
    until = models.DateTimeField(_("Back at"))
    reason = models.CharField(_("Reason"), max_length=12, choices=AbsenceReason.choices, default=AbsenceReason.LEAVE)
    deputy = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_for",
        verbose_name=_("Deputy"),
        help_text=_("Empty: the dispatcher is warned in his place."),
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)

    history = HistoricalRecords()
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = pgettext_lazy("staff on leave", "absences")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["staff", "until"], name="absence_of_staff")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")),
                name="absence_ends_after_it_begins",
                violation_error_message=_("An absence ends after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=True) | ~models.Q(deputy=models.F("staff")),
                name="absence_has_another_deputy",
                violation_error_message=_("Nobody is his own deputy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.since:%Y-%m-%d}"

    def clean(self) -> None:
        """One absence at a time, and a deputy of the same partner who is there himself."""
        super().clean()
        if not (self.staff_id and self.since and self.until):
            return
        if self._overlapping(self.staff_id).exists():
            raise ValidationError({"since": _("This person is absent in that time already: change the other entry.")})
        if self.deputy_id:
            if self.deputy.outlet.partner_id != self.staff.outlet.partner_id:
                raise ValidationError({"deputy": _("The deputy must work for the same partner.")})
            if not self.deputy.active or self._overlapping(self.deputy_id).exists():
                raise ValidationError({"deputy": _("The deputy is absent himself in that time.")})

    def _overlapping(self, staff_id: int) -> "models.QuerySet[Absence]":
        rows = Absence.objects.filter(staff_id=staff_id, since__lt=self.until, until__gt=self.since)
        return rows.exclude(pk=self.pk)
