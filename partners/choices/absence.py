"""Words of absences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class AbsenceReason(ColouredChoices):
    """Why somebody is not at work."""

    LEAVE = "leave", "blue", pgettext_lazy("absence", "Leave")
    SICK = "sick", "orange", _("Sick leave")
    TRAINING = "training", "teal", _("Training")
    TRAVEL = "travel", "indigo", _("Business trip")
    OTHER = "other", "secondary", pgettext_lazy("absence", "Other")
