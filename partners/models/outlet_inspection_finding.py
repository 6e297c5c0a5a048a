"""What an inspection found and how it was put right (I05, R182)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices.outlet_inspection import FindingState, Severity
from partners.models.outlet_inspection import OutletInspection, OutletInspectionAnswer, of_partner
from partners.models.staff import Staff
from partners.rules import outlet_inspection as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.kernel import clock


class FindingQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "FindingQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "inspection__outlet__region")
        return of_partner(self, actor, "inspection__")

    def overdue(self) -> "FindingQuerySet":
        """Not corrected when the last day has passed."""
        return self.filter(state=FindingState.OPEN, due_on__lt=clock.today())


class OutletInspectionFinding(models.Model):
    """One item that was not as it should be, until the brand accepts the correction; evidence are files of this row."""

    inspection = models.ForeignKey(
        OutletInspection, models.PROTECT, related_name="findings", verbose_name=_("outlet inspection")
    )
    answer = models.OneToOneField(
        OutletInspectionAnswer, models.PROTECT, related_name="finding", verbose_name=_("Check item")
    )
    severity = models.CharField(_("Severity"), max_length=8, choices=Severity.choices)
    state = models.CharField(
        _("State"), max_length=10, choices=FindingState.choices, default=FindingState.OPEN, db_index=True
    )
    due_on = models.DateField(_("To be corrected until"))
    owner = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Responsible at the outlet")
    )
    measures = models.TextField(_("What was done"), blank=True)
    reported_at = models.DateTimeField(_("Reported at"), null=True, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reported by")
    )
    decision = models.TextField(_("Words of the brand"), blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    objection = models.TextField(_("Objection"), blank=True)
    objected_at = models.DateTimeField(_("Objected at"), null=True, blank=True)
    objection_answer = models.TextField(_("Answer to the objection"), blank=True)
    overdue_told_on = models.DateField(null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="finding_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=FindingState.REPORTED) | ~models.Q(measures=""),
                name="finding_reported_with_measures",
            ),
            models.CheckConstraint(
                condition=models.Q(objection_answer="") | ~models.Q(objection=""), name="finding_answers_an_objection"
            ),
        ]

    def __str__(self) -> str:
        return str(self.answer)

    def become(self, state: FindingState) -> None:
        """Only `partners.actions.outlet_inspection_finding` calls this; it asks and journals."""
        self.state = state

    @property
    def is_overdue(self) -> bool:
        return rules.is_overdue(self.state, self.due_on, clock.today())

    @property
    def waits_for_answer(self) -> bool:
        """Somebody objected and the brand has not answered."""
        return bool(self.objection) and not self.objection_answer
