"""Stored results of the clocks, for lists and figures; the journal is what they are computed from."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets import choices
from tickets.models.record import RecordQuerySet
from tickets.models.ticket import Ticket


class SlaClockQuerySet(RecordQuerySet):
    """Clocks by what they ask for. Of several lines that hold for one kind the leading one is the kind's clock."""

    def leading(self) -> "SlaClockQuerySet":
        """One row a kind and cycle: what lists and figures count."""
        return self.filter(leading=True)

    def live(self) -> "SlaClockQuerySet":
        """Leading clocks that still ask for something: running, or breached and not stopped yet."""
        return self.leading().filter(
            state__in=[choices.ClockState.RUNNING, choices.ClockState.BREACHED], stopped_at__isnull=True
        )


class SlaClock(models.Model):
    """One clock of one ticket by one policy line, as it was last computed; the columns of `sla_clock.clock_columns`.

    A running one that is past due is breached already, whatever the row says: see `state_at`.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks", verbose_name=_("Ticket"))
    kind = models.CharField(_("Clock"), max_length=20, choices=choices.ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    rule = models.CharField(_("Policy line"), max_length=250)
    clause = models.CharField(_("Clause"), max_length=60, blank=True)
    leading = models.BooleanField(_("Leading"), default=True)
    policy_version = models.CharField(_("Version of the policy"), max_length=40, blank=True)
    calendar_version = models.CharField(_("Version of the calendar"), max_length=40, blank=True)
    started_at = models.DateTimeField(_("Started at"))
    due_at = models.DateTimeField(pgettext_lazy("clock", "Due at"))
    original_due_at = models.DateTimeField(_("Originally due at"))
    stopped_at = models.DateTimeField(_("Stopped at"), null=True, blank=True)
    stopped_by = models.CharField(_("Stopped by"), max_length=40, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=choices.ClockState.choices)
    breached_at = models.DateTimeField(_("Missed at"), null=True, blank=True)
    paused_s = models.PositiveIntegerField(_("Credited, seconds"), default=0)
    elapsed_s = models.PositiveIntegerField(_("Time taken, seconds"), null=True, blank=True)
    worked_s = models.PositiveIntegerField(_("Working time taken, seconds"), null=True, blank=True)
    missed_s = models.PositiveIntegerField(_("Missed by, seconds"), null=True, blank=True)
    as_of = models.DateTimeField(_("Computed as of"))

    objects = SlaClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["ticket", "due_at"]
        indexes = [
            models.Index(
                fields=["due_at", "ticket"],
                condition=models.Q(stopped_at__isnull=True, leading=True),
                name="clock_live",
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["ticket", "kind", "cycle", "rule"], name="one_clock_per_line")]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.get_kind_display()}"

    def state_at(self, now: datetime) -> str:
        """The state at a moment when nothing else has happened: what runs past its due time is breached (rule 1)."""
        running = self.state == choices.ClockState.RUNNING
        return choices.ClockState.BREACHED if running and now > self.due_at else self.state
