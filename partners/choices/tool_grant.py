"""Words of diagnostic tools that the brand opens to partners, with label and colour (R020)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class RiskClass(ColouredChoices):
    """How much harm a diagnostic tool can do in wrong hands."""

    LOW = "low", "green", pgettext_lazy("risk", "Low: reads only")
    MEDIUM = "medium", "yellow", pgettext_lazy("risk", "Medium: changes settings")
    HIGH = "high", "red", pgettext_lazy("risk", "High: changes software or safety")


class ToolFunction(ColouredChoices):
    """What can be done with a diagnostic tool; a grant names which of it (R020)."""

    READ_CODES = "read_codes", "blue", _("Read fault codes")
    LIVE_DATA = "live_data", "azure", _("Read live data")
    CLEAR_CODES = "clear_codes", "teal", _("Clear fault codes")
    ACTUATE = "actuate", "purple", _("Actuator test")
    PARAMETERS = "parameters", "orange", _("Change parameters")
    FIRMWARE = "firmware", "red", _("Update firmware")


class GrantState(ColouredChoices):
    """What was decided of a grant; whether its days have come is another question."""

    ASKED = "asked", "orange", _("Waits for a decision")
    GRANTED = "granted", "green", pgettext_lazy("tool grant", "Granted")
    REFUSED = "refused", "red", pgettext_lazy("tool grant", "Refused")
    WITHDRAWN = "withdrawn", "red", pgettext_lazy("tool grant", "Withdrawn")


class GrantStanding(ColouredChoices):
    """How a grant stands today; computed."""

    ASKED = "asked", "orange", _("Waits for a decision")
    FUTURE = "future", "azure", _("Valid later")
    VALID = "valid", "green", pgettext_lazy("tool grant", "Valid")
    EXPIRING = "expiring", "yellow", pgettext_lazy("tool grant", "Expires soon")
    EXPIRED = "expired", "secondary", pgettext_lazy("tool grant", "Expired")
    REFUSED = "refused", "red", pgettext_lazy("tool grant", "Refused")
    WITHDRAWN = "withdrawn", "red", pgettext_lazy("tool grant", "Withdrawn")


class UseResult(ColouredChoices):
    """What came of it when the tool was used."""

    FOUND = "found", "green", _("Cause found")
    DONE = "done", "teal", _("Done as planned")
    NOTHING = "nothing", "secondary", pgettext_lazy("tool use", "Nothing found")
    FAILED = "failed", "red", _("Did not work")
