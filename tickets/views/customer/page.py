"""What the customer's pages show of a ticket."""

from typing import Any

from tickets.choices import Category, TicketStep
from tickets.models import Ticket


def steps_of(ticket: Ticket) -> dict[str, Any]:
    """The four steps for components/steps.html and which of them is now; a closed ticket has all behind it.

    Also the choices that the badges are drawn from.
    """
    labels = [step.label for step in TicketStep]
    step = ticket.step
    current = -1 if step is None else list(TicketStep).index(step)
    return {"Category": Category, "step_labels": labels, "step_now": len(labels) if ticket.closed_at else current}
