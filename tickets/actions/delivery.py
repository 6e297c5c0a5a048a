"""A product handed over to the customer: the first follow-up is owed within days (R128)."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets.actions.base import ticket_action


@ticket_action("deliver")
def deliver(step: Step, delivered_at: datetime, note: str = "") -> None:
    """Log that the repaired or new product was handed over; starts the clock of the follow-up from then (R128)."""
    if delivered_at > step.at:
        raise InvalidInput(_("The delivery lies in the future: log it when it has happened."), field="delivered_at")
    if delivered_at < step.row.received_at:
        raise InvalidInput(_("The delivery lies before the request was received."), field="delivered_at")
    step.row.deliver()
    step.facts |= facts_of({"delivered_at": delivered_at, "note": note.strip()})
