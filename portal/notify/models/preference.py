"""What somebody chose: by which channels he is told, and when he wants to be left alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.accounts.models import User


class NoticePreference(models.Model):
    """`choices` holds only what differs from the standard: {'work:mail': false, 'deadlines:sms': true}."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="notice_preference", verbose_name=_("User"), primary_key=True
    )
    choices = models.JSONField(default=dict, blank=True)
    #: Empty means the portal's quiet hours.
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True, blank=True)
    quiet = models.BooleanField(_("Keep quiet hours"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")

    def __str__(self) -> str:
        return str(self.user)
