"""Whether a channel works: as long as it does not, one probe at a time goes out and everything else waits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelHealth(models.Model):
    """One row a channel that ever failed; `failing_since` is empty while it works."""

    name = models.CharField(_("Channel"), max_length=40, unique=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
