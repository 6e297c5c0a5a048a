"""What the service log says of requests for parts (R090, R180)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

register(
    "part_requested",
    _("Part requested"),
    _("%(actor)s requested %(part)s × %(quantity)s for %(outlet)s (%(number)s). %(note)s"),
    icon="package",
    colour="azure",
)
register(
    "part_promised",
    _("Part promised"),
    _("%(actor)s promised %(part)s × %(quantity)s for %(until)s (%(number)s). %(note)s"),
    icon="calendar-event",
    colour="indigo",
)
register(
    "part_shipped",
    _("Part sent"),
    _("%(actor)s sent %(part)s × %(quantity)s on its way to %(outlet)s (%(number)s)."),
    icon="truck",
    colour="yellow",
)
register(
    "part_supplied",
    _("Part supplied"),
    _("%(actor)s received %(part)s × %(quantity)s (%(number)s)."),
    icon="package",
    colour="green",
)
register(
    "part_request_cancelled",
    _("Part request withdrawn"),
    _("%(actor)s withdrew the request for %(part)s × %(quantity)s (%(number)s): %(reason)s"),
    icon="ban",
    colour="secondary",
)
