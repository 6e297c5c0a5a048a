"""BenchmarkCase (标杆案例): a practice that worked, with its measured effect, for the recommended list (R043–R046)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.knowledge import CaseKind, CaseState
from partners.models.knowledge import Article
from partners.models.partner import Partner
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class BenchmarkCaseQuerySet(ScopedQuerySet):
    """Brand and auditor: all. Partners: the recommended list, whoever's practice it is."""

    def scope(self, actor: Actor) -> "BenchmarkCaseQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self
        return self.recommended() if actor.is_partner else self.none()

    def recommended(self) -> "BenchmarkCaseQuerySet":
        return self.filter(state=CaseState.RECOMMENDED)


class BenchmarkCase(models.Model):
    """Nominated by brand staff, approved by a brand manager, then shown to all partners."""

    number = models.CharField(_("Case number"), max_length=24, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=12, choices=CaseKind.choices, default=CaseKind.TECHNICAL)
    state = models.CharField(_("State"), max_length=12, choices=CaseState.choices, default=CaseState.NOMINATED)
    title = models.CharField(_("Title"), max_length=160)
    practice = models.TextField(_("What was done"))
    effect = models.TextField(_("Measured effect"))
    measure = models.CharField(_("Measured figure"), max_length=60, blank=True)
    unit = models.CharField(_("Unit"), max_length=20, blank=True)
    before = models.DecimalField(
        pgettext_lazy("good practice", "Before"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    after = models.DecimalField(
        pgettext_lazy("good practice", "After"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Whose practice")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Knowledge article")
    )
    ticket_number = models.CharField(_("From ticket"), max_length=40, blank=True)
    for_training = models.BooleanField(_("Used as training material"), default=True)

    nominated_at = models.DateTimeField(_("Nominated at"), editable=False)
    nominated_by = models.CharField(_("Nominated by"), max_length=120, editable=False)
    decided_at = models.DateTimeField(_("Decided at"), null=True, editable=False)
    decided_by = models.CharField(_("Decided by"), max_length=120, blank=True, editable=False)

    history = HistoricalRecords()
    objects = BenchmarkCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("good-practice case")
        verbose_name_plural = _("good-practice cases")
        ordering = ["-nominated_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        """A figure needs both its sides and its name: one number alone measures nothing."""
        super().clean()
        sides = [value is not None for value in (self.before, self.after)]
        if any(sides) and not (all(sides) and self.measure.strip()):
            raise ValidationError({"measure": _("Name the figure and give it before and after, or leave all empty.")})

    def become(self, state: CaseState) -> None:
        """Only `partners.actions.benchmark_case` calls this; it asks and journals."""
        self.state = state

    @property
    def change_percent(self) -> Decimal | None:
        """By how much the figure changed, in percent; None without figures."""
        if self.before is None or self.after is None or not self.before:
            return None
        return ((self.after - self.before) / self.before * 100).quantize(Decimal("0.1"))
