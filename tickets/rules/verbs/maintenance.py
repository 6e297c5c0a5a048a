"""What the service log says of periodic inspections."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register
from tickets.choices.maintenance import VisitResult

OPENED = register(
    "visit_opened",
    _("Inspection due"),
    _("The inspection of plan %(plan)s due on %(due_on)s became ticket %(ticket)s"),
    icon="calendar-event",
    colour="blue",
)
INSPECTED = register(
    "visit_inspected",
    _("Inspected"),
    _("%(actor)s inspected (plan %(plan)s, ticket %(ticket)s): %(result)s. %(findings)s"),
    icon="clipboard-check",
    colour="green",
    words={"result": VisitResult},
)
CALLED_OFF = register(
    "visit_called_off",
    _("Inspection called off"),
    _("%(actor)s called off the inspection due on %(due_on)s: %(reason)s"),
    icon="calendar-off",
    colour="orange",
)
PLANNED = register(
    "plan_written",
    _("Plan written"),
    _("%(actor)s planned inspections every %(months)s months from %(first_day)s on"),
    icon="calendar-plus",
)
