"""A request reaches us once, by whoever may bring it, and whole (R055, R057, R061)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from partners.choices import ServiceTier
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.tickets.actions.traces import traces
from tests.tickets.stages import picture
from tickets import notices
from tickets.actions import request
from tickets.choices import TicketState
from tickets.models import Ticket


def test_partner_staff_and_auditors_bring_no_requests(stage):
    for stranger in (stage.technician, stage.dispatcher, actor(make.member(Role.AUDITOR))):
        with pytest.raises(Refused):
            stage.receive(actor=stranger)
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("name", ["channel", "title", "contact_phone"])
def test_what_we_cannot_do_without_is_named(stage, name):
    with pytest.raises(InvalidInput) as refused:
        stage.receive(**{name: ""})
    assert refused.value.field == name


@pytest.mark.parametrize("name", ["state", "partner", "received_at", "tier", "number", "version", "owner"])
def test_b01_a_request_sets_nothing_but_what_a_request_says(stage, name):
    with pytest.raises(TypeError, match=name):
        stage.receive(**{name: "closed"})


def test_c02_the_same_key_makes_one_ticket_and_tells_once(stage):
    first = stage.receive(key="form-1", files=[picture()])
    told = Notice.objects.count()
    again = stage.receive(key="form-1", files=[picture()])
    assert again.pk == first.pk
    assert (Ticket.objects.count(), Attachment.objects.count(), Notice.objects.count()) == (1, 1, told)


def test_c02_two_at_the_same_moment_make_one(stage, monkeypatch):
    """The second looked before the first had committed: the database's own word decides."""
    first = stage.receive(key="form-1")
    known, asked = request._known, []
    monkeypatch.setattr(request, "_known", lambda key: known(key) if asked else asked.append(key))
    assert stage.receive(key="form-1").pk == first.pk
    assert Ticket.objects.count() == 1


def test_another_clash_is_not_taken_for_a_repetition(stage, monkeypatch):
    taken = stage.receive().number
    monkeypatch.setattr(request, "next_number", lambda *args: taken)
    with pytest.raises(IntegrityError):
        stage.receive()


def test_c07_when_the_desk_cannot_be_told_there_is_no_ticket(stage, monkeypatch):
    def fails(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(notices, "tell_desk", fails)
    with pytest.raises(ZeroDivisionError):
        stage.receive(files=[picture()])
    assert not any(model.objects.exists() for model in (Ticket, Attachment, Notice))


def test_e01_a_bad_file_takes_the_request_with_it(stage):
    with pytest.raises(InvalidInput) as refused:
        stage.receive(files=[picture(), SimpleUploadedFile("photo.jpg", b"MZ\x90 not a picture")])
    assert refused.value.field == "files"
    assert not any(model.objects.exists() for model in (Ticket, Attachment))


@pytest.mark.parametrize(
    ("began", "ends", "tier"),
    [(-10, 0, ServiceTier.CUSTOMISED), (-10, -1, ServiceTier.BASIC), (1, 10, ServiceTier.BASIC)],
)
def test_r008_the_tier_is_that_of_the_agreement_valid_today(stage, began, ends, tier):
    today = clock.today()
    customer = make.CustomerFactory()
    make.AgreementFactory(
        customer=customer,
        tier=ServiceTier.CUSTOMISED,
        valid_from=today + timedelta(days=began),
        valid_until=today + timedelta(days=ends),
    )
    assert stage.receive(actor=stage.desk, customer=customer).tier == tier


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({}, "联系人1"),
        ({"contact_name": ""}, "客户1有限公司"),
        ({"contact_name": "", "customer_name": ""}, "1370"),
    ],
)
def test_a_visitor_is_named_as_he_named_himself(stage, values, named):
    entry = entries_for(stage.receive(**values)).get()
    assert entry.actor_label.startswith(named)
    assert entry.actor["role"] == Role.CUSTOMER


def test_more_can_be_said_later_and_the_owner_hears_of_it(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    request.add_information(stage.customer_of(ticket), ticket, "今天又跳闸", files=[picture("meter.png")])
    assert entries_for(ticket).last().facts == {"text": "今天又跳闸", "files": ["meter.png"]}
    assert Notice.objects.filter(type="ticket.information", user=stage.ann.user).count() == 1


def test_what_is_added_with_a_bad_file_is_not_added(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    before = traces(ticket)
    with pytest.raises(InvalidInput):
        request.add_information(stage.customer_of(ticket), ticket, "x", files=[SimpleUploadedFile("a.png", b"<html>")])
    assert traces(ticket) == before
