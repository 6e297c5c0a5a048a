"""附件1: complete or not at all, corrected with a reason, reclassified without erasing anything (R194–R202)."""

from datetime import timedelta

import pytest

from partners.choices import ServiceTier
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests.tickets.actions.traces import traces
from tickets.actions import intake
from tickets.choices import Category, ClockState, TicketState, Urgency
from tickets.models import IntakeRecord

FULL = {"category": "fault", "urgency": "normal"}


@pytest.mark.parametrize(
    "name",
    ["category", "urgency", "customer_name", "contact_name", "contact_phone", "product_model", "description",
     "first_opinion"],
)  # fmt: skip
def test_r195_c19_no_field_of_the_form_may_be_missing(stage, name):
    ticket = stage.receive()
    before = traces(ticket)
    with pytest.raises(InvalidInput) as refused:
        stage.register(ticket, **{name: ""})
    assert refused.value.field == name
    assert traces(ticket) == before


def test_r228_the_record_says_what_the_paper_form_says(stage):
    ticket = stage.register(stage.receive(), agreement=stage.served.agreement)
    record = IntakeRecord.objects.get(ticket=ticket)
    assert (record.revision, record.registrar, record.accepted_on) == (1, stage.desk.label, clock.today())
    assert (record.first_opinion, record.serial_number) == ("先远程检查，必要时上门", "SN-0001")
    assert (ticket.registrar_id, ticket.tier) == (stage.desk.user_id, ServiceTier.BASIC)


def test_the_agreement_decides_the_tier(stage):
    agreement = stage.served.agreement
    agreement.tier = ServiceTier.ADVANCED
    agreement.save()
    assert stage.register(stage.receive(), agreement=agreement).tier == ServiceTier.ADVANCED


@pytest.mark.parametrize("field", ["state", "partner", "received_at", "closed_at", "tier", "owner"])
def test_b01_registration_writes_only_what_the_form_has(stage, field):
    ticket = stage.receive()
    before = getattr(ticket, field)
    registered = stage.register(ticket, **{field: "closed"})
    assert registered.state == TicketState.REGISTERED
    assert field == "state" or getattr(registered, field) == before


def test_a_partner_does_not_register(stage):
    with pytest.raises(Refused):
        intake.register(stage.technician, stage.receive(), **stage.intake())


def test_a_correction_is_a_new_revision_and_the_old_one_stays(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    intake.amend_intake(stage.desk, ticket, reason="型号写错", product_model="EV-002")
    old, new = IntakeRecord.objects.filter(ticket=ticket).order_by("revision")
    assert (old.product_model, old.superseded, new.product_model, new.superseded) == ("EV-001", True, "EV-002", False)
    assert (new.correction_reason, new.description) == ("型号写错", old.description)
    assert entries_for(ticket).last().facts["revision"] == 2


def test_b01_a_correction_does_not_reclassify(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    amended = intake.amend_intake(stage.desk, ticket, reason="x", category=Category.EMERGENCY, urgency=Urgency.CRITICAL)
    assert (amended.category, amended.urgency) == (Category.FAULT, Urgency.NORMAL)
    assert IntakeRecord.objects.get(ticket=ticket, superseded=False).category == Category.FAULT


def test_a_correction_needs_a_reason_and_something_to_correct(stage, english):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    with pytest.raises(InvalidInput, match="Say why the record is corrected"):
        intake.amend_intake(stage.desk, ticket, reason="")
    IntakeRecord.objects.filter(ticket=ticket).delete()  # as an imported ticket
    with pytest.raises(InvalidInput, match="no intake record"):
        intake.amend_intake(stage.desk, ticket, reason="x")


def test_n05_a_breach_survives_every_later_category(stage):
    with clock.travel(clock.now() - timedelta(hours=3)):
        ticket = stage.ticket_in(TicketState.REGISTERED)
    response = ticket.clocks.leading().get(kind="response")
    hours = response.due_at - response.started_at
    assert hours == timedelta(hours=2)
    ticket = intake.reclassify(stage.desk, ticket, Category.CONSULTATION, Urgency.LOW, "客户说明")
    response = ticket.clocks.leading().get(kind="response")
    assert (response.state, response.due_at - response.started_at) == (ClockState.BREACHED, timedelta(hours=4))
    facts = entries_for(ticket).last().facts
    assert (facts["old_category"], facts["category"], facts["old_urgency"]) == ("fault", "consultation", "normal")


def test_n05_a_graver_category_counts_from_the_receipt(stage):
    with clock.travel(clock.now() - timedelta(minutes=20)):
        ticket = stage.ticket_in(TicketState.REGISTERED)
    ticket = intake.reclassify(stage.desk, ticket, Category.EMERGENCY, Urgency.CRITICAL, "停产")
    response = ticket.clocks.leading().get(kind="response")
    assert (response.state, response.due_at) == (ClockState.RUNNING, ticket.received_at + timedelta(minutes=30))
    assert ticket.clocks.filter(kind="emergency_call").exists()


def test_the_owner_is_told_of_another_category(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    intake.reclassify(stage.desk, ticket, Category.EMERGENCY, Urgency.CRITICAL, "停产")
    assert Notice.objects.filter(type="ticket.reclassified", user=stage.ann.user).exists()


def test_the_same_category_and_urgency_are_no_change(stage, english):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    with pytest.raises(InvalidInput, match="same as before"):
        intake.reclassify(stage.desk, ticket, Category.FAULT, Urgency.NORMAL, "x")


def test_c08_who_opened_the_form_earlier_does_not_overwrite(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    opened = ticket.version
    intake.amend_intake(stage.desk, ticket, reason="一", product_model="EV-002", version=opened)
    before = traces(ticket)
    with pytest.raises(Conflict):
        intake.amend_intake(stage.manager, ticket, reason="二", product_model="EV-003", version=opened)
    assert traces(ticket) == before
