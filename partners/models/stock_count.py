"""StockCount (盘点): what should be there, what is there, and who approved the difference (R181)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices.stock import CountState
from partners.models.part import SparePart
from partners.models.stock import OfPlaces, StockPlace
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


class StockCount(models.Model):
    """One count of one place."""

    number = models.CharField(_("Count number"), max_length=40, unique=True)
    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="counts", verbose_name=_("Place"))
    state = models.CharField(_("State"), max_length=10, choices=CountState.choices, default=CountState.OPEN)
    opened_at = models.DateTimeField(_("Opened at"))
    counted_at = models.DateTimeField(_("Counted at"), null=True, blank=True)
    counted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Counted by")
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    remark = models.CharField(_("Remark of the approval"), max_length=500, blank=True)

    history = HistoricalRecords()
    objects = OfPlaces.as_manager()

    class Meta:
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state__in=[CountState.OPEN, CountState.COUNTED, CountState.REFUSED]),
                name="stock_count_one_at_a_time",
                violation_error_message=_("This place is being counted already."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def become(self, state: CountState) -> None:
        """Only `partners.actions.stock_count` calls this; it asks and journals."""
        self.state = state


class StockCountLineQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "StockCountLineQuerySet":
        return self.filter(count__in=StockCount.objects.visible_to(actor))


class StockCountLine(models.Model):
    """One part: what the books say and what was found."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="lines", verbose_name=_("stock count"))
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="+", verbose_name=_("Spare part"))
    expected = models.PositiveIntegerField(_("Should be there"))
    found = models.PositiveIntegerField(_("Is there"), null=True, blank=True)
    serials = models.JSONField(_("Serial numbers"), default=list, blank=True)
    reason = models.CharField(_("Reason of the difference"), max_length=300, blank=True)

    history = HistoricalRecords()
    objects = StockCountLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a count")
        verbose_name_plural = _("lines of a count")
        ordering = ["part__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "part"],
                name="stock_count_line_once",
                violation_error_message=_("This part stands on the sheet already: change its line."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.part.number}: {self.expected} / {self.found}"

    @property
    def difference(self) -> int:
        """Found less expected; 0 while nobody counted."""
        return 0 if self.found is None else self.found - self.expected
