"""Words of standards and bulletins, with label and colour."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class PublicationKind(ColouredChoices):
    """What the brand tells its partners in writing (R100, R146, R147)."""

    STANDARD = "standard", "indigo", _("Service standard")
    PRODUCT = "product", "blue", _("Product information")
    TECHNICAL = "technical", "teal", _("Technical bulletin")
    POLICY = "policy", "purple", _("Service policy")


class ReleaseState(ColouredChoices):
    """A released text binds from a day on until another takes its place (R042, R104)."""

    DRAFT = "draft", "secondary", _("Draft")
    ANNOUNCED = "announced", "blue", _("Announced")
    IN_FORCE = "in_force", "green", _("In force")
    SUPERSEDED = "superseded", "yellow", _("Superseded")
    WITHDRAWN = "withdrawn", "red", pgettext_lazy("publication", "Withdrawn")


class OpinionOutcome(ColouredChoices):
    """What became of an opinion (R227)."""

    OPEN = "open", "orange", _("Waits for an answer")
    ADOPTED = "adopted", "green", _("Adopted")
    PARTLY = "partly", "teal", _("Adopted in part")
    DECLINED = "declined", "secondary", _("Not adopted")


class AdjustmentState(ColouredChoices):
    """A regional adjustment is proposed by one side and decided by the other (R101)."""

    PROPOSED = "proposed", "orange", _("Proposed")
    APPROVED = "approved", "green", _("Approved")
    REJECTED = "rejected", "red", _("Rejected")
    ENDED = "ended", "secondary", _("Ended")


class ClauseUnit(models.TextChoices):
    """Units of a clause's figure."""

    SECOND = "second", _("seconds")
    MINUTE = "minute", _("minutes")
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    WORKING_DAY = "working_day", _("working days")
    PERCENT = "percent", _("percent")
    COUNT = "count", _("times")
