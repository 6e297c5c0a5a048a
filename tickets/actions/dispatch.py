"""Dispatch to a partner's outlet, and what the partner makes of it (R203–R205, R210, R211)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from partners.models import Outlet, Staff
from partners.queries.outlet import outlets_serving
from partners.queries.qualification import lacks_for_work, lacks_of_outlet, ready_counts
from partners.rules.standing import may_get
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.workflow.corridor import Step, facts_of
from tickets import notices
from tickets.actions.base import chosen, label_of, required, ticket_action
from tickets.choices import Category, Department
from tickets.models import Ticket
from tickets.queries.load import open_tickets_of
from tickets.rules.dispatching import Candidate, may_own, may_take

ACCEPT_WITHIN = timedelta(hours=1)


@ticket_action("dispatch")
def dispatch(step: Step, outlet: Outlet, department: str, note: str = "") -> None:
    """Give the ticket to an outlet that serves it and has room; starts the one-hour acceptance clock (R204)."""
    ticket: Ticket = step.row
    chosen(Department, department, "department")
    _require_room(step, outlet)
    ticket.dispatch(outlet, department, step.at)
    step.facts |= facts_of(
        {
            "outlet": outlet.name,
            "outlet_code": outlet.code,
            "partner": outlet.partner.code,
            "department": department,
            "note": note,
        }
    )
    notices.tell_partner(ticket, "ticket.dispatched", due=step.at + ACCEPT_WITHIN)


@ticket_action("decline")
def decline(step: Step, reason: str) -> None:
    """The partner gives it back to the desk with a reason; counted."""
    if not reason.strip():
        raise InvalidInput(_("Say why you decline."), field="reason")
    ticket: Ticket = step.row
    step.facts |= {"reason": reason, "outlet": str(ticket.outlet), "partner": ticket.partner.code}
    ticket.decline()
    notices.tell_desk(ticket, "ticket.declined", reason=reason)


@ticket_action("accept")
def accept(step: Step, owner: Staff) -> None:
    """Take the ticket and name the responsible person, who is told to the customer (R205)."""
    ticket: Ticket = step.row
    step.require(may_own(_candidate(ticket, owner), ticket.outlet_id))
    if step.actor.role == Role.TECHNICIAN and owner.user_id != step.actor.user_id:
        raise Refused(_("A technician takes a ticket only for himself."))
    ticket.accept(owner, step.at)
    step.facts |= {"owner": owner.name, "owner_number": owner.number, "outlet": ticket.outlet.name}
    notices.tell_customer(ticket, "ticket.accepted", link="track")
    notices.tell_owner(ticket, "ticket.assigned", but=step.actor)


@ticket_action("transfer")
def transfer(step: Step, outlet: Outlet, reason: str) -> None:
    """Hand over to another outlet; the first receiver stays accountable (R137). A partner only among his own."""
    required({"reason": reason}, "reason")
    if step.actor.is_partner and outlet.partner.organisation_id != step.actor.organisation_id:
        raise InvalidInput(_("You can transfer only to your own outlets; ask the service desk."), field="outlet")
    _require_room(step, outlet)
    _give_on(step, outlet, reason)


@ticket_action("transfer")
def hand_over(step: Step, outlet: Outlet, reason: str) -> None:
    """Give to the successor of a partner that leaves, which takes what comes: its capacity is not asked (R137)."""
    required({"reason": reason}, "reason")
    step.require(may_get(outlet.partner.standing, outlet.partner.name))
    _give_on(step, outlet, reason)


def _give_on(step: Step, outlet: Outlet, reason: str) -> None:
    ticket: Ticket = step.row
    step.facts |= {
        "outlet": outlet.name,
        "outlet_code": outlet.code,
        "from_outlet": label_of(ticket.outlet),
        "reason": reason,
    }
    ticket.transfer(outlet, step.at)
    notices.tell_partner(ticket, "ticket.dispatched", due=step.at + ACCEPT_WITHIN)


@ticket_action("escalate")
def escalate(step: Step, level: int, senior: str, cause: str) -> None:
    """To the next level of support with a named senior lead; the customer is told (R210, R211)."""
    required({"senior": senior, "cause": cause}, "senior", "cause")
    ticket: Ticket = step.row
    if level <= ticket.support_level:
        raise InvalidInput(_("Choose a level above the present one (%d).") % ticket.support_level, field="level")
    ticket.escalate(level)
    step.facts |= {"level": level, "senior": senior, "cause": cause}
    notices.tell_customer(ticket, "ticket.escalated", senior=senior)
    notices.tell_desk(ticket, "ticket.escalated_desk", cause=cause)


def _require_room(step: Step, outlet: Outlet) -> None:
    ticket: Ticket = step.row
    today = clock.local(step.at).date()
    serving = outlets_serving(ticket.region, ticket.product_line_id, ticket.tier, today)
    ready = ready_counts([outlet.pk], ticket.product_line, today).get(outlet.pk, 0)
    lacks = [] if ready else lacks_of_outlet(outlet.pk, ticket.product_line, today)
    step.require(may_get(outlet.partner.standing, outlet.partner.name))
    step.require(may_take(outlet in serving, open_tickets_of(outlet), outlet.capacity, ready, lacks))


def _candidate(ticket: Ticket, owner: Staff) -> Candidate:
    lacks = [item.lack() for item in lacks_for_work([owner], ticket.product_line, clock.today())[owner.pk]]
    accused = ticket.category == Category.COMPLAINT and ticket.complaint_about_id == owner.pk
    return Candidate(owner.outlet_id, owner.active, owner.on_duty, not lacks, accused, lacks)
