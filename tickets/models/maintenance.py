"""MaintenancePlan and its visits (定期巡检): every so many months for an equipment or an agreement (R191)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Outlet
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel import clock
from tickets.choices.maintenance import VisitResult, VisitState
from tickets.models.customer import Customer, Equipment, ServiceAgreement
from tickets.models.ticket import Ticket


class PlanQuerySet(ScopedQuerySet):
    """Visible to whoever of the brand and the auditors sees the customer."""

    def scope(self, actor: Actor) -> "PlanQuerySet":
        if not (actor.is_brand or actor.is_auditor):
            return self.none()
        seen = Customer.objects.visible_to(actor)
        return self.filter(models.Q(equipment__customer__in=seen) | models.Q(agreement__customer__in=seen))


class MaintenancePlan(models.Model):
    """What is inspected, how often, from when on, and how long before the day it becomes a ticket."""

    number = models.CharField(_("Plan number"), max_length=40, unique=True)
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("Equipment")
    )
    agreement = models.ForeignKey(
        ServiceAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("Service agreement"),
        help_text=_("Either one equipment, or all that an agreement covers."),
    )
    months = models.PositiveSmallIntegerField(
        _("Every … months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    first_day = models.DateField(_("First visit on"))
    last_day = models.DateField(_("Last visit by"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(
        _("Days of lead time"),
        default=14,
        validators=[MaxValueValidator(180)],
        help_text=_("So many days before the visit a ticket is opened."),
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Usual outlet")
    )
    instructions = models.TextField(_("What is inspected"), blank=True)
    active = models.BooleanField(_("Active"), default=True)
    created_on = models.DateField(_("Written on"), default=clock.today, editable=False)

    history = HistoricalRecords()
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance plan")
        verbose_name_plural = _("maintenance plans")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(equipment__isnull=True) ^ models.Q(agreement__isnull=True),
                name="plan_of_equipment_or_agreement",
                violation_error_message=_("A plan is for one equipment or for one agreement, not for both."),
            ),
            models.CheckConstraint(condition=models.Q(months__gte=1), name="plan_has_an_interval"),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """The last visit cannot come before the first."""
        super().clean()
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last visit cannot come before the first.")})

    @property
    def customer(self) -> Customer:
        return (self.equipment or self.agreement).customer  # type: ignore[union-attr]

    @property
    def ends_on(self) -> date | None:
        """The last day on which a visit may fall: its own, or that of the agreement."""
        return self.last_day or (self.agreement.valid_until if self.agreement else None)


class VisitQuerySet(ScopedQuerySet):
    """Visible with the plan; partners see those that became their tickets."""

    def scope(self, actor: Actor) -> "VisitQuerySet":
        if actor.is_partner:
            return self.filter(ticket__in=Ticket.objects.visible_to(actor))
        return self.filter(plan__in=MaintenancePlan.objects.visible_to(actor))


class MaintenanceVisit(models.Model):
    """One visit of a plan: when it falls due, the ticket that it became, what was found."""

    plan = models.ForeignKey(MaintenancePlan, models.PROTECT, related_name="visits", verbose_name=_("maintenance plan"))
    due_on = models.DateField(_("Due on"), db_index=True)
    state = models.CharField(_("State"), max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    ticket = models.OneToOneField(
        Ticket, models.PROTECT, null=True, blank=True, related_name="maintenance_visit", verbose_name=_("Ticket")
    )
    result = models.CharField(_("Result"), max_length=10, choices=VisitResult.choices, blank=True)
    findings = models.TextField(_("Findings"), blank=True)
    done_on = models.DateField(_("Inspected on"), null=True, blank=True)
    obstacle = models.CharField(_("Why there is no ticket"), max_length=200, blank=True)

    history = HistoricalRecords()
    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance visit")
        verbose_name_plural = _("maintenance visits")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "due_on"],
                name="one_visit_a_day",
                violation_error_message=_("This plan has a visit on that day already: choose another day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ticketed") | models.Q(ticket__isnull=False), name="ticketed_visit_has_ticket"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.due_on}"

    @property
    def overdue(self) -> bool:
        """The day has passed and nobody has inspected."""
        return self.state in (VisitState.PLANNED, VisitState.TICKETED) and self.due_on < clock.today()

    def become(self, state: VisitState) -> None:
        """Only `tickets.actions.maintenance` calls this."""
        self.state = state
