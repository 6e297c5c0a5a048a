"""One notice on one channel: its own state, tries and errors, so that a failing channel resends on no other."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices
from portal.notify.models.notice import Notice


class DeliveryState(ColouredChoices):
    """How far a notice has come on one channel."""

    WAITING = "waiting", "blue", _("Waiting")
    SENT = "sent", "green", _("Sent")
    FAILED = "failed", "red", _("Given up")
    WITHDRAWN = "withdrawn", "secondary", _("Withdrawn")


class Delivery(models.Model):
    """`claimed_until` belongs to the worker that is at it; a claim that ran out belonged to one that died."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name=_("Notice"))
    channel = models.CharField(_("Channel"), max_length=40)
    address = models.CharField(pgettext_lazy("delivery", "Address"), max_length=254, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    #: Tries that this one message was refused, while the channel itself worked.
    refusals = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("Last error"), max_length=300, blank=True)
    answer = models.CharField(_("Provider's answer"), max_length=200, blank=True)
    remark = models.CharField(_("Remark"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("Created at"))
    next_try_at = models.DateTimeField(_("Next try at"), null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("delivery log")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"],
                name="one_delivery_a_channel",
                violation_error_message=_("This notice is on its way by this channel already."),
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="delivery_waiting"),
            models.Index(fields=["created_at"], name="delivery_day"),
        ]

    def __str__(self) -> str:
        return self.notice.title
