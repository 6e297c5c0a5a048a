"""The end of a ticket: closed and archived, or cancelled (R172, R218)."""

from django.utils.translation import gettext as _

from portal.journal.log import subject_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.links.tokens import revoke
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions.base import chosen, ticket_action
from tickets.choices import CancelReason, TicketState
from tickets.models import SatisfactionFeedback, Ticket
from tickets.rules.feedback import LOW, may_close, retention


@ticket_action("close")
def close(step: Step) -> None:
    """Archive the ticket; its records are kept at least five years and cannot be changed (R218)."""
    ticket: Ticket = step.row
    feedback = SatisfactionFeedback.objects.filter(ticket=ticket).first()
    follow_ups = ticket.followup_set.all()
    step.require(
        may_close(
            rated=ticket.rated_at is not None,
            attempts=len(follow_ups),
            low=feedback is not None and feedback.lowest < LOW,
            called_back=any(row.low_score for row in follow_ups),
        )
    )
    keep_until = retention(clock.local(step.at).date())
    ticket.close(step.at, keep_until)
    step.facts |= {"retention_until": keep_until}
    notices.tell_customer(ticket, "ticket.closed")


@ticket_action("cancel")
def cancel(step: Step, reason: str, note: str = "", duplicate_of: Ticket | None = None) -> None:
    """Withdraw the ticket; a duplicate names the other one. Its clocks become void."""
    ticket: Ticket = step.row
    chosen(CancelReason, reason, "reason")
    if step.actor.is_customer and reason != CancelReason.WITHDRAWN:
        raise InvalidInput(_("You can only withdraw your request."), field="reason")
    if reason == CancelReason.DUPLICATE and (duplicate_of is None or duplicate_of.pk == ticket.pk):
        raise InvalidInput(_("Name the other ticket that this one repeats."), field="duplicate_of")
    if duplicate_of is not None and duplicate_of.state == TicketState.CANCELLED:
        raise InvalidInput(_("That ticket is cancelled itself: name the one that goes on."), field="duplicate_of")
    ticket.cancel(step.at, reason, duplicate_of)
    step.facts |= facts_of({"reason": reason, "note": note, "duplicate_of": duplicate_of and duplicate_of.number})
    revoke(subject_of(ticket), "rate")
    notices.tell_customer(ticket, "ticket.cancelled")
    if ticket.owner is not None:
        notices.tell_owner(ticket, "ticket.cancelled")
    elif ticket.partner is not None:  # nobody has taken it yet: all who might
        notices.tell_partner(ticket, "ticket.cancelled")
