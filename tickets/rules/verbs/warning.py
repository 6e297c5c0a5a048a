"""What the service log says when a limit is missed."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register
from tickets.choices import ClockKind

BREACHED = register(
    "clock_breached",
    _("Limit missed"),
    _("The limit “%(clock)s” of %(due)s was missed; told: %(told)s"),
    icon="alarm",
    colour="red",
    words={"clock": ClockKind},
)
