"""Whether a ticket waits for parts (spec/workflow.md, how clocks must behave, rule 5)."""

from tickets.models import PartRequest, Ticket


def open_part_request(ticket: Ticket) -> bool:
    """Whether a part request of the ticket is open: only then work may be suspended for parts."""
    return PartRequest.objects.filter(ticket=ticket).open().exists()
