"""Words of service tools and test equipment, with label and colour (R179)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class ToolKind(ColouredChoices):
    """A tool works, test equipment measures and is calibrated (R179)."""

    SERVICE = "service", "blue", _("Service tool")
    TEST = "test", "indigo", _("Test equipment")


class ToolState(ColouredChoices):
    """Where a tool stands in its life; whether it may measure is another question."""

    IN_USE = "in_use", "green", pgettext_lazy("tool", "In use")
    CALIBRATING = "calibrating", "azure", _("Away for calibration")
    OUT_OF_ORDER = "out_of_order", "orange", _("Out of order")
    RETIRED = "retired", "secondary", pgettext_lazy("tool", "Retired")


class CheckResult(ColouredChoices):
    """What a calibration found."""

    PASSED = "passed", "green", pgettext_lazy("calibration", "Passed")
    FAILED = "failed", "red", pgettext_lazy("calibration", "Failed")


class CalibrationState(ColouredChoices):
    """How a tool stands to its calibration today; computed, never typed."""

    NOT_NEEDED = "not_needed", "secondary", _("No calibration needed")
    VALID = "valid", "green", pgettext_lazy("calibration", "Calibrated")
    SOON = "soon", "yellow", _("Calibration due soon")
    OVERDUE = "overdue", "red", _("Calibration overdue")
    FAILED = "failed", "red", _("Calibration failed")
    NEVER = "never", "orange", _("Never calibrated")


class NeedState(ColouredChoices):
    """How an outlet stands to one type of tool that is asked of it; computed."""

    MISSING = "missing", "orange", pgettext_lazy("tool", "Missing")
    LATE = "late", "red", _("Not calibrated")
    THERE = "there", "green", pgettext_lazy("tool", "Complete")


#: With these a tool may be used and named on a ticket.
MEASURES = frozenset({CalibrationState.NOT_NEEDED, CalibrationState.VALID, CalibrationState.SOON})
