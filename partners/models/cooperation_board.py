"""The board of a plan: what both sides tell each other, and who has read it (R078)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.cooperation import Side
from partners.models.cooperation import CooperationPlan, OfPlan
from portal.accounts.models import User


class PlanPost(models.Model):
    """A short message or update, with files."""

    plan = models.ForeignKey(CooperationPlan, models.PROTECT, related_name="posts", verbose_name=_("Cooperation plan"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("message", "Author"))
    side = models.CharField(pgettext_lazy("group", "Side"), max_length=8, choices=Side.choices)
    text = models.TextField(_("Message"))
    posted_at = models.DateTimeField(_("Sent at"))

    history = HistoricalRecords()
    objects = OfPlan.as_manager()

    class Meta:
        verbose_name = _("message of a plan")
        verbose_name_plural = _("messages of plans")
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.author} · {self.text[:40]}"


class PlanReading(models.Model):
    """Up to when somebody has read the board of a plan."""

    plan = models.ForeignKey(
        CooperationPlan, models.CASCADE, related_name="readings", verbose_name=_("Cooperation plan")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Read by"))
    read_at = models.DateTimeField(_("Read at"))

    history = HistoricalRecords()
    objects = OfPlan.as_manager()

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        ordering = ["plan", "read_at"]
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="one_read_mark_a_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.plan.number}"
