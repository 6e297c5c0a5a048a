"""附件4 and the calls that follow (R220–R224)."""

import secrets
from dataclasses import replace

from django.utils.translation import gettext as _

from partners.models import Staff
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions.base import required, ticket_action, write
from tickets.models import FollowUp, SatisfactionFeedback, Ticket
from tickets.rules.feedback import is_customers, is_low


@ticket_action("rate")
def rate(
    step: Step,
    *,
    timeliness: int,
    competence: int,
    attitude: int,
    overall: int,
    suggestions: str = "",
    anonymous: bool = False,
) -> None:
    """One rating a ticket, bound to the customer's link (rule 11).

    An anonymous one is stored without ticket, name and day: the journal only says that a rating came (R028).
    """
    ticket: Ticket = step.row
    if ticket.rated_at is not None:
        raise Conflict(_("This ticket has been rated already. Thank you."))
    scores = {"timeliness": timeliness, "competence": competence, "attitude": attitude, "overall": overall}
    if not all(score in range(1, 6) for score in scores.values()):
        raise InvalidInput(_("Each score is 1, 2, 3, 4 or 5."))
    today = clock.local(step.at).date()
    ticket.rate(today)
    feedback = SatisfactionFeedback(
        ticket=None if anonymous else ticket,
        partner=ticket.partner,
        outlet=None if anonymous else ticket.outlet,
        anonymous=anonymous,
        suggestions=suggestions,
        rated_by="" if anonymous else ticket.contact_name,
        rated_on=today.replace(day=1) if anonymous else today,
        counted=_is_customers(ticket),
        **scores,
    )
    feedback._history_user = None
    if anonymous:
        feedback.pk = -1 - secrets.randbits(52)  # running numbers would stand in the order of the log's entries
        feedback.skip_history_when_saving = True  # a history row would carry the moment
        feedback.save()
        step.facts |= {"anonymous": True}
        step.actor = replace(step.actor, label="")  # the log keeps that a rating came, not from whom
        return
    feedback.save()
    low = is_low(scores.values())
    step.facts |= facts_of({**scores, "suggestions": suggestions, "low_score": low})
    if not feedback.counted:
        step.facts |= {"counted": False}
    if low:
        notices.tell_desk(ticket, "ticket.low_score", overall=overall)


def _is_customers(ticket: Ticket) -> bool:
    """A technician who writes his own number into the ticket rates himself: that never counts (rule 11)."""
    people = Staff.objects.filter(outlet__partner=ticket.partner_id) if ticket.partner_id else Staff.objects.none()
    return is_customers(ticket.contact_phone, people.values_list("phone", flat=True))


@ticket_action("follow_up")
def follow_up(step: Step, *, reached: bool, result: str) -> None:
    """Log an attempt to ask how it was (R172)."""
    required({"result": result}, "result")
    step.row.follow_up()
    write(step, FollowUp, reached=reached, result=result)
    step.facts |= facts_of({"reached": reached, "result": result})


@ticket_action("call_back")
def call_back(step: Step, *, cause: str, measures: str, result: str, reached: bool = True) -> None:
    """The call that a low score owes, with cause and improvement measures (R223, R224)."""
    for name, value in (("cause", cause), ("measures", measures), ("result", result)):
        if not value.strip():
            raise InvalidInput(_("A call-back needs cause, measures and result."), field=name)
    step.row.call_back()
    write(step, FollowUp, low_score=True, reached=reached, cause=cause, measures=measures, result=result)
    step.facts |= facts_of({"cause": cause, "measures": measures, "result": result, "reached": reached})
