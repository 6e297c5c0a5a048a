"""What the journal says of service tools and their calibrations (R179)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.tool import CheckResult, ToolState
from portal.journal.verbs import register

ADDED = register(
    "tool_added",
    _("Tool registered"),
    _("%(actor)s registered %(number)s, %(type)s, at %(outlet)s"),
    icon="tool",
    colour="blue",
)
CHANGED = register(
    "tool_changed", _("Tool changed"), _("%(actor)s changed %(fields)s"), icon="pencil", colour="secondary"
)
STATE_SET = register(
    "tool_state_set",
    _("State of the tool"),
    _("%(actor)s: %(state)s. %(reason)s"),
    icon="status-change",
    colour="orange",
    words={"state": ToolState},
)
CALIBRATED = register(
    "tool_calibrated",
    _("Calibration recorded"),
    _("%(actor)s recorded certificate %(certificate)s of %(body)s, %(on)s: %(result)s. Due next on %(due_on)s"),
    icon="ruler-measure",
    colour="green",
    words={"result": CheckResult},
)
REJECTED = register(
    "calibration_rejected",
    _("Calibration rejected"),
    _("%(actor)s rejected certificate %(certificate)s: %(reason)s"),
    icon="ban",
    colour="red",
)
TYPE_KEPT = register(
    "tool_type_kept",
    _("Tool type"),
    _("%(actor)s: calibrated every %(months)s months, %(tools)s tools concerned"),
    icon="list-check",
    colour="indigo",
)
