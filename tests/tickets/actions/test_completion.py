"""附件3: whole or not sent, signed or sent back, reopened within the window (R134–R136, R189, R215–R217)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files.models import Attachment
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests.tickets.actions.traces import traces
from tests.tickets.stages import picture
from tickets import notices
from tickets.actions import completion
from tickets.choices import Category, ClockState, ConfirmationState, Solved, TicketState
from tickets.models import PartUsage

pytestmark = pytest.mark.usefixtures("english")
FUSE = {"part_number": "FU-30", "name": "保险丝", "quantity": 2, "certified": True, "in_warranty": False,
        "unit_price": Decimal("12.50"), "old_serial": "", "new_serial": "N-1"}  # fmt: skip


@pytest.fixture
def at_work(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


@pytest.fixture
def sent(stage):
    return stage.ticket_in(TicketState.PENDING_CONFIRMATION)


def fails(*args, **kwargs):
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"inspection_passed": False}, "quality inspection has not passed"),
        ({"explained": False}, "Explain the repair"),
        ({"service_until": clock.now() - timedelta(days=9)}, "cannot end before it begins"),
        ({"service_until": clock.now() + timedelta(days=9)}, "has not come yet"),
        ({"parts": [{**FUSE, "part_number": "X-1"}]}, "Part X-1 is not in the parts list"),
    ],
)
def test_c19_an_incomplete_sheet_is_not_sent(stage, at_work, change, reason):
    before = traces(at_work)
    with pytest.raises(InvalidInput, match=reason):
        stage.complete(at_work, **change)
    assert traces(at_work) == before


def test_r189_parts_are_kept_and_charged_at_cost(stage, at_work):
    ticket = stage.complete(at_work, parts=[FUSE, {**FUSE, "in_warranty": True}], labour_charge=Decimal("80"))
    sheet = ticket.completionconfirmation_set.get()
    assert (sheet.charge, sheet.labour_charge, sheet.parts.count()) == (Decimal("105.00"), Decimal("80.00"), 2)
    assert entries_for(ticket).last().facts["parts"] == ["FU-30 × 2", "FU-30 × 2"]


def test_c07_when_the_message_cannot_be_queued_work_is_not_done(stage, at_work, monkeypatch):
    before = traces(at_work)
    monkeypatch.setattr(notices, "queue", fails)
    with pytest.raises(ZeroDivisionError):
        stage.complete(at_work, parts=[FUSE], files=[picture()])
    assert traces(at_work) == before
    assert not PartUsage.objects.exists()


def test_c02_two_presses_send_one_sheet(stage, at_work):
    for _time in range(2):
        stage.complete(at_work, key="press-1", parts=[FUSE])
    assert at_work.completionconfirmation_set.count() == 1
    assert (PartUsage.objects.count(), Notice.objects.filter(type="ticket.completed").count()) == (1, 1)


def test_r201_an_answer_is_sent_to_be_confirmed_like_a_repair(stage):
    stage.category = Category.CONSULTATION
    ticket = stage.ticket_in(TicketState.REGISTERED)
    ticket = completion.answer(stage.desk, ticket, answer="长按五秒", article="KB-12")
    sheet = ticket.completionconfirmation_set.get()
    assert (ticket.state, sheet.work_and_result, sheet.service_from) == (
        TicketState.PENDING_CONFIRMATION,
        "长按五秒",
        ticket.registered_at,
    )
    assert stage.confirm(ticket).state == TicketState.RESOLVED


def test_only_consultations_are_answered(stage):
    with pytest.raises(Conflict):
        completion.answer(stage.desk, stage.ticket_in(TicketState.REGISTERED), answer="x")


@pytest.mark.parametrize("solved", [Solved.NO, "maybe", ""])
def test_the_customers_text_beats_the_button(stage, sent, solved):
    before = traces(sent)
    with pytest.raises(InvalidInput, match="Not solved"):
        completion.confirm(stage.customer_of(sent), sent, signed_by="赵", signature=picture(), solved=solved)
    assert traces(sent) == before


@pytest.mark.parametrize("who", ["desk", "customer"])
def test_r216_c19_nothing_is_confirmed_without_a_signature(stage, sent, who):
    actor = stage.desk if who == "desk" else stage.customer_of(sent)
    with pytest.raises(InvalidInput, match="sign") as refused:
        completion.confirm(actor, sent, signed_by="赵")
    assert refused.value.field == "signature"


def test_r216_the_desk_confirms_with_the_stamped_paper(stage, sent):
    ticket = completion.confirm(stage.desk, sent, signed_by="赵", signature=picture("paper.png"))
    assert Attachment.objects.get().kind == "scan"
    assert ticket.completionconfirmation_set.get().signed_by == "赵"


def test_a_signature_that_is_no_picture_confirms_nothing(stage, sent):
    before = traces(sent)
    with pytest.raises(InvalidInput):
        completion.confirm(
            stage.customer_of(sent), sent, signed_by="赵", signature=SimpleUploadedFile("s.png", b"<svg onload=x>")
        )
    assert traces(sent) == before


def test_i02_another_tickets_customer_confirms_nothing(stage, sent):
    other = stage.receive()
    with pytest.raises(Refused, match="another ticket"):
        completion.confirm(stage.customer_of(other), sent, signed_by="赵", signature=picture())


def test_c14_confirmed_and_rejected_at_once_the_first_wins(stage, sent):
    stage.confirm(sent)
    with pytest.raises(Conflict, match="Somebody was faster"):
        stage.reject(sent)
    sent.refresh_from_db()
    assert (sent.state, sent.rejections) == (TicketState.RESOLVED, 0)


def test_the_resolution_stops_at_the_completion_not_at_the_signature(stage, at_work):
    sent = stage.complete(at_work)
    with clock.travel(clock.now() + timedelta(days=10)):
        ticket = stage.confirm(sent)
    assert ticket.clocks.leading().get(kind="resolution").stopped_at == sent.completed_at
    assert ticket.clocks.leading().get(kind="resolution").state == ClockState.MET


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_r217_a_rejection_says_what_is_wrong(stage, sent, reason):
    with pytest.raises(InvalidInput, match="what is not right") as refused:
        completion.reject(stage.customer_of(sent), sent, reason=reason)
    assert refused.value.field == "reason"


def test_r217_a_rejected_sheet_stays_and_the_clock_never_stopped(stage, sent):
    ticket = stage.reject(sent)
    assert ticket.completionconfirmation_set.get().state == ConfirmationState.REJECTED
    assert (ticket.completed_at, ticket.rejections) == (None, 1)
    assert ticket.clocks.leading().get(kind="resolution").stopped_at is None
    assert ticket.clocks.leading().get(kind="reassessment").state == ClockState.RUNNING


@pytest.mark.parametrize(("days", "opens"), [(30, True), (31, False)])
def test_a_ticket_reopens_within_thirty_days(stage, days, opens):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    with clock.travel(ticket.confirmed_at + timedelta(days=days)):
        if opens:
            again = completion.reopen(stage.customer_of(ticket), ticket, reason="又坏了")
            assert (again.state, again.cycle, again.confirmed_at) == (TicketState.REASSESSING, 2, None)
            assert again.clocks.leading().get(kind="resolution", cycle=2).state == ClockState.RUNNING
            assert again.clocks.leading().get(kind="resolution", cycle=1).state == ClockState.MET
        else:
            with pytest.raises(Conflict, match="More than 30 days"):
                completion.reopen(stage.customer_of(ticket), ticket, reason="又坏了")


def test_reopening_needs_a_reason(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    with pytest.raises(InvalidInput, match="what is not right"):
        completion.reopen(stage.desk, ticket, reason=" ")
