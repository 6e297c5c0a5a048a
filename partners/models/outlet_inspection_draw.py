"""A random draw of outlets with all that is needed to repeat it (I05, R182)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.outlet_inspection_list import CheckVersion
from partners.rules import outlet_inspection_draw as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


class DrawQuerySet(ScopedQuerySet):
    """The auditor and brand people of all regions see every draw, others those that they made."""

    def scope(self, actor: Actor) -> "DrawQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.filter(drawn_by_id=actor.user_id) if actor.regions else self.all()
        return self.none()


class OutletDraw(models.Model):
    """Population, seed and sample of one draw; it is never changed."""

    number = models.CharField(_("Draw number"), max_length=40, unique=True)
    check_version = models.ForeignKey(
        CheckVersion, models.PROTECT, related_name="draws", verbose_name=_("Check list version")
    )
    regions = models.JSONField(_("Regions"), default=list, blank=True)
    channel_types = models.JSONField(_("Channel types"), default=list, blank=True)
    tiers = models.JSONField(_("Service tiers"), default=list, blank=True)
    not_since = models.DateField(_("Not inspected since"), null=True, blank=True)
    size = models.PositiveSmallIntegerField(
        _("Outlets to draw"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    seed = models.CharField(_("Seed"), max_length=64, editable=False)
    population = models.JSONField(_("Population"), default=list, editable=False)
    sample = models.JSONField(_("Sample"), default=list, editable=False)
    planned_on = models.DateField(_("Planned for"))
    drawn_at = models.DateTimeField(_("Drawn at"))
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Drawn by"))

    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="repeated_by",
        verbose_name=_("Repeats the draw"),
    )  # fmt: skip
    reason = models.TextField(_("Why it is drawn again"), max_length=1000, blank=True, default="", db_default="")

    history = HistoricalRecords()
    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("random draw of outlets")
        verbose_name_plural = _("random draws of outlets")
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(repeats__isnull=True) | ~models.Q(reason=""),
                name="draw_repeated_for_a_reason",
                violation_error_message=_("Say why it is drawn again."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def again(self) -> list[str]:
        """The sample that seed and population give, drawn anew."""
        return rules.sample(self.seed, self.population, self.size)
