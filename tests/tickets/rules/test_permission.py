"""Who may make which step of which ticket: the order of refusals and the special cases (R022, R205)."""

from dataclasses import replace

import pytest
from django.utils import translation

from portal.accounts.actor import NOBODY, Actor
from portal.accounts.roles import Role
from tickets.rules.permission import Standing, handles, may

OURS = Standing(
    ticket_id=1, state="in_progress", category="fault", region="上海市", organisation_id=10, owner_user_id=5
)
OWNER = Actor(role=Role.TECHNICIAN, user_id=5, organisation_id=10)
COLLEAGUE = replace(OWNER, user_id=6)
DISPATCHER = replace(OWNER, role=Role.DISPATCHER, user_id=7)
DESK = Actor(role=Role.SERVICE_DESK, user_id=1)
CUSTOMER = Actor.customer(1, "Zhao")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("actor", "name", "reason"),
    [
        (NOBODY, "contact", "Sign in"),
        (replace(OWNER, organisation_id=11), "progress", "another partner"),
        (Actor.customer(2, "Qian"), "cancel", "another ticket"),
        (replace(DESK, regions=("江苏省",)), "contact", "outside your regions"),
        (replace(DESK, role=Role.MARKETING), "contact", "Your role"),
        (COLLEAGUE, "progress", "responsible person"),
        (DISPATCHER, "complete", "responsible person"),
        (OWNER, "start", "present state"),
        (COLLEAGUE, "escalate", "responsible person"),
    ],
)
def test_the_first_refusal_is_the_one_that_tells_least(actor, name, reason):
    assert reason in may(actor, name, OURS).reason


def test_only_the_last_refusal_is_a_matter_of_state():
    assert may(OWNER, "start", OURS).wrong_state
    assert not may(COLLEAGUE, "start", OURS).wrong_state


@pytest.mark.parametrize(
    ("actor", "name"),
    [(OWNER, "progress"), (OWNER, "complete"), (COLLEAGUE, "contact"), (DISPATCHER, "transfer"), (DESK, "reclassify")],
)
def test_who_may(actor, name):
    assert may(actor, name, OURS)


def test_a_ticket_without_partner_belongs_to_no_partner():
    assert not may(DISPATCHER, "accept", replace(OURS, state="dispatched", organisation_id=None))


def test_a_region_of_the_membership_opens_its_tickets():
    assert may(replace(DESK, regions=("江苏省", "上海市")), "contact", OURS)


@pytest.mark.parametrize(
    ("actor", "state", "category", "may_answer"),
    [
        (DESK, "registered", "consultation", True),
        (DESK, "registered", "fault", False),
        (DISPATCHER, "registered", "consultation", False),
        (DISPATCHER, "accepted", "consultation", True),
        (OWNER, "accepted", "consultation", True),
        (COLLEAGUE, "accepted", "consultation", False),
    ],
)
def test_r201_only_consultations_are_answered_and_only_by_who_has_taken_them(actor, state, category, may_answer):
    assert bool(may(actor, "answer", replace(OURS, state=state, category=category))) is may_answer


@pytest.mark.parametrize(("state", "withdrawn"), [("received", True), ("diagnosed", True), ("in_progress", False)])
def test_a_customer_withdraws_before_work_begins(state, withdrawn):
    assert bool(may(CUSTOMER, "cancel", replace(OURS, state=state))) is withdrawn
    assert may(DESK, "cancel", replace(OURS, state=state))


@pytest.mark.parametrize("state", ["dispatched", "accepted", "diagnosed"])
def test_a_customer_does_not_withdraw_work_that_was_begun_and_came_back(state):
    assert "Work has begun" in may(CUSTOMER, "cancel", replace(OURS, state=state, begun=True)).reason


@pytest.mark.parametrize("name", ["progress", "complete", "contact", "suspend"])
def test_nobody_handles_a_complaint_against_himself(name):
    complaint = replace(OURS, category="complaint", accused_user_id=OWNER.user_id)
    assert "against himself" in may(OWNER, name, complaint).reason
    assert "against himself" not in may(OWNER, name, replace(complaint, category="fault")).reason
    assert may(DESK, "contact", complaint)


def test_the_system_dispatches_and_closes_and_does_nothing_else():
    system = Actor.system()
    assert may(system, "dispatch", replace(OURS, state="registered"))
    assert may(system, "close", replace(OURS, state="resolved"))
    assert not may(system, "cancel", OURS)


@pytest.mark.parametrize(
    ("role", "unmasked"),
    [
        (Role.SERVICE_DESK, True), (Role.DISPATCHER, True), (Role.CUSTOMER, True), (Role.SYSTEM, True),
        (Role.MARKETING, False), (Role.AUDITOR, False), (Role.LEGAL, False), (None, False),
    ],
)  # fmt: skip
def test_only_who_works_on_tickets_sees_telephone_numbers(role, unmasked):
    assert handles(Actor(role=role), None) is unmasked


def test_a_technician_handles_only_what_is_his():
    technician = Actor(role=Role.TECHNICIAN, user_id=7)
    assert handles(technician, 7)
    assert not handles(technician, 8)
    assert not handles(technician, None)
