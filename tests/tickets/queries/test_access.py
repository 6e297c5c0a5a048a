"""Who is told and shown what hangs on a ticket is asked at the moment of sending or showing (A08, A16)."""

import pytest
from django.core import mail

from portal.notify.models import Notice, NoticeState
from tests.tickets.stages import Stage
from tickets.choices import TicketState
from tickets.queries.access import sees_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def test_a08_files_follow_the_ticket(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    assert sees_ticket(stage.technician, ticket.pk)
    assert not sees_ticket(stage.stranger, ticket.pk)
    assert sees_ticket(stage.customer_of(ticket), ticket.pk)
    assert not sees_ticket(stage.customer_of(stage.receive()), ticket.pk)


def test_a16_who_lost_the_ticket_is_not_written_to_any_more(stage, run_tasks):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    waiting = Notice.objects.filter(type="ticket.dispatched", user=stage.side.technicians[1].user)
    stage.accept(ticket)
    run_tasks()
    assert waiting.get().state == NoticeState.WITHDRAWN
    assert not [m for m in mail.outbox if stage.side.technicians[1].user.email in m.to]
    assert Notice.objects.get(type="ticket.dispatched", user=stage.ann.user).state == NoticeState.SENT


def test_a16_only_the_partner_and_the_brand_are_told(stage, run_tasks):
    stage.ticket_in(TicketState.CLOSED)
    run_tasks()
    strangers = {stage.other.manager.email, stage.other.dispatcher.email, stage.other.technicians[0].user.email}
    assert mail.outbox
    assert not strangers & {address for message in mail.outbox for address in message.to}
