"""附件2 处理进度跟踪表 (R212, R213, R229), and the log of contacts with the customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tickets import choices
from tickets.models.record import Record


class ProgressEntry(Record):
    """One row a day or more; each is sent to the customer (R060)."""

    updated_on = models.DateField(_("Date of update"))
    status = models.CharField(_("Present state"), max_length=12, choices=choices.ProgressStatus.choices)
    measures = models.TextField(_("Measures taken"))
    responsible = models.CharField(_("Responsible person"), max_length=60)
    communication = models.TextField(_("Communication with the customer"), blank=True)
    needed_from_customer = models.TextField(_("Needed from the customer"), blank=True)
    next_step = models.TextField(_("Next step"), blank=True)

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        indexes = [models.Index(fields=["ticket", "updated_on"], name="progress_by_day")]

    def __str__(self) -> str:
        return f"{self.ticket} · {self.updated_on}"


class ContactNote(Record):
    """A conversation with the customer; an outward one by a human being stops the response clock (rule 4)."""

    channel = models.CharField(_("Channel"), max_length=12, choices=choices.Channel.choices)
    outward = models.BooleanField(_("We contacted the customer"), default=True)
    summary = models.TextField(_("What was said"))

    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("contact note")
        verbose_name_plural = _("contact notes")

    def __str__(self) -> str:
        return f"{self.ticket} · {self.get_channel_display()}"
