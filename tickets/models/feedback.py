"""附件4 满意度反馈表 (R220–R224) and the calls that follow (R027, R172)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.models import Outlet, Partner
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from tickets.models.record import Record
from tickets.models.ticket import Ticket

SCORE = [MinValueValidator(1), MaxValueValidator(5)]


class FeedbackQuerySet(ScopedQuerySet):
    """A named answer is seen with its ticket; an anonymous one only as a figure of the partner."""

    def scope(self, actor: Actor) -> "FeedbackQuerySet":
        return self.filter(ticket__in=Ticket.objects.visible_to(actor))


class SatisfactionFeedback(models.Model):
    """One a ticket. An anonymous answer has no ticket, no name and no day: only partner and month (R028)."""

    ticket = models.OneToOneField(
        Ticket, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name=_("Ticket")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name=_("Partner")
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Outlet")
    )
    anonymous = models.BooleanField(_("Anonymous"), default=False)
    timeliness = models.PositiveSmallIntegerField(_("Timeliness"), validators=SCORE)
    competence = models.PositiveSmallIntegerField(_("Technical ability"), validators=SCORE)
    attitude = models.PositiveSmallIntegerField(_("Attitude"), validators=SCORE)
    overall = models.PositiveSmallIntegerField(_("Overall"), validators=SCORE)
    suggestions = models.TextField(_("Opinions and suggestions"), blank=True)
    rated_by = models.CharField(_("Rated by"), max_length=60, blank=True)
    rated_on = models.DateField(_("Date of rating"))
    imported = models.BooleanField(_("Imported"), default=False)
    counted = models.BooleanField(
        pgettext_lazy("rating", "Counts"),
        default=True,
        help_text=_("A rating bound to the telephone of the partner’s own people is kept, but counts in no figure."),
    )

    history = HistoricalRecords()
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("satisfaction feedback")
        verbose_name_plural = _("satisfaction feedback")
        ordering = ["-rated_on", "-pk"]
        indexes = [models.Index(fields=["partner", "rated_on"], name="feedback_of_partner")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(anonymous=False) | models.Q(ticket__isnull=True, rated_by=""),
                name="anonymous_means_no_ticket",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    timeliness__range=(1, 5), competence__range=(1, 5), attitude__range=(1, 5), overall__range=(1, 5)
                ),
                name="scores_are_one_to_five",
                violation_error_message=_("Each score is 1, 2, 3, 4 or 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.overall}/5"

    @property
    def lowest(self) -> int:
        """The lowest of the four scores; below 3 a call-back is owed (R223)."""
        return min(self.timeliness, self.competence, self.attitude, self.overall)


class FollowUp(Record):
    """A follow-up attempt, or the call-back that a low score owes: cause, measures, result (R223, R224)."""

    low_score = models.BooleanField(_("After a low score"), default=False)
    reached = models.BooleanField(_("Customer reached"), default=False)
    cause = models.TextField(_("Cause"), blank=True)
    measures = models.TextField(_("Improvement measures"), blank=True)
    result = models.TextField(_("Result"))

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return f"{self.ticket} · {self._meta.verbose_name}"
