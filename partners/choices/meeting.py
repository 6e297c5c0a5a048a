"""Words of meetings between brand and partners, with label and colour."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class MeetingKind(ColouredChoices):
    """The three meetings that the standard owes (R041, R076, R225)."""

    JOINT = "joint", "blue", _("Joint meeting")
    QUALITY = "quality", "purple", _("Service quality review")
    SUMMIT = "summit", "orange", _("Partner summit")


class MeetingState(ColouredChoices):
    """From the calendar to minutes that everybody has."""

    PLANNED = "planned", "secondary", pgettext_lazy("meeting", "Planned")
    INVITED = "invited", "blue", pgettext_lazy("meeting", "Invited")
    HELD = "held", "yellow", pgettext_lazy("meeting", "Held, minutes owed")
    RELEASED = "released", "green", pgettext_lazy("meeting", "Minutes released")
    CANCELLED = "cancelled", "red", pgettext_lazy("meeting", "Cancelled")


class Answer(ColouredChoices):
    """What somebody answers to an invitation."""

    OPEN = "open", "secondary", _("No answer yet")
    COMING = "coming", "green", pgettext_lazy("invitation", "Coming")
    DECLINED = "declined", "red", _("Not coming")
    DEPUTY = "deputy", "orange", _("Sends a deputy")


class MinutesReply(ColouredChoices):
    """What somebody says to the minutes."""

    OPEN = "open", "secondary", _("Not read yet")
    ACKNOWLEDGED = "acknowledged", "green", _("Acknowledged")
    CORRECTION = "correction", "orange", _("Asks for a correction")
    ANSWERED = "answered", "teal", _("Correction answered")


class TopicState(ColouredChoices):
    """What became of a problem that a partner brought up (R041)."""

    OPEN = "open", "orange", _("Collected")
    ON_AGENDA = "on_agenda", "blue", _("On the agenda")
    ANSWERED = "answered", "green", pgettext_lazy("topic", "Answered")


class Cadence(models.IntegerChoices):
    """How many months lie between two meetings of a cycle."""

    MONTHLY = 1, _("Every month")
    TWO_MONTHS = 2, _("Every two months")
    QUARTERLY = 3, _("Every quarter")
    HALF_YEARLY = 6, _("Every half year")
    YEARLY = 12, _("Every year")


class SlotState(ColouredChoices):
    """How one box of the governance calendar stands."""

    HELD = "held", "green", pgettext_lazy("slot", "Held")
    PLANNED = "planned", "blue", pgettext_lazy("slot", "Planned")
    COMING = "coming", "secondary", pgettext_lazy("slot", "To be planned")
    OVERDUE = "overdue", "red", pgettext_lazy("slot", "Overdue")
