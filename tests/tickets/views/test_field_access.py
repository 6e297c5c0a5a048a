"""Who reaches the partner's pages: strangers meet 404 everywhere, others learn why not (A01, B13)."""

import pytest

from portal.accounts.roles import Role
from portal.journal.models import JournalEntry
from tests import factories as make
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import answers, browser, filled, url
from tickets.choices import TicketState
from tickets.models import Ticket
from tickets.views.field.steps import FIELD_STEPS

pytestmark = pytest.mark.django_db
PAGES = ["/field/", "/field/search/", "/field/notices/", "/field/me/"]


@pytest.fixture
def stage():
    return Stage()


def test_an_anonymous_visitor_is_asked_to_sign_in(client):
    for page in [*PAGES, "/field/FW1/", "/field/FW1/accept/"]:
        assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.BRAND_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_staff_read_why_not(role):
    person = browser(make.member(role))
    for page in [*PAGES, "/field/FW1/", "/field/FW1/accept/"]:
        assert person.get(page).status_code == 403, page


@pytest.mark.parametrize("name", FIELD_STEPS)
def test_a01_a_stranger_meets_404_on_every_step(stage, name):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    entries = JournalEntry.objects.count()
    for stranger in (stage.other.technicians[0].user, stage.other.dispatcher, stage.other.manager):
        person = browser(stranger)
        assert person.get(url(ticket, name)).status_code == 404
        assert person.post(url(ticket, name), filled(stage, ticket, name)).status_code == 404
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version
    assert JournalEntry.objects.count() == entries


def test_a01_a_stranger_meets_404_on_the_ticket_and_the_refusal_is_logged(stage, caplog):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    bob = stage.other.technicians[0].user
    answer = browser(bob).get(url(ticket))
    assert answer.status_code == 404
    assert ticket.title not in answer.content.decode()
    refusals = [record for record in caplog.records if record.name == "portal.refusals"]
    assert len(refusals) == 1
    assert ticket.number in refusals[0].getMessage()
    assert f"user {bob.pk} " in refusals[0].getMessage()


def test_a01_absent_and_foreign_tickets_look_alike(stage):
    ticket, person = stage.ticket_in(TicketState.ACCEPTED), browser(stage.other.dispatcher)
    foreign, absent = person.get(url(ticket)), person.get("/field/FW-" + "0" * (len(ticket.number) - 3) + "/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert len(foreign.content) == len(absent.content)


def test_a_number_that_no_database_can_hold_is_absent_too(stage):
    person = browser(stage.ann.user)
    assert person.get("/field/FW%00/").status_code == 404
    assert person.post("/field/FW%00/accept/", {"key": "x"}).status_code == 404


def test_a_colleague_does_not_see_what_another_technician_handles(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    assert browser(stage.side.technicians[1].user).get(url(ticket)).status_code == 404
    assert browser(stage.side.dispatcher).get(url(ticket)).status_code == 200


def test_lists_show_nothing_of_a_stranger(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    person = browser(stage.other.manager)
    for page in ("/field/?tab=open", f"/field/search/?q={ticket.number}", f"/field/?owner={stage.ann.pk}"):
        page = person.get(page).content.decode()
        assert ticket.title not in page
        assert stage.ann.name not in page


@pytest.mark.parametrize("name", FIELD_STEPS)
def test_b13_only_a_post_changes_anything(stage, name):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    person = browser(stage.ann.user)
    override = {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"}
    for method in (person.get, person.head):
        method(url(ticket, name), answers(stage, name), **override)
    for method in (person.put, person.delete, person.patch, person.options):
        assert method(url(ticket, name)).status_code == 405
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version


def test_a_step_that_is_none_of_the_partners_is_not_there(stage):
    ticket, person = stage.ticket_in(TicketState.RESOLVED), browser(stage.ann.user)
    assert person.get(url(ticket, "close")).status_code == 404
    assert person.post(url(ticket, "cancel"), {"reason": "withdrawn"}).status_code == 404
    assert person.get(url(ticket, "nonsense")).status_code == 404


def test_a_known_ticket_without_the_right_says_why(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    answer = browser(stage.side.dispatcher).post(url(ticket, "complete"), filled(stage, ticket, "complete"))
    assert answer.status_code == 403
    assert "责任人" in answer.content.decode()
    answer = browser(stage.ann.user).post(url(ticket, "transfer"), filled(stage, ticket, "transfer"))
    assert answer.status_code == 403
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version


def test_a14_who_moves_to_another_partner_sees_the_old_tickets_no_more(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    assert person.get(url(ticket)).status_code == 200
    stage.ann.user.membership_set.update(active=False)
    make.MembershipFactory(user=stage.ann.user, organisation=stage.other.organisation, role=Role.TECHNICIAN)
    assert person.get(url(ticket)).status_code == 404
