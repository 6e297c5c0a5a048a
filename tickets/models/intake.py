"""附件1 问题受理记录表 (R195, R228)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tickets import choices
from tickets.models.record import Record


class IntakeRecord(Record):
    """One a ticket; a correction adds a revision."""

    accepted_on = models.DateField(_("Date of acceptance"))
    customer_name = models.CharField(_("Customer name"), max_length=120)
    contact_name = models.CharField(_("Contact person"), max_length=60)
    contact_phone = models.CharField(_("Contact telephone"), max_length=32)
    contract_number = models.CharField(_("Contract number"), max_length=60, blank=True)
    product_model = models.CharField(_("Product model"), max_length=80)
    serial_number = models.CharField(_("Serial number"), max_length=80, blank=True)
    warranty_until = models.DateField(_("Warranty until"), null=True, blank=True)
    description = models.TextField(_("Problem description"))
    category = models.CharField(_("Problem type"), max_length=16, choices=choices.Category.choices)
    urgency = models.CharField(_("Urgency"), max_length=12, choices=choices.Urgency.choices)
    registrar = models.CharField(_("Registrar"), max_length=120)
    first_opinion = models.TextField(_("Preliminary opinion on handling"))

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("intake record")
        verbose_name_plural = _("intake records")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "revision"], name="intake_one_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} · {self._meta.verbose_name} · {self.revision}"
