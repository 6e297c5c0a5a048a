"""C06: every state × transition × role through the corridor; only the edges of spec/workflow.md succeed.

The table below is written from the specification, not from the code.
"""

from dataclasses import replace

import pytest
from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.errors import Conflict, Refused
from portal.workflow.corridor import perform
from tests.tickets.stages import Stage
from tickets.choices import Category, TicketState
from tickets.models import Ticket
from tickets.rules.transition import MOVES

pytestmark = pytest.mark.django_db

DESK = "service_desk brand_manager"
LEADERS = "dispatcher partner_manager"
OUTLET = f"{LEADERS} technician"
WORK = "accepted diagnosed in_progress suspended pending_confirmation reassessing"
REGISTERED_ON = f"registered dispatched {WORK} resolved"
OPEN = f"received {REGISTERED_ON}"
BEFORE_START = "received registered dispatched accepted diagnosed"
#: transition: (from states, to state or None, roles, owner only among partner staff)
TABLE = {
    "register": ("received", "registered", f"{DESK} system", False),
    "amend_intake": (REGISTERED_ON, None, DESK, False),
    "reclassify": (f"registered dispatched {WORK}", None, DESK, False),
    "dispatch": ("registered", "dispatched", f"{DESK} system", False),
    "decline": ("dispatched", "registered", LEADERS, False),
    "accept": ("dispatched", "accepted", OUTLET, False),
    "diagnose": ("accepted reassessing", "diagnosed", OUTLET, True),
    "start": ("diagnosed", "in_progress", OUTLET, True),
    "progress": (WORK, None, OUTLET, True),
    "contact": (OPEN, None, f"{DESK} {OUTLET}", False),
    "arrive": ("diagnosed in_progress", None, OUTLET, True),
    "suspend": ("in_progress", "suspended", OUTLET, True),
    "resume": ("suspended", "in_progress", OUTLET, True),
    "escalate": (WORK, None, OUTLET, False),
    "transfer": (f"dispatched {WORK}", "dispatched", f"{LEADERS} {DESK} system", False),
    "complete": ("in_progress", "pending_confirmation", OUTLET, True),
    "answer": ("registered accepted", "pending_confirmation", f"{DESK} {OUTLET}", False),
    "confirm": ("pending_confirmation", "resolved", f"customer {DESK}", False),
    "reject": ("pending_confirmation", "reassessing", "customer", False),
    "reopen": ("resolved", "reassessing", f"customer {DESK}", False),
    "add_information": (OPEN, None, f"customer {DESK}", False),
    "rate": ("resolved closed", None, "customer", False),
    "follow_up": ("resolved", None, DESK, False),
    "deliver": (f"{WORK} resolved", None, f"{DESK} {OUTLET}", True),
    "call_back": ("resolved closed", None, DESK, False),
    "close": ("resolved", "closed", f"{DESK} system", False),
    "cancel": (OPEN, "cancelled", f"{DESK} customer", False),
}
ROLES = [role.value for role in Role]


def test_the_table_and_the_machine_know_the_same_edges():
    assert set(TABLE) == set(MOVES)
    for name, move in MOVES.items():
        assert {str(state) for state in move.sources} == set(TABLE[name][0].split()), name


def test_every_transition_ends_where_the_table_says():
    for name, move in MOVES.items():
        assert (move.target and str(move.target)) == TABLE[name][1], name


@pytest.fixture
def stage():
    return Stage()


@pytest.mark.parametrize("state", TicketState.values)
@pytest.mark.parametrize("category", [Category.FAULT, Category.CONSULTATION])
def test_c06_only_declared_edges_succeed(stage, state, category):
    stage.category = category
    ticket = stage.ticket_in(state)
    if state != TicketState.RECEIVED:
        assert ticket.category in (category, "")
    for name in TABLE:
        for role in ROLES:
            for actor, owner in _actors(stage, ticket, role):
                expected = _expected(name, state, role, owner, ticket)
                assert _outcome(actor, ticket, name) == expected, (name, state, role, owner)
    assert Ticket.objects.get(pk=ticket.pk).state == state


def _actors(stage, ticket, role):
    """The actor of a role who belongs to the ticket; of the partner's people the owner and a colleague."""
    if role == Role.CUSTOMER:
        yield stage.customer_of(ticket), False
    elif role == Role.SYSTEM:
        yield Actor.system(), False
    elif role in (Role.TECHNICIAN, Role.DISPATCHER, Role.PARTNER_MANAGER):
        yield replace(stage.technician, role=Role(role)), True
        yield replace(stage.dispatcher, role=Role(role)), False
    else:
        yield replace(stage.desk, role=Role(role)), False


def _expected(name, state, role, owner, ticket):
    sources, _target, who, owner_only = TABLE[name]
    partner_staff = role in OUTLET.split()
    with_partner = ticket.partner_id is not None
    is_owner = owner and ticket.owner_id is not None
    if partner_staff and not with_partner:
        return "refused"
    if role not in who.split() or (owner_only and partner_staff and not is_owner):
        return "refused"
    if state not in sources.split():
        return "conflict"
    if name == "answer":
        if ticket.category != Category.CONSULTATION:
            return "conflict"
        if role == Role.TECHNICIAN and not is_owner:
            return "refused"
    if name == "escalate" and role == Role.TECHNICIAN and not is_owner:
        return "refused"
    if name == "cancel" and role == Role.CUSTOMER and state not in BEFORE_START.split():
        return "conflict"
    return "done"


def _outcome(actor, ticket, name):
    reached = []
    try:
        with transaction.atomic():
            perform(actor, ticket, name, lambda step: reached.append(step.row.pk))
            transaction.set_rollback(True)
    except Refused:
        return "refused"
    except Conflict:
        return "conflict"
    return "done" if reached else "nothing"


def test_a_stranger_is_refused_whatever_the_state(stage):
    for state in TicketState.values:
        ticket = stage.ticket_in(state)
        for name in TABLE:
            assert _outcome(stage.stranger, ticket, name) == "refused", (name, state)
            other = Actor.customer(ticket.pk + 1000, "x")
            assert _outcome(other, ticket, name) == "refused", (name, state)
