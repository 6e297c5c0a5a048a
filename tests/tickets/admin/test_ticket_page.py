"""The ticket's page and the steps that the desk makes from it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from tests import factories as make
from tests.tickets.stages import Stage, picture
from tickets.actions import feedback, intake
from tickets.choices import TicketState
from tickets.models import Customer, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def desk(stage: Stage, client: Client) -> Client:
    client.force_login(User.objects.get(username="dora"))
    return client


def page(ticket: Ticket) -> str:
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def step(ticket: Ticket, name: str) -> str:
    return reverse("admin:tickets_ticket_step", args=[ticket.pk, name])


def sent(ticket: Ticket, **values: object) -> dict[str, object]:
    return {"version": ticket.version, "key": str(uuid.uuid4()), **values}


def annex_1(stage: Stage, **values: object) -> dict[str, object]:
    found = {**stage.intake(), **values}
    plain = {name: value for name, value in found.items() if name not in ("contact", "warranty_until")}
    return plain | {"customer": stage.served.customer.pk, "product_line": stage.line.pk}


@pytest.mark.parametrize("state", TicketState.values)
def test_the_page_of_every_state_opens(state, stage, desk):
    ticket = stage.ticket_in(state)
    response = desk.get(page(ticket))
    assert response.status_code == 200
    assert ticket.number in response.content.decode()


def test_the_number_of_queries_is_fixed(stage, desk, django_assert_max_num_queries):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    for _n in range(3):
        ticket = stage.progress(ticket)
    with django_assert_max_num_queries(30):
        desk.get(page(ticket))


def test_b05_the_page_takes_no_form(stage, desk):
    ticket = stage.ticket_in(TicketState.RECEIVED)
    answer = desk.post(page(ticket), {"state": "closed", "_fsm_transition_to": "register", "_saveasnew": "1"})
    assert answer.status_code == 405
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.version) == (TicketState.RECEIVED, 1)


def test_b13_a_get_changes_nothing(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    assert desk.get(step(ticket, "dispatch"), {"outlet": stage.side.outlet.pk}).status_code == 200
    assert desk.put(step(ticket, "dispatch")).status_code == 405
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.REGISTERED


def test_register_then_dispatch(stage, desk):
    ticket = stage.receive()
    answer = desk.post(step(ticket, "register"), sent(ticket, **annex_1(stage)), follow=True)
    assert answer.redirect_chain, answer.context["form"].errors
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.customer) == (TicketState.REGISTERED, stage.served.customer)
    answer = desk.post(
        step(ticket, "dispatch"), sent(ticket, outlet=stage.side.outlet.pk, department="repair"), follow=True
    )
    assert Ticket.objects.get(pk=ticket.pk).outlet == stage.side.outlet
    assert entries_for(ticket).last().sentence() in [str(message) for message in answer.context["messages"]]


def test_register_adds_a_new_customer(stage, desk):
    ticket = stage.receive(customer_name="新客户", contact_phone="13955556666")
    values = annex_1(stage, customer_name="新客户", contact_phone="13955556666") | {
        "customer": "",
        "new_customer": "on",
    }
    desk.post(step(ticket, "register"), sent(ticket, **values))
    added = Customer.objects.get(name="新客户")
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.customer, ticket.contact.customer) == (added, added)


def test_what_is_wrong_is_said_and_what_was_typed_stays(stage, desk):
    ticket = stage.receive()
    answer = desk.post(
        step(ticket, "register"), sent(ticket, **annex_1(stage, contact_phone="abc", first_opinion="先查"))
    )
    body = answer.content.decode()
    assert answer.status_code == 400
    assert "contact_phone" in answer.context["form"].errors
    assert "先查" in body


def test_dispatch_offers_only_outlets_that_serve(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    body = desk.get(step(ticket, "dispatch")).content.decode()
    assert stage.side.outlet.name in body
    assert stage.other.outlet.name not in body
    answer = desk.post(step(ticket, "dispatch"), sent(ticket, outlet=stage.other.outlet.pk, department="repair"))
    assert answer.status_code == 400
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.REGISTERED


def test_dispatch_says_why_nobody_serves(stage, desk):
    ticket = stage.register(stage.receive(region="西藏自治区"), region="西藏自治区")
    assert "西藏自治区" in desk.get(step(ticket, "dispatch")).content.decode()


def test_c08_who_was_overtaken_keeps_his_text_and_gets_the_fresh_version(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    opened = sent(ticket, category="emergency", urgency="high", reason="客户说很急")
    intake.reclassify(stage.manager, ticket, "consultation", "low", "误分类")
    answer = desk.post(step(ticket, "reclassify"), opened)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "客户说很急" in body
    assert "误分类" in body
    now = Ticket.objects.get(pk=ticket.pk)
    assert now.category == "consultation"
    assert f'name="version" value="{now.version}"' in body
    assert desk.post(step(ticket, "reclassify"), {**opened, "version": now.version}).status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).category == "emergency"


def test_c02_one_key_makes_one_entry(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    data = sent(ticket, channel="phone", summary="已致电", outward="on")
    answers = [desk.post(step(ticket, "contact"), data).status_code for _n in range(3)]
    assert answers == [302, 302, 302]
    assert entries_for(ticket).filter(verb="contact").count() == 1


def test_a_rule_that_refuses_tells_no_news(stage, desk):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    answer = desk.post(step(ticket, "close"), sent(ticket))
    assert (answer.status_code, answer.context["news"]) == (409, [])
    assert "请至少登记一次回访" in answer.content.decode()


def test_a_step_too_late_says_so(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    assert desk.get(step(ticket, "close")).status_code == 409
    assert desk.post(step(ticket, "close"), sent(ticket)).status_code == 409


def test_confirm_needs_the_scan(stage, desk):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    values = {"signed_by": "张三", "solved": "yes"}
    assert desk.post(step(ticket, "confirm"), sent(ticket, **values)).status_code == 400
    desk.post(step(ticket, "confirm"), sent(ticket, **values, signature=picture("scan.png")))
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.RESOLVED


def test_cancel_names_the_duplicate(stage, desk):
    first, second = stage.receive(), stage.receive()
    wrong = desk.post(step(second, "cancel"), sent(second, reason="duplicate", duplicate_of="FW-NONE"))
    assert "duplicate_of" in wrong.context["form"].errors
    desk.post(step(second, "cancel"), sent(second, reason="duplicate", duplicate_of=f" {first.number.lower()}"))
    assert Ticket.objects.get(pk=second.pk).duplicate_of == first


@pytest.mark.parametrize("role", [Role.LEGAL, Role.MARKETING, Role.TECHNICAL, Role.AUDITOR])
def test_readers_see_no_buttons_and_no_numbers(role, stage, client):
    ticket = stage.receive(contact_phone="13812345678", address="漕溪北路 8 号")
    client.force_login(make.member(role, stage.brand if role != Role.AUDITOR else None))
    answer = client.get(page(ticket))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["bar"] == {"ready": [], "grey": []}
    assert "13812345678" not in body
    assert "漕溪北路 8 号" not in body
    assert client.get(step(ticket, "register")).status_code == 403
    assert client.post(step(ticket, "cancel"), sent(ticket, reason="mistake")).status_code == 403
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.RECEIVED


@pytest.mark.parametrize("door", ["change", "history", "step"])
def test_a01_outside_the_region_is_not_found(door, stage, client):
    ticket = stage.receive(region="江苏省")
    client.force_login(make.member(Role.SERVICE_DESK, stage.brand, regions=("上海市",)))
    arguments = [ticket.pk, "register"] if door == "step" else [ticket.pk]
    address = reverse(f"admin:tickets_ticket_{door}", args=arguments)
    assert client.get(address).status_code == 404
    assert client.post(address, {}).status_code in (404, 405)


def test_receive_goes_on_to_register(stage, desk):
    address = reverse("admin:tickets_ticket_add")
    assert desk.get(address).status_code == 200
    values = {"key": str(uuid.uuid4()), "channel": "phone", "title": "无法启动", "contact_phone": "13912345678"}
    answer = desk.post(address, {**values, "contact_name": "李四"})
    ticket = Ticket.objects.get(title="无法启动")
    assert answer.url == step(ticket, "register")
    desk.post(address, {**values, "contact_name": "李四"})
    assert Ticket.objects.filter(title="无法启动").count() == 1


def test_a_request_without_telephone_is_told(stage, desk):
    address = reverse("admin:tickets_ticket_add")
    answer = desk.post(
        address, {"key": str(uuid.uuid4()), "channel": "phone", "title": "无法启动", "contact_name": "李四"}
    )
    assert "contact_phone" in answer.context["form"].errors
    assert "无法启动" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_the_sheets_lead_to_their_pdfs(stage, desk):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    sheets = desk.get(page(ticket)).context["sheets"]
    assert [sheet["count"] for sheet in sheets] == [1, 0, 0, 0]
    assert sheets[0]["url"] == f"/tickets/{ticket.number}/record/1.pdf"


def test_a_complaint_names_whom_it_is_about(stage, desk):
    ticket = stage.receive()
    opened = desk.get(step(ticket, "register"))
    form = opened.context["form"]
    data = {name: value or "" for name, value in ((n, form[n].value()) for n in form.fields) if value is not None}
    data |= {"category": "complaint", "urgency": "high", "product_model": "EV-001", "first_opinion": "了解情况",
             "complaint_about": stage.ann.pk, "new_customer": ""}  # fmt: skip
    assert desk.post(step(ticket, "register"), data).status_code == 302
    ticket.refresh_from_db()
    assert ticket.complaint_about == stage.ann


def test_a_call_back_leads_on_only_while_one_is_owed(stage, desk):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    assert main_button(desk, ticket) == "follow_up"
    stage.rate(ticket, 2)
    assert main_button(desk, ticket) == "call_back"
    feedback.call_back(stage.desk, ticket, cause="未检查线束", measures="增加检测", result="客户满意")
    assert main_button(desk, ticket) == "follow_up"


def main_button(desk: Client, ticket: Ticket) -> str:
    bar = desk.get(page(ticket)).context["bar"]["ready"]
    return next(button.name for button in bar if button.style == "main")
