"""What a step owes is asked for by the action itself, so that no door forgets it (C19; spec/workflow.md 'needs')."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from tests import factories as make
from tests.cast import actor
from tests.tickets.actions.traces import traces
from tests.tickets.stages import picture
from tickets.actions import closure, completion, diagnosis, dispatch, feedback, intake, progress
from tickets.choices import CancelReason, Category, TicketState, Urgency

REPORT = {"finding": "模块不通电", "probable_cause": "保险丝熔断", "mode": "remote", "warranty": "in"}
PLAN = {"solution": "更换保险丝", "duration_hours": Decimal(2)}


def refused(field, ticket, step, *args, **values):
    """The step is refused for that field and leaves nothing behind."""
    before = traces(ticket)
    with pytest.raises(InvalidInput) as error:
        step(ticket, *args, **values)
    assert error.value.field == field
    assert traces(ticket) == before


@pytest.mark.parametrize(
    ("field", "value"), [("finding", "  "), ("probable_cause", ""), ("mode", "by post"), ("warranty", "")]
)
def test_c19_a_diagnosis_is_whole(stage, field, value):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    refused(field, ticket, lambda t, **v: diagnosis.diagnose(stage.technician, t, **v), **{**REPORT, field: value})


@pytest.mark.parametrize(
    ("field", "value"), [("solution", " "), ("duration_hours", Decimal(0)), ("price", Decimal(-1))]
)
def test_c19_a_plan_is_whole(stage, field, value):
    ticket = stage.ticket_in(TicketState.DIAGNOSED)
    refused(field, ticket, lambda t, **v: diagnosis.start(stage.technician, t, **v), **{**PLAN, field: value})


def test_c19_reclassifying_needs_a_reason_and_a_real_class(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)

    def reclassify(row, *args):
        return intake.reclassify(stage.desk, row, *args)

    refused("reason", ticket, reclassify, Category.EMERGENCY, Urgency.HIGH, " ")
    refused("category", ticket, reclassify, "urgent", Urgency.HIGH, "停产")
    refused("urgency", ticket, reclassify, Category.EMERGENCY, "soon", "停产")


@pytest.mark.parametrize("field", ["category", "urgency"])
def test_c19_a_ticket_is_registered_in_a_class_that_exists(stage, field):
    refused(field, stage.receive(), lambda t, **v: stage.register(t, **v), **{field: "whatever"})


def test_c19_a_correction_leaves_nothing_empty(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    refused("contact_phone", ticket, lambda t: intake.amend_intake(stage.desk, t, reason="改电话", contact_phone=" "))


def test_c19_dispatching_names_a_department(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    refused("department", ticket, lambda t: dispatch.dispatch(stage.desk, t, stage.side.outlet, "canteen"))


def test_c19_passing_on_and_escalating_have_a_reason(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    refused("reason", ticket, lambda t: dispatch.transfer(stage.desk, t, stage.side.outlet, " "))
    refused("senior", ticket, lambda t: dispatch.escalate(stage.technician, t, 2, "", "超出能力"))
    refused("cause", ticket, lambda t: dispatch.escalate(stage.technician, t, 2, "王总监", ""))


def test_r205_a_technician_takes_a_ticket_for_himself_alone(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    with pytest.raises(Refused):
        dispatch.accept(stage.technician, ticket, stage.side.technicians[1])
    ticket.refresh_from_db()
    assert ticket.state == TicketState.DISPATCHED


def test_c19_entries_of_the_work_say_something(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    refused("measures", ticket, lambda t: stage.progress(t, measures=" "))
    refused("status", ticket, lambda t: stage.progress(t, status="closed"))
    refused("summary", ticket, lambda t: progress.contact(stage.desk, t, channel="phone", summary=""))
    refused("channel", ticket, lambda t: progress.contact(stage.desk, t, channel="dream", summary="x"))
    later = clock.now() + timedelta(days=1)
    refused("reason", ticket, lambda t: progress.suspend(stage.technician, t, "", later))


@pytest.mark.parametrize(("field", "value"), [("cause", ""), ("work_and_result", " "), ("labour_charge", Decimal(-1))])
def test_r216_the_completion_sheet_is_whole(stage, field, value):
    refused(field, stage.ticket_in(TicketState.IN_PROGRESS), lambda t: stage.complete(t, **{field: value}))


def test_r216_a_signature_has_a_name(stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    customer = stage.customer_of(ticket)
    refused("signed_by", ticket, lambda t: completion.confirm(customer, t, signed_by=" ", signature=picture()))


def test_c19_an_answer_and_a_follow_up_say_something(stage):
    resolved = stage.ticket_in(TicketState.RESOLVED)
    refused("result", resolved, lambda t: feedback.follow_up(stage.desk, t, reached=False, result=""))
    stage.category = Category.CONSULTATION
    asked = stage.ticket_in(TicketState.REGISTERED)
    refused("answer", asked, lambda t: completion.answer(stage.desk, t, answer=" "))


def test_a_duplicate_names_a_ticket_that_goes_on(stage):
    one, other = stage.receive(), stage.receive()
    closure.cancel(stage.desk, one, CancelReason.DUPLICATE, duplicate_of=other)
    one.refresh_from_db()
    refused("duplicate_of", other, lambda t: closure.cancel(stage.desk, t, CancelReason.DUPLICATE, duplicate_of=one))
    refused("reason", other, lambda t: closure.cancel(stage.desk, t, "boredom"))


def test_a_long_name_at_the_desk_fits_on_the_sheet_of_an_answer(stage):
    """PostgreSQL counts the characters; SQLite does not."""
    stage.category = Category.CONSULTATION
    stage.brand.short_name = "星" * 40
    stage.brand.save()
    desk = actor(make.member(Role.SERVICE_DESK, stage.brand, name="长" * 60))
    ticket = completion.answer(desk, stage.ticket_in(TicketState.REGISTERED), answer="请重启")
    assert len(ticket.completionconfirmation_set.get().technician) == 60


def test_another_class_is_a_new_version_of_the_intake_record(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    intake.reclassify(stage.desk, ticket, Category.EMERGENCY, Urgency.CRITICAL, "停产")
    old, new = ticket.intakerecord_set.order_by("revision")
    assert (old.category, old.superseded) == (Category.FAULT, True)
    assert (new.category, new.urgency, new.correction_reason) == (Category.EMERGENCY, Urgency.CRITICAL, "停产")
    assert new.first_opinion == old.first_opinion
