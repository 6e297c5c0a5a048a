"""The ticket's page: what it shows, to whom, and which steps it offers."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.kernel import clock
from tests.tickets.stages import Stage, picture
from tests.tickets.views.field_page import browser, filled, url
from tickets.actions import diagnosis, dispatch
from tickets.choices import Category, Department, ServiceMode, TicketState
from tickets.queries.story import public_story
from tickets.views.field.steps import step_menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def names(links):
    return [link.name for link in links]


def test_the_page_shows_who_what_and_until_when(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS, files=[picture("现场.png")])
    page = browser(stage.ann.user).get(url(ticket)).content.decode()
    for words in (
        ticket.number, ticket.title, ticket.description, f"tel:{ticket.contact_phone}", "geo:0,0?q=",
        ticket.serial_number, "/thumb/", "data-due=", "解决", "保险丝熔断", "服务日志",
    ):  # fmt: skip
        assert words in page, words


def test_photos_are_served_to_those_who_see_the_ticket(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED, files=[picture("现场.png", (300, 200))])
    person = browser(stage.ann.user)
    key = person.get(url(ticket)).context["photos"][0].key
    assert person.get(f"/files/{key}/thumb/").status_code == 200
    for stranger in (stage.other.technicians[0].user, stage.side.technicians[1].user):
        assert browser(stranger).get(f"/files/{key}/").status_code == 404


def test_the_paper_forms_that_hold_something_can_be_printed(stage):
    page = browser(stage.ann.user).get(url(stage.ticket_in(TicketState.PENDING_CONFIRMATION))).content.decode()
    assert "/record/1.pdf" in page
    assert "/record/3.pdf" in page
    assert "/record/4.pdf" not in page


def test_the_telephone_is_masked_until_he_has_taken_the_ticket(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    page = browser(stage.ann.user).get(url(ticket)).content.decode()
    assert ticket.contact_phone not in page
    assert ticket.contact_phone in browser(stage.side.dispatcher).get(url(ticket)).content.decode()
    stage.accept(ticket)
    assert ticket.contact_phone in browser(stage.ann.user).get(url(ticket)).content.decode()


@pytest.mark.parametrize("state", [s for s in TicketState if s not in ("received", "registered", "cancelled")])
def test_every_state_has_a_page(stage, state):
    assert browser(stage.side.dispatcher).get(url(stage.ticket_in(state))).status_code == 200


def test_the_response_clock_asks_for_a_call_first(stage):
    menu = step_menu(stage.technician, stage.ticket_in(TicketState.ACCEPTED))
    assert names(menu.first) == ["contact", "diagnose"]


def test_grey_steps_say_why(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    menu = step_menu(stage.technician, ticket)
    grey = {link.name: str(link.verdict.reason) for link in menu.grey}
    assert set(grey) >= {"start", "complete", "resume"}
    assert all(grey.values())
    assert "transfer" not in {*grey, *names(menu.others)}
    page = browser(stage.ann.user).get(url(ticket)).content.decode()
    assert grey["complete"] in page


def test_a_dispatcher_sees_the_owners_steps_grey(stage):
    menu = step_menu(stage.dispatcher, stage.ticket_in(TicketState.IN_PROGRESS))
    assert "complete" in names(menu.grey)
    assert "transfer" in names(menu.others)


def test_a_certified_technician_on_duty_accepts_with_one_press(stage):
    ticket, person = stage.ticket_in(TicketState.DISPATCHED), browser(stage.ann.user)
    page = person.get(url(ticket)).content.decode()
    assert f'action="{url(ticket, "accept")}"' in page
    assert f'name="owner" value="{stage.ann.pk}"' in page


@pytest.mark.parametrize("change", [{"on_duty": False}, {"active": False}])
def test_who_may_not_take_it_reads_why(stage, change):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    type(stage.ann).objects.filter(pk=stage.ann.pk).update(**change)
    menu = step_menu(stage.technician, ticket)
    assert "accept" in names(menu.grey)
    answer = browser(stage.ann.user).post(url(ticket, "accept"), filled(stage, ticket, "accept"))
    assert answer.status_code == 403


def test_arrival_is_offered_on_site_and_once(stage):
    ticket = stage.diagnose(stage.ticket_in(TicketState.ACCEPTED), mode=ServiceMode.ON_SITE)
    assert "arrive" in names(step_menu(stage.technician, ticket).others)
    ticket = diagnosis.start(
        stage.technician, ticket, solution="x", duration_hours=Decimal(1), appointment_at=clock.now()
    )
    assert names(step_menu(stage.technician, ticket).first) == ["arrive", "progress"]
    remote = step_menu(stage.technician, stage.ticket_in(TicketState.DIAGNOSED))
    assert "arrive" in names(remote.grey)


def test_a_consultation_is_answered(stage):
    stage.category = Category.CONSULTATION
    menu = step_menu(stage.technician, stage.ticket_in(TicketState.ACCEPTED))
    assert "answer" in names(menu.first)


def test_the_number_of_queries_does_not_grow_with_the_story(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            person.get(url(ticket))
        counts.append(len(queries))
        for _ in range(3):
            ticket = stage.progress(ticket)
    assert counts[0] == counts[1] <= 24


def test_the_story_reads_in_both_languages(stage):
    ticket, person = stage.ticket_in(TicketState.PENDING_CONFIRMATION), browser(stage.ann.user)
    assert "completed the work" in person.get(url(ticket), headers={"accept-language": "en"}).content.decode()
    assert "更换保险丝后恢复正常" in person.get(url(ticket)).content.decode()


def test_the_desk_s_note_reaches_the_partner_and_not_the_customer(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    ticket = dispatch.dispatch(stage.desk, ticket, stage.side.outlet, Department.REPAIR, note="客户在高架上")
    assert "客户在高架上" in browser(stage.ann.user).get(url(ticket)).content.decode()
    assert "客户在高架上" not in str(public_story(ticket))


def test_rule_12_each_clock_says_why_it_falls_due(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    page = browser(stage.ann.user).get(url(ticket)).content.decode()
    assert "条款 R200“一般故障72小时内修复”：72 小时。" in page
    assert "每个自然日须在当日结束前填写一条进度。" in page
    assert "条款 R010 单独计算" in page  # the ceiling of the basic tier beside the limit of the category
