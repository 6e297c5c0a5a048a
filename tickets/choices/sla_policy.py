"""Words of the service-level policy (spec/workflow.md, Clocks)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class PolicyState(ColouredChoices):
    """What has been decided of a version; whether it is in force is a matter of its date."""

    DRAFT = "draft", "secondary", _("Draft")
    IN_REVIEW = "in_review", "orange", _("In legal review")
    APPROVED = "approved", "blue", _("Approved")
    IN_FORCE = "in_force", "green", _("In force")
    WITHDRAWN = "withdrawn", "red", _("Withdrawn")


class PolicyStanding(ColouredChoices):
    """How a version stands on a day."""

    DRAFT = "draft", "secondary", _("Draft")
    IN_REVIEW = "in_review", "orange", _("In legal review")
    APPROVED = "approved", "blue", _("Approved")
    PLANNED = "planned", "azure", _("Takes effect later")
    IN_FORCE = "in_force", "green", _("In force")
    SUPERSEDED = "superseded", "teal", _("Superseded")
    WITHDRAWN = "withdrawn", "red", _("Withdrawn")


class LimitUnit(models.TextChoices):
    """What a limit is counted in; the first three run round the clock."""

    MINUTE = "minute", _("Minutes")
    HOUR = "hour", _("Hours")
    DAY = "day", _("Days of 24 hours")
    WORKING_HOUR = "working_hour", _("Working hours")
    WORKING_DAY = "working_day", _("Working days")


class CalendarOf(models.TextChoices):
    """Whose calendar counts working time."""

    BRAND = "brand", _("Brand")
    PARTNER = "partner", _("Partner")
    OUTLET = "outlet", _("Outlet")
    CUSTOMER = "customer", _("Customer")


class Evidence(models.TextChoices):
    """What a suspension must be able to show."""

    NOTE = "note", _("Words")
    PART_REQUEST = "part_request", _("An open part request of the ticket")
    FILE = "file", _("A file")
