"""附件3 服务完成确认单 (R216, I11) with the parts that were replaced."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import SparePart, StockPlace
from portal.files.models import Attachment
from portal.kernel.money import yuan
from tickets import choices
from tickets.choices.part_request import OldPart
from tickets.models.record import Record


class CompletionConfirmation(Record):
    """One a completion; a rejected one stays."""

    state = models.CharField(
        _("State"), max_length=10, choices=choices.ConfirmationState.choices, default=choices.ConfirmationState.SENT
    )
    customer_name = models.CharField(_("Customer name"), max_length=120)
    product_model = models.CharField(_("Product model"), max_length=80, blank=True)
    serial_number = models.CharField(_("Serial number"), max_length=80, blank=True)
    mode = models.CharField(_("Way of service"), max_length=10, choices=choices.ServiceMode.choices)
    service_from = models.DateTimeField(_("Service from"))
    service_until = models.DateTimeField(_("Service until"))
    arrived_at = models.DateTimeField(_("Arrived at"), null=True, blank=True)
    cause = models.TextField(_("Cause of the fault"))
    work_and_result = models.TextField(_("Work done and result"))
    inspection = models.JSONField(_("Quality inspection"), default=list, blank=True)
    inspection_passed = models.BooleanField(_("Quality inspection passed"), default=False)
    explained = models.BooleanField(_("Explained to the customer"), default=False)
    labour_charge = models.DecimalField(
        _("Labour charge in yuan"), max_digits=12, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    charge = models.DecimalField(_("Charge in yuan"), max_digits=12, decimal_places=2, default=0)
    technician = models.CharField(_("Service technician"), max_length=60)

    customer_remark = models.TextField(_("Customer's remark"), blank=True)
    solved = models.CharField(_("Solved?"), max_length=8, choices=choices.Solved.choices, blank=True)
    signed_by = models.CharField(_("Signed by"), max_length=60, blank=True)
    signed_at = models.DateTimeField(_("Signed at"), null=True, blank=True)
    signature = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Signature or seal")
    )

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("completion confirmation")
        verbose_name_plural = _("completion confirmations")

    def __str__(self) -> str:
        return f"{self.ticket} · {self._meta.verbose_name}"

    @property
    def inspected(self) -> list[str]:
        """What was inspected, in words; an old sheet may hold words of its own."""
        labels = dict(choices.InspectionItem.choices)
        return [str(labels.get(item, item)) for item in self.inspection]


class PartUsage(models.Model):
    """A part that was replaced: certified, and at cost out of warranty (R134, R189)."""

    completion = models.ForeignKey(
        CompletionConfirmation, models.PROTECT, related_name="parts", verbose_name=_("Completion confirmation")
    )
    #: None in history that was taken in from elsewhere.
    part = models.ForeignKey(
        SparePart, models.PROTECT, null=True, blank=True, related_name="usages", verbose_name=_("Spare part")
    )
    drawn_from = models.ForeignKey(
        StockPlace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Drawn from")
    )
    part_number = models.CharField(_("Part number"), max_length=60)
    name = models.CharField(_("Part name"), max_length=120)
    quantity = models.PositiveIntegerField(_("Quantity"), default=1, validators=[MinValueValidator(1)])
    certified = models.BooleanField(_("Company-certified"), default=True)
    in_warranty = models.BooleanField(_("In warranty"), default=True)
    unit_price = models.DecimalField(
        _("Unit price in yuan"), max_digits=12, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    old_serial = models.CharField(_("Old serial number"), max_length=80, blank=True)
    new_serial = models.CharField(_("New serial number"), max_length=80, blank=True)
    old_part = models.CharField(_("Old part"), max_length=8, choices=OldPart.choices, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("replaced part")
        verbose_name_plural = _("replaced parts")

    def __str__(self) -> str:
        return f"{self.part_number} × {self.quantity}"

    @property
    def amount(self) -> object:
        """What the customer pays for this line, in yuan."""
        return yuan(0) if self.in_warranty else yuan(self.unit_price * self.quantity)
