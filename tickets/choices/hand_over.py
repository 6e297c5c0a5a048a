"""Words of a hand-over of open tickets to a successor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class HandOverState(ColouredChoices):
    """How far the hand-over has come."""

    QUEUED = "queued", "secondary", _("Waiting")
    RUNNING = "running", "blue", pgettext_lazy("hand-over", "Running")
    DONE = "done", "green", _("Done")
