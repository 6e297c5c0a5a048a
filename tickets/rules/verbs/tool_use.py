"""What the service log of a ticket says of diagnostic tools (R020)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.tool_grant import ToolFunction, UseResult
from portal.journal.verbs import register

register(
    "diagnostic_opened",
    _("Diagnostic tool used"),
    _("%(actor)s opened %(tool)s under grant %(grant)s: %(function)s. %(purpose)s"),
    icon="stethoscope",
    colour="azure",
    words={"function": ToolFunction},
)
register(
    "diagnostic_told",
    _("Result of the diagnostic tool"),
    _("%(actor)s on %(tool)s: %(result)s. %(note)s"),
    icon="report-search",
    colour="teal",
    words={"result": UseResult},
)
