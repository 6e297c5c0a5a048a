"""The clocks of a ticket for machines (rule 12): who sees the ticket sees why it falls due when it does."""

import pytest
from django.urls import reverse

from portal.accounts.roles import Role
from tests import factories as make
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import browser
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.ACCEPTED)


def url(ticket) -> str:
    return reverse("ticket_clocks", args=[ticket.number])


def test_rule_12_every_due_time_says_why(stage, ticket):
    answer = browser(stage.ann.user).get(url(ticket))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    said = answer.json()
    kinds = {clock["kind"] for clock in said["clocks"] if clock["leading"]}
    assert {"response", "resolution", "acceptance", "registration"} <= kinds
    for kind in kinds:
        steps = [step["step"] for step in said["steps"] if step["kind"] == kind]
        assert steps[0] == "started"
        assert "due" in steps
    met = next(clock for clock in said["clocks"] if clock["kind"] == "acceptance" and clock["leading"])
    assert (met["state"], met["clause"]) == ("met", "R204")


def test_a01_a_strangers_ticket_is_not_there(client, stage, ticket):
    assert browser(make.member(Role.PARTNER_MANAGER)).get(url(ticket)).status_code == 404
    assert client.get(url(ticket)).status_code == 302


def test_b13_it_only_reads(stage, ticket):
    assert browser(stage.ann.user).post(url(ticket)).status_code == 405
