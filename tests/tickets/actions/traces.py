"""Everything that a step may write, in one value: equal before and after means that nothing happened."""

from portal.files.models import Attachment
from portal.journal.log import entries_for
from portal.links.models import SignedLink
from portal.notify.models import Notice
from tickets.models import (
    CompletionConfirmation,
    FollowUp,
    IntakeRecord,
    PartUsage,
    SatisfactionFeedback,
    SlaClock,
    Ticket,
    TicketFact,
)

_COUNTED = (
    Attachment, CompletionConfirmation, FollowUp, IntakeRecord, Notice, PartUsage, SatisfactionFeedback, SignedLink,
    Ticket,
)  # fmt: skip


def traces(ticket):
    """Row, clocks, facts, journal, history, and how many of everything else there are."""
    return (
        Ticket.objects.filter(pk=ticket.pk).values().get(),
        list(SlaClock.objects.filter(ticket=ticket).order_by("pk").values()),
        TicketFact.objects.filter(ticket=ticket).values().get(),
        [entry.digest for entry in entries_for(ticket)],
        ticket.history.count(),
        [model.objects.count() for model in _COUNTED],
    )
