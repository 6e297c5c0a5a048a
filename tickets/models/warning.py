"""The ladder of warnings as data, what was warned, and when each ticket must be looked at next."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel.words import joined
from tickets import choices
from tickets.choices.warning import Audience
from tickets.models.record import RecordQuerySet
from tickets.models.ticket import Ticket
from tickets.rules.warning import Rung


class LadderQuerySet(ScopedQuerySet):
    """The ladder is the brand's: brand and auditor read it."""

    def scope(self, actor: Actor) -> "LadderQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor else self.none()


class LadderRung(models.Model):
    """Who is told of a clock from a percentage of its limit on, or so many minutes after its breach."""

    kind = models.CharField(
        _("Clock"), max_length=20, choices=choices.ClockKind.choices, blank=True, help_text=_("Empty: any clock.")
    )
    category = models.CharField(
        _("Problem type"),
        max_length=16,
        choices=choices.Category.choices,
        blank=True,
        help_text=_("Empty: any. Rows that name clock or type replace those that do not."),
    )
    percent = models.PositiveSmallIntegerField(
        _("From per cent of the limit"),
        null=True,
        blank=True,
        help_text=_("Before it falls due; at which percentages a clock warns is said by its policy line."),
    )
    minutes_after = models.PositiveIntegerField(
        _("Minutes after the breach"), null=True, blank=True, help_text=_("0: at the moment of the breach.")
    )
    audience = models.CharField(_("Who is told"), max_length=16, choices=Audience.choices)
    active = models.BooleanField(_("In use"), default=True)

    history = HistoricalRecords()
    objects = LadderQuerySet.as_manager()

    class Meta:
        verbose_name = _("rung of the ladder of warnings")
        verbose_name_plural = _("ladder of warnings")
        ordering = ["kind", "category", "percent", "minutes_after", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True, minutes_after__isnull=False)
                | models.Q(percent__isnull=False, minutes_after__isnull=True),
                name="rung_before_or_after",
                violation_error_message=_("Give a percentage or minutes after the breach, not both."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__gte=1, percent__lte=99),
                name="rung_percent",
                violation_error_message=_("A percentage lies between 1 and 99; the breach itself is 0 minutes after."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_after__isnull=True) | models.Q(minutes_after__lte=43200),
                name="rung_minutes",
                violation_error_message=_("At most 43,200 minutes, which are 30 days."),
            ),
            models.UniqueConstraint(
                "kind",
                "category",
                "audience",
                Coalesce("percent", -1),
                Coalesce("minutes_after", -1),
                name="rung_once",
                violation_error_message=_("This rung exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when} · {self.get_audience_display()}"

    def clean(self) -> None:
        """One of the two moments; said at both fields, since either may be the wrong one."""
        super().clean()
        if (self.percent is None) == (self.minutes_after is None):
            words = _("Give a percentage or minutes after the breach, not both.")
            raise ValidationError({"percent": words, "minutes_after": words})

    @property
    def when(self) -> str:
        """'80 %', or how long after the breach."""
        if self.percent is not None:
            return f"{self.percent} %"
        return _("breach + %(minutes)d min") % {"minutes": self.minutes_after or 0}

    def as_rung(self) -> Rung:
        """The row as the rules take it."""
        return Rung(self.audience, self.kind, self.category, self.percent, self.minutes_after)


class ClockWarning(models.Model):
    """One thing that was told, once: of which clock, at which level, to whom. Only the job writes it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="warnings", verbose_name=_("Ticket"))
    kind = models.CharField(_("Clock"), max_length=20, choices=choices.ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    step = models.CharField(_("Level"), max_length=20)
    percent = models.PositiveSmallIntegerField(_("Per cent of the limit"), null=True, blank=True)
    minutes_after = models.PositiveIntegerField(_("Minutes after the breach"), null=True, blank=True)
    due_at = models.DateTimeField(pgettext_lazy("clock", "Due at"))
    reached_at = models.DateTimeField(_("Reached at"))
    told_at = models.DateTimeField(_("Told at"))
    #: [{"name", "audience", "instead_of"}]: who it was is kept when accounts go.
    people = models.JSONField(_("Who was told"), default=list)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning of a clock")
        verbose_name_plural = _("warnings of clocks")
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["-told_at", "-id"], name="warning_newest")]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "cycle", "step", "due_at"], name="warned_once"),
            models.UniqueConstraint(
                fields=["ticket", "kind", "cycle", "step"],
                condition=models.Q(percent__isnull=True),
                name="breach_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.get_kind_display()} · {self.level}"

    @property
    def is_breach(self) -> bool:
        return self.percent is None

    @property
    def level(self) -> str:
        """'80 %', 'breach', 'breach + 120 min'."""
        if self.percent is not None:
            return f"{self.percent} %"
        if not self.minutes_after:
            return str(_("breach"))
        return _("breach + %(minutes)d min") % {"minutes": self.minutes_after}

    @property
    def names(self) -> str:
        """Who was told, and for whom."""
        return joined(
            _("%(name)s (for %(other)s)") % {"name": one["name"], "other": one["instead_of"]}
            if one.get("instead_of")
            else one["name"]
            for one in self.people
        )


class TicketWatch(models.Model):
    """When the clocks of a ticket must be looked at next: the whole tick is one look into this index."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="watch")
    next_at = models.DateTimeField(null=True)
    #: What was over before is no news.
    watched_from = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="watch_next")]

    def __str__(self) -> str:
        return f"{self.ticket_id} · {self.next_at}"
