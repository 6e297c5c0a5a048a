"""How each step is drawn and called on the partner's pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ICONS = {
    "accept": "user-check",
    "decline": "arrow-back-up",
    "contact": "phone",
    "diagnose": "stethoscope",
    "start": "player-play",
    "arrive": "map-pin",
    "progress": "progress",
    "suspend": "player-pause",
    "resume": "player-play",
    "complete": "checkup-list",
    "answer": "message",
    "deliver": "truck-delivery",
    "escalate": "arrow-big-up",
    "transfer": "arrows-exchange",
}
#: What the button under the form says.
SUBMIT: dict[str, Any] = {
    "accept": _("Accept the ticket"),
    "decline": _("Decline the ticket"),
    "contact": _("Save the contact"),
    "diagnose": _("Save the diagnosis"),
    "start": _("Tell the customer and start"),
    "arrive": _("I have arrived"),
    "progress": _("Save and tell the customer"),
    "suspend": _("Suspend the work"),
    "resume": _("Resume the work"),
    "complete": _("Send to the customer to sign"),
    "answer": _("Send the answer"),
    "deliver": _("Save the delivery"),
    "escalate": _("Escalate the ticket"),
    "transfer": _("Transfer the ticket"),
}
#: What a step means, under its heading.
LEADS: dict[str, Any] = {
    "accept": _("The customer is told who is responsible."),
    "decline": _("The ticket goes back to the service desk; declined tickets are counted."),
    "contact": _("A call or message to the customer; it stops the response clock."),
    "diagnose": _("The preliminary analysis report; the customer is told the finding."),
    "start": _("Solution, duration and, on site, the appointment are told to the customer."),
    "arrive": _("The present time is taken as the time of arrival, and the customer is told."),
    "progress": _("Record 2: one entry a day at least; the customer is told."),
    "suspend": _("The customer is told that work waits, and until when."),
    "resume": _("Work goes on, and the customer is told."),
    "complete": _("Record 3: the customer gets a link to confirm and sign."),
    "answer": _("The answer to a consultation, without visit or parts."),
    "deliver": _("When the product was handed over; the first follow-up is owed within seven days."),
    "escalate": _("The next level of support takes over; the customer is told."),
    "transfer": _("Another outlet takes over; it has one hour to accept."),
}
