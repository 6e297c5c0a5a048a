"""The history page: in words, in scope, read only."""

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.adminkit import history
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import TicketState
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


def address(ticket: Ticket) -> str:
    return reverse("admin:tickets_ticket_history", args=[ticket.pk])


def test_changes_are_told_in_words(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    newest = history.changes(ticket)[0]
    told = {str(change.label): (change.before, change.after) for change in newest.changes}
    assert told["服务网点"] == ("—", stage.side.outlet.name)
    assert told["状态"] == ("已受理", "已派单")
    assert newest.who == "Dora"


def test_the_page_shows_sentences_and_changes(stage, client):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    client.force_login(User.objects.get(username="dora"))
    body = client.get(address(ticket)).content.decode()
    assert stage.side.outlet.name in body
    assert "已派单" in body


def test_a06_a_post_is_refused_and_changes_nothing(stage, client):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    before = ticket.history.count()
    for user in (User.objects.get(username="dora"), make.member(Role.AUDITOR)):
        client.force_login(user)
        assert client.post(address(ticket), {"state": "closed"}).status_code == 405
        version = f"{address(ticket)}{ticket.history.first().pk}/"
        assert client.post(version, {"title": "x"}, follow=True).status_code in (403, 404, 405)
    assert ticket.history.count() == before


def test_a05_a_strangers_history_is_not_found(stage, client):
    ticket = stage.receive(region="江苏省", title="秘密标题")
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, regions=("上海市",)))
    answer = client.get(address(ticket))
    assert answer.status_code == 404
    assert "秘密标题" not in answer.content.decode()
    client.force_login(stage.ann.user)
    assert client.get(address(ticket)).status_code == 302


def test_personal_fields_are_masked_to_readers(stage, client):
    ticket = stage.receive(contact_phone="13812345678")
    stage.register(ticket, contact_phone="13987654321")
    client.force_login(make.member(Role.AUDITOR))
    body = client.get(address(ticket)).content.decode()
    assert "13812345678" not in body
    assert "13987654321" not in body
    assert "138****5678" in body
