"""Who may make which transition of which ticket (spec/workflow.md 'who', spec/roles.md)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.rules.standing import may_get, may_work
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices import Category, TicketState
from tickets.rules.transition import BEFORE_START, MOVES

#: Steps that the portal makes by itself: inspections that fall due, automatic dispatch and filing, hand-overs ordered.
_BY_SYSTEM = ("register", "dispatch", "close", "transfer")


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a ticket decides who may act on it."""

    ticket_id: int | None
    state: str
    category: str
    region: str
    organisation_id: int | None
    owner_user_id: int | None
    accused_user_id: int | None = None
    begun: bool = False
    partner_standing: str = ""
    partner_name: str = ""


def may(actor: Actor, name: str, ticket: Standing) -> Verdict:
    """Role, relation to the ticket, then state: the first refusal with its reason (R022, R205)."""
    move = MOVES[name]
    stranger = _stranger(actor, ticket)
    if stranger is not None:  # a refusal is falsy
        return stranger
    barred = _barred(actor, name, ticket)
    if not barred:
        return barred
    if actor.role not in move.who and not (actor.is_system and name in _BY_SYSTEM):
        return Denied(_("Your role does not make this step."))
    if actor.is_partner and move.owner_only and ticket.owner_user_id != actor.user_id:
        return Denied(_("Only the responsible person of this ticket makes this step."))
    if ticket.category == Category.COMPLAINT and ticket.accused_user_id and ticket.accused_user_id == actor.user_id:
        return Denied(_("Nobody may handle a complaint against himself."))
    if ticket.state not in move.sources:
        return Denied(_("This step is not possible in the present state."), wrong_state=True)
    return _special(actor, name, ticket)


def _stranger(actor: Actor, ticket: Standing) -> Denied | None:
    if actor.is_partner and (ticket.organisation_id is None or ticket.organisation_id != actor.organisation_id):
        return Denied(_("This ticket belongs to another partner."))
    if actor.is_customer and actor.ticket_id != ticket.ticket_id:
        return Denied(_("This link belongs to another ticket."))
    if actor.is_brand and actor.regions and ticket.region not in actor.regions:
        return Denied(_("This ticket is outside your regions."))
    if actor.role is None:
        return Denied(_("Sign in to do this."))
    return None


def _barred(actor: Actor, name: str, ticket: Standing) -> Verdict:
    """A partner whose cooperation ended makes no step; one that is suspended takes nothing new (R033)."""
    if not actor.is_partner or not ticket.partner_standing:
        return ALLOWED
    verdict = may_work(ticket.partner_standing)
    return may_get(ticket.partner_standing, ticket.partner_name) if verdict and name == "accept" else verdict


def _special(actor: Actor, name: str, ticket: Standing) -> Verdict:
    """The few rules that one transition has for itself."""
    if name == "answer" and ticket.category != Category.CONSULTATION:
        return Denied(_("Only consultations are answered without a visit."), wrong_state=True)
    if name == "answer" and actor.is_partner and ticket.state == TicketState.REGISTERED:
        return Denied(_("Accept the ticket before you answer it."), wrong_state=True)
    if name in ("answer", "escalate") and actor.role == Role.TECHNICIAN and ticket.owner_user_id != actor.user_id:
        return Denied(_("Only the responsible person of this ticket makes this step."))
    if name == "cancel" and actor.is_customer and (ticket.begun or ticket.state not in BEFORE_START):
        return Denied(_("Work has begun: please call the hotline to withdraw the request."), wrong_state=True)
    return ALLOWED


def handles(actor: Actor, owner_user_id: int | None) -> bool:
    """Whether the actor works on the ticket, so that telephone and address are shown to him unmasked (R160).

    A technician handles what is his; what he may only take is masked.
    """
    if actor.role == Role.TECHNICIAN:
        return owner_user_id is not None and owner_user_id == actor.user_id
    return actor.is_desk or actor.is_partner or actor.is_customer or actor.is_system
