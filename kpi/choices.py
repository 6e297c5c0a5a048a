"""Words of figures and reports, with label and colour."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class Direction(models.TextChoices):
    """Which side of the target is the good one."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class Outcome(ColouredChoices):
    """How a figure stands against its target; too few cases neither pass nor fail."""

    MET = "met", "green", _("On target")
    MISSED = "missed", "red", _("Off target")
    TOO_FEW = "too_few", "yellow", _("Insufficient sample")
    NO_DATA = "no_data", "secondary", _("No data")
    NO_TARGET = "no_target", "azure", _("No target")


class Grouping(models.TextChoices):
    """By what a report or an answer is divided."""

    CATEGORY = "category", _("Problem type")
    STATE = "state", _("State")
    CHANNEL = "channel", _("Channel")
    REGION = "region", _("Region")
    OUTLET = "outlet", _("Outlet")
    PARTNER = "partner", _("Partner")
    PRODUCT_LINE = "product_line", _("Product line")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
