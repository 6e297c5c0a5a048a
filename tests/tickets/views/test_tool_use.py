"""Diagnostic tools on a telephone: shown where granted, recorded before the way is shown, a stranger's 404 (R020)."""

import pytest
from django.urls import reverse

from partners.actions import tool_grant
from partners.models import ToolUse
from portal.accounts.actor import Actor
from tests.factories.tool import DiagnosticToolFactory, ToolFactory, calibrated, granted
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import answers, browser, hidden, url
from tickets.choices import TicketState
from tickets.models import ToolUsage

pytestmark = pytest.mark.django_db
ADDRESS = "https://diag.example.com/secret"


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


@pytest.fixture
def grant(stage):
    return granted(stage.side.partner, DiagnosticToolFactory(address=ADDRESS), conditions="先拍照")


def page(ticket, *use):
    return reverse("field:diagnostic" if use else "field:diagnostics", args=[ticket.number, *use])


def test_the_ticket_says_nothing_until_something_is_granted(stage, ticket):
    ann = browser(stage.ann.user)
    assert page(ticket) not in ann.get(url(ticket)).content.decode()
    granted(stage.side.partner)
    assert page(ticket) in ann.get(url(ticket)).content.decode()


def test_recorded_first_then_the_way_in_a_new_tab_then_the_result(stage, ticket, grant):
    ann = browser(stage.ann.user)
    answer = ann.get(page(ticket))
    assert ADDRESS not in answer.content.decode()
    assert "先拍照" in answer.content.decode()
    sent = {"what": f"{grant.pk}:read_codes", "purpose": "读故障码", "key": str(answer.context["form"]["key"].value())}
    assert ann.post(page(ticket), sent).url == ann.post(page(ticket), sent).url  # a second press records nothing
    use = ToolUse.objects.get()
    shown = ann.get(page(ticket, use.pk)).content.decode()
    assert f'href="{ADDRESS}" target="_blank" rel="noopener noreferrer"' in shown
    assert ann.post(page(ticket, use.pk), {"result": "found", "note": "E21"}).url == page(ticket)
    assert "E21" in ann.get(page(ticket, use.pk)).content.decode()
    assert ann.post(page(ticket, use.pk), {"result": "done"}).status_code == 409


def test_the_way_is_closed_with_the_grant(stage, ticket, grant):
    ann = browser(stage.ann.user)
    ann.post(page(ticket), {"what": f"{grant.pk}:read_codes", "purpose": "读故障码"})
    tool_grant.withdraw(Actor.system(), grant, "密钥外传")
    shown = ann.get(page(ticket, ToolUse.objects.get().pk)).content.decode()
    assert ADDRESS not in shown
    assert "已收回" in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(stage, ticket, grant):
    ann = browser(stage.ann.user)
    answer = ann.post(page(ticket), {"what": f"{grant.pk}:firmware", "purpose": "升级看看"})
    assert answer.status_code == 400
    assert "升级看看" in answer.content.decode()
    assert ann.post(page(ticket), {"what": f"{grant.pk}:read_codes", "purpose": ""}).status_code == 400
    assert not ToolUse.objects.exists()


def test_strangers_and_other_roles(stage, ticket, grant):
    ann = browser(stage.ann.user)
    ann.post(page(ticket), {"what": f"{grant.pk}:read_codes", "purpose": "读故障码"})
    use = ToolUse.objects.get()
    bob, dick = browser(stage.other.technicians[0].user), browser(stage.side.dispatcher)
    assert [bob.get(page(ticket)).status_code, bob.get(page(ticket, use.pk)).status_code] == [404, 404]
    assert ADDRESS not in dick.get(page(ticket, use.pk)).content.decode()
    assert dick.post(page(ticket), {"what": f"{grant.pk}:read_codes", "purpose": "x"}).status_code == 403
    assert ann.get(page(ticket, use.pk + 1)).status_code == 404


def test_a_solved_ticket_offers_nothing(stage, grant):
    solved = stage.ticket_in(TicketState.RESOLVED)
    ann = browser(stage.ann.user)
    assert "工单处理期间" in ann.get(page(solved)).content.decode()
    assert ann.post(page(solved), {"what": f"{grant.pk}:read_codes", "purpose": "x"}).status_code == 409


def test_r209_tools_are_ticked_on_completion_and_stand_on_the_record(stage, ticket):
    tool = ToolFactory(outlet=stage.side.outlet)
    calibrated(tool)
    ann = browser(stage.ann.user)
    assert tool.number in ann.get(url(ticket, "complete")).content.decode()
    sent = {**hidden(stage, ticket, "complete"), **answers(stage, "complete"), "tools": [tool.pk]}
    assert ann.post(url(ticket, "complete"), sent).status_code == 302
    assert ToolUsage.objects.get().tool == tool
    assert tool.number in ann.get(url(ticket)).content.decode()
