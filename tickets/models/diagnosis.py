"""The preliminary analysis report (R025) and the plan told to the customer (R026)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tickets import choices
from tickets.models.record import Record


class Diagnosis(Record):
    """One a cycle of work: finding, cause, way of service, parts, warranty."""

    finding = models.TextField(_("Finding"))
    probable_cause = models.TextField(_("Probable cause"))
    mode = models.CharField(_("Way of service"), max_length=10, choices=choices.ServiceMode.choices)
    parts_needed = models.CharField(_("Parts needed"), max_length=300, blank=True)
    warranty = models.CharField(_("Warranty"), max_length=8, choices=choices.WarrantyStatus.choices)

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("diagnosis")
        verbose_name_plural = _("diagnoses")

    def __str__(self) -> str:
        return f"{self.ticket} · {self._meta.verbose_name}"


class ServicePlan(Record):
    """Solution, duration, appointment and price as told to the customer when work starts (R026, R189)."""

    solution = models.TextField(_("Solution"))
    duration_hours = models.DecimalField(_("Estimated duration in hours"), max_digits=6, decimal_places=1)
    appointment_at = models.DateTimeField(_("Appointment"), null=True, blank=True)
    price = models.DecimalField(_("Price in yuan"), max_digits=12, decimal_places=2, null=True, blank=True)

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("service plan")
        verbose_name_plural = _("service plans")

    def __str__(self) -> str:
        return f"{self.ticket} · {self._meta.verbose_name}"
