"""What partners answer to a release: read and understood, opinions, proposals for their region (R101, R227)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.standard import AdjustmentState, OpinionOutcome
from partners.models.partner import Partner
from partners.models.standard import Publication, Release
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions


class OfPartner(ScopedQuerySet):
    """The partner's own; the brand by region."""

    def scope(self, actor: Actor) -> "OfPartner":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "partner__region")
        if actor.is_partner:
            return self.filter(partner__organisation_id=actor.organisation_id)
        return self.none()


class Receipt(models.Model):
    """A partner whom a release was sent to, and whether he said 'read and understood' (R147)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="receipts", verbose_name=_("Version"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="receipts", verbose_name=_("Partner"))
    told_at = models.DateTimeField(_("Told at"))
    reminded_on = models.DateField(_("Reminded on"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("Read and understood at"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Read and understood by")
    )

    history = HistoricalRecords()
    objects = OfPartner.as_manager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["release", "partner"]
        indexes = [
            models.Index(
                fields=["partner"], condition=models.Q(acknowledged_at__isnull=True), name="receipt_not_yet_read"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "partner"],
                name="receipt_once_a_partner",
                violation_error_message=_("This partner was sent this version already."),
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True) | models.Q(acknowledged_by__isnull=False),
                name="receipt_read_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release} · {self.partner}"


class Opinion(models.Model):
    """What a partner thinks of a release or of one clause, and what the brand answers (R227)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="opinions", verbose_name=_("Version"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="opinions", verbose_name=_("Partner"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("opinion", "Author"))
    clause_number = models.CharField(_("Clause number"), max_length=20, blank=True)
    text = models.TextField(_("Opinion"))
    given_at = models.DateTimeField(_("Given at"))
    outcome = models.CharField(_("Outcome"), max_length=12, choices=OpinionOutcome.choices, default=OpinionOutcome.OPEN)
    answer = models.TextField(_("Answer"), blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )

    history = HistoricalRecords()
    objects = OfPartner.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=OpinionOutcome.OPEN) | ~models.Q(answer=""),
                name="opinion_outcome_has_answer",
                violation_error_message=_("An outcome comes with an answer in words."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.text[:40]}"


class AdjustmentQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "AdjustmentQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor)
        if actor.is_partner:
            return self.filter(region__in=Partner.objects.all().visible_to(actor).values("region"))
        return self.none()


class Adjustment(models.Model):
    """Another figure for one non-core clause in one region; it goes on through later versions (R101)."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="adjustments", verbose_name=_("Standard or bulletin")
    )
    clause_number = models.CharField(_("Clause number"), max_length=20)
    region = models.CharField(_("Region"), max_length=60)
    value = models.DecimalField(_("Figure"), max_digits=10, decimal_places=2)
    reason = models.TextField(_("Reason"))
    state = models.CharField(
        _("State"), max_length=10, choices=AdjustmentState.choices, default=AdjustmentState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("Proposed at"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Proposed by"))
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    decision = models.TextField(_("Reason of the decision"), blank=True)

    history = HistoricalRecords()
    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("regional adjustment")
        verbose_name_plural = _("regional adjustments")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "clause_number", "region"],
                condition=models.Q(state=AdjustmentState.APPROVED),
                name="adjustment_one_a_region",
                violation_error_message=_(
                    "Another figure for this clause is approved in this region: withdraw it first."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="adjustment_second_person",
                violation_error_message=_("Whoever proposes an adjustment does not decide on it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication.code} {self.clause_number} · {self.region}"

    def become(self, state: AdjustmentState) -> None:
        """Only `partners.actions.adjustment` calls this; it asks and journals."""
        self.state = state
