"""Stored results of the clocks, for lists and figures; the journal is what they are computed from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets import choices
from tickets.models.record import RecordQuerySet
from tickets.models.ticket import Ticket


class SlaClock(models.Model):
    """One clock of one ticket as it was last computed; a running one that is past due is breached already."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks", verbose_name=_("Ticket"))
    kind = models.CharField(_("Clock"), max_length=20, choices=choices.ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    started_at = models.DateTimeField(_("Started at"))
    due_at = models.DateTimeField(pgettext_lazy("clock", "Due at"))
    original_due_at = models.DateTimeField(_("Originally due at"))
    stopped_at = models.DateTimeField(_("Stopped at"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=choices.ClockState.choices)
    clause = models.CharField(_("Clause"), max_length=60, blank=True)
    policy_version = models.CharField(max_length=40, blank=True)
    paused_s = models.PositiveIntegerField(default=0)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["ticket", "due_at"]
        indexes = [
            models.Index(fields=["due_at", "ticket"], condition=models.Q(stopped_at__isnull=True), name="clock_live"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "cycle", "clause"], name="one_clock_per_clause")
        ]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.get_kind_display()}"
