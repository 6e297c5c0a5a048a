"""What the journal says of diagnostic tools that are opened to partners (R020)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.tool_grant import ToolFunction, UseResult
from portal.journal.verbs import register

ASKED = register(
    "tool_grant_asked",
    _("Diagnostic tool asked for"),
    _("%(actor)s asked for %(tool)s (%(functions)s): %(reason)s"),
    icon="hand-stop",
    colour="orange",
)
GRANTED = register(
    "tool_grant_granted",
    _("Diagnostic tool granted"),
    _("%(actor)s opened %(tool)s to %(partner)s from %(valid_from)s to %(valid_until)s: %(functions)s. %(conditions)s"),
    icon="key",
    colour="green",
)
REFUSED = register(
    "tool_grant_refused",
    _("Diagnostic tool refused"),
    _("%(actor)s refused %(tool)s: %(reason)s"),
    icon="ban",
    colour="red",
)
WITHDRAWN = register(
    "tool_grant_withdrawn",
    _("Grant withdrawn"),
    _("%(actor)s withdrew %(tool)s: %(reason)s"),
    icon="key-off",
    colour="red",
)
USED = register(
    "tool_used",
    _("Diagnostic tool used"),
    _("%(actor)s opened %(tool)s for %(ticket)s, serial number %(serial)s: %(function)s. %(purpose)s"),
    icon="stethoscope",
    colour="azure",
    words={"function": ToolFunction},
)
RESULT_TOLD = register(
    "tool_result_told",
    _("Result of the diagnostic tool"),
    _("%(actor)s on %(tool)s for %(ticket)s: %(result)s. %(note)s"),
    icon="report-search",
    colour="teal",
    words={"result": UseResult},
)
