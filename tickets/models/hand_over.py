"""HandOver (转办): all open tickets of one partner go to its successor (R137)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Partner
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from tickets.choices.hand_over import HandOverState


class HandOverQuerySet(ScopedQuerySet):
    """For whoever sees both partners; partners read of it in their tickets."""

    def scope(self, actor: Actor) -> "HandOverQuerySet":
        if not (actor.is_brand or actor.is_auditor):
            return self.none()
        seen = Partner.objects.visible_to(actor)
        return self.filter(partner__in=seen, successor__in=seen)


class HandOver(models.Model):
    """One such order: how many tickets, how many are through, and which could not be given on and why."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("Partner"))
    successor = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("Successor"))
    reason = models.CharField(_("Reason"), max_length=300)
    state = models.CharField(
        _("State"), max_length=10, choices=HandOverState.choices, default=HandOverState.QUEUED, editable=False
    )
    total = models.PositiveIntegerField(_("Tickets"), default=0, editable=False)
    moved = models.PositiveIntegerField(_("Handed over"), default=0, editable=False)
    left = models.JSONField(_("Not handed over"), default=list, blank=True, editable=False)
    ordered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Ordered by"), null=True, editable=False
    )
    ordered_at = models.DateTimeField(_("Ordered at"), editable=False)
    touched_at = models.DateTimeField(editable=False)
    finished_at = models.DateTimeField(_("Finished at"), null=True, editable=False)

    history = HistoricalRecords()
    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs of open tickets")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(partner=models.F("successor")),
                name="hand_over_to_another",
                violation_error_message=_("A partner cannot succeed itself."),
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=~models.Q(state="done"),
                name="one_hand_over_at_a_time",
                violation_error_message=_("A hand-over of this partner is running already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner.short_name} → {self.successor.short_name}"

    @property
    def per_cent(self) -> int:
        """How far it is: handled tickets of all, 0 to 100."""
        if self.state == HandOverState.DONE:
            return 100
        return 100 * (self.moved + len(self.left)) // self.total if self.total else 0

    def become(self, state: HandOverState) -> None:
        """Only `tickets.actions.hand_over` calls this."""
        self.state = state
