"""Tools that were used for a job, as its sheet names them (R179, R209)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Tool
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from tickets.models.completion import CompletionConfirmation
from tickets.models.ticket import Ticket


class ToolUsageQuerySet(ScopedQuerySet):
    """Visible to whoever sees the ticket."""

    def scope(self, actor: Actor) -> "ToolUsageQuerySet":
        return self.filter(completion__ticket__in=Ticket.objects.visible_to(actor))


class ToolUsage(models.Model):
    """One tool on one completion sheet; number, name and due day stay as they were on that day."""

    completion = models.ForeignKey(
        CompletionConfirmation, models.PROTECT, related_name="tools", verbose_name=_("Completion confirmation")
    )
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="usages", verbose_name=_("Tool"))
    number = models.CharField(_("Asset number"), max_length=40)
    name = models.CharField(_("Tool type"), max_length=120)
    calibrated_until = models.DateField(_("Calibrated until"), null=True, blank=True)

    history = HistoricalRecords()
    objects = ToolUsageQuerySet.as_manager()

    class Meta:
        verbose_name = _("tool used")
        verbose_name_plural = _("tools used")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion", "tool"],
                name="tool_used_once_a_sheet",
                violation_error_message=_("This tool is named already: take out the second line."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"
