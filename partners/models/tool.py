"""Service tools and test equipment of the outlets, with their calibrations (R179, R209)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.choices.tool import MEASURES, CalibrationState, CheckResult, ToolKind, ToolState
from partners.models.outlet import Outlet
from partners.models.product import ProductLine
from partners.models.staff import Staff
from partners.rules.tool import SOON_DAYS, calibration_state, may_be_bought, may_measure, number_fits
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.verdict import Verdict
from portal.kernel.words import joined


class CatalogueQuerySet(ScopedQuerySet):
    """A catalogue of the brand is the same for everybody who works with it."""

    def scope(self, actor: Actor) -> "CatalogueQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor or actor.is_partner else self.none()


class ToolType(models.Model):
    """One kind of tool in the brand's catalogue: how often it is calibrated, and which outlets must have it."""

    code = models.CharField(_("Type code"), max_length=32, unique=True)
    name = models.CharField(_("Tool type"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=10, choices=ToolKind.choices, default=ToolKind.SERVICE)
    interval_months = models.PositiveSmallIntegerField(
        _("Calibrated every so many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Empty: it needs no calibration."),
    )
    product_lines = models.ManyToManyField(
        ProductLine,
        blank=True,
        related_name="tool_types",
        verbose_name=_("Required for product lines"),
        help_text=_("Outlets that serve one of them must have it."),
    )
    tiers = models.JSONField(
        _("Required for service tiers"),
        default=list,
        blank=True,
        help_text=_("Outlets of one of them must have it. Neither line nor tier: nobody must."),
    )
    quantity = models.PositiveSmallIntegerField(
        _("How many an outlet needs"), default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    active = models.BooleanField(pgettext_lazy("catalogue", "In the catalogue"), default=True)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("tool type")
        verbose_name_plural = _("tool types")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interval_months=None) | models.Q(interval_months__gte=1),
                name="tool_type_interval_positive",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Only tiers that exist."""
        super().clean()
        if wrong := [tier for tier in self.tiers if tier not in ServiceTier.values]:
            raise ValidationError({"tiers": _("There is no such tier: %s.") % joined(wrong)})


class ToolQuerySet(ScopedQuerySet):
    """Brand by region; a partner his own; a technician those of his outlet."""

    def scope(self, actor: Actor) -> "ToolQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "outlet__region")
        if not actor.is_partner:
            return self.none()
        own = self.filter(outlet__partner__organisation_id=actor.organisation_id)
        if actor.role != Role.TECHNICIAN:
            return own
        return own.filter(outlet__in=Staff.objects.filter(user_id=actor.user_id).values("outlet"))

    def standing(self, state: str, today: date) -> "ToolQuerySet":
        """Tools that stand so to their calibration; retired ones are not asked any more."""
        kept = self.exclude(state=ToolState.RETIRED)
        needs = kept.filter(type__interval_months__isnull=False)
        soon = date.fromordinal(today.toordinal() + SOON_DAYS)
        return {
            CalibrationState.NOT_NEEDED: kept.filter(type__interval_months=None),
            CalibrationState.FAILED: needs.filter(failed=True),
            CalibrationState.NEVER: needs.filter(failed=False, due_on=None),
            CalibrationState.OVERDUE: needs.filter(failed=False, due_on__lt=today),
            CalibrationState.SOON: needs.filter(failed=False, due_on__gte=today, due_on__lte=soon),
            CalibrationState.VALID: needs.filter(failed=False, due_on__gt=soon),
        }[CalibrationState(state)]

    def measuring(self, today: date) -> "ToolQuerySet":
        """Tools that may be used today: in use, and calibrated where their type asks for it."""
        calibrated = models.Q(type__interval_months=None) | models.Q(failed=False, due_on__gte=today)
        return self.filter(calibrated, state=ToolState.IN_USE)


class Tool(models.Model):
    """One tool of one outlet. `due_on` and `failed` follow from its calibrations; only actions write them."""

    number = models.CharField(_("Asset number"), max_length=40, unique=True)
    type = models.ForeignKey(ToolType, models.PROTECT, related_name="tools", verbose_name=_("Tool type"))
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="tools", verbose_name=_("Outlet"))
    model = models.CharField(_("Make and model"), max_length=120, blank=True)
    serial = models.CharField(_("Serial number"), max_length=80, blank=True)
    holder = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tools",
        verbose_name=pgettext_lazy("tool", "Holder"),
        help_text=_("Empty: it lies at the outlet."),
    )
    bought_on = models.DateField(_("Bought on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=14, choices=ToolState.choices, default=ToolState.IN_USE)
    due_on = models.DateField(_("Calibration due on"), null=True, blank=True, editable=False)
    failed = models.BooleanField(_("Last calibration failed"), default=False, editable=False)
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  null spares rows

    history = HistoricalRecords(excluded_fields=["key"])
    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("service tool", "tool")
        verbose_name_plural = pgettext_lazy("service tool", "tools")
        ordering = ["number"]
        indexes = [models.Index(fields=["outlet", "type"], name="tool_of_outlet")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ToolState.values),
                name="tool_state_known",
                violation_error_message=_("There is no such state."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.type.name}"

    def clean(self) -> None:
        """Who holds it works at its outlet; bought before it was calibrated; a new number can be printed."""
        super().clean()
        errors = {}
        if self.holder_id and self.outlet_id and self.holder.outlet_id != self.outlet_id:
            errors["holder"] = ValidationError(_("The holder works at another outlet."))
        if self.bought_on and not (verdict := may_be_bought(self.bought_on, self._first_check(), clock.today())):
            errors["bought_on"] = ValidationError(str(verdict.reason))
        if self._state.adding and self.number and not (verdict := number_fits(self.number)):
            errors["number"] = ValidationError(str(verdict.reason))
        if errors:
            raise ValidationError(errors)

    def _first_check(self) -> date | None:
        """The day of the first calibration that counts."""
        if self._state.adding:
            return None
        return self.calibrations.counting().order_by("checked_on").values_list("checked_on", flat=True).first()

    def become(self, state: ToolState) -> None:
        """Only the actions of tools call this; they ask and journal."""
        self.state = state

    @property
    def calibration(self) -> CalibrationState:
        """How it stands to its calibration today."""
        return calibration_state(self.type.interval_months, self.due_on, failed=self.failed, today=clock.today())

    @property
    def measures(self) -> Verdict:
        """Whether it may be used on a job today."""
        return may_measure(self.number, self.state, self.calibration)

    @property
    def is_late(self) -> bool:
        """Whether its calibration is missing, overdue or failed."""
        return self.state != ToolState.RETIRED and self.calibration not in MEASURES


class CalibrationQuerySet(ScopedQuerySet):
    """Visible with its tool."""

    def scope(self, actor: Actor) -> "CalibrationQuerySet":
        return self.filter(tool__in=Tool.objects.all().visible_to(actor))

    def counting(self) -> "CalibrationQuerySet":
        """Those that nobody rejected."""
        return self.filter(rejected_at=None)


class Calibration(models.Model):
    """One check of a tool by a testing body; never changed, but the brand may reject it with a reason."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="calibrations", verbose_name=_("Tool"))
    checked_on = models.DateField(_("Calibrated on"))
    body = models.CharField(_("Testing body"), max_length=120)
    certificate_number = models.CharField(_("Certificate number"), max_length=60)
    result = models.CharField(_("Result"), max_length=8, choices=CheckResult.choices, default=CheckResult.PASSED)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("Recorded at"), editable=False)
    recorded_by = models.CharField(_("Recorded by"), max_length=120, editable=False)
    rejected_at = models.DateTimeField(_("Rejected at"), null=True, blank=True, editable=False)
    rejected_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("Rejected by")
    )
    rejected_reason = models.CharField(_("Reason of the rejection"), max_length=300, blank=True, editable=False)

    history = HistoricalRecords()
    objects = CalibrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("calibration record")
        verbose_name_plural = _("calibration records")
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "certificate_number"],
                condition=models.Q(rejected_at=None),
                name="calibration_certificate_once",
                violation_error_message=_("This certificate is recorded for the tool already."),
            ),
            models.CheckConstraint(
                condition=models.Q(rejected_at=None) | ~models.Q(rejected_reason=""),
                name="calibration_rejected_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool.number} · {self.certificate_number}"


class CalibrationWarning(models.Model):
    """That somebody was told of a due day: each limit once, whatever the schedule does."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="warnings")
    due_on = models.DateField(_("Calibration due on"))
    days = models.SmallIntegerField(_("Days before the end"))
    warned_at = models.DateTimeField(_("Warned at"))

    class Meta:
        verbose_name = _("calibration warning")
        verbose_name_plural = _("calibration warnings")
        constraints = [models.UniqueConstraint(fields=["tool", "due_on", "days"], name="calibration_warned_once")]

    def __str__(self) -> str:
        return f"{self.tool} −{self.days}"
