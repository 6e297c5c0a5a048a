"""The rules of the clocks that live in actions: quiet hours, the customer's word, and what a suspension needs."""

from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.notify.models import Delivery
from portal.notify.tasks import deliver_due
from tests.tickets.stages import Stage, picture
from tickets.actions import closure, completion, delivery, diagnosis, dispatch, progress
from tickets.choices import Category, SuspendReason, TicketState
from tickets.models import SlaClock

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(("category", "held"), [(Category.FAULT, True), (Category.EMERGENCY, False)])
def test_rule_10_quiet_hours_hold_back_everything_but_emergencies_and_say_so(db, settings, category, held):
    settings.QUIET_HOURS = "22:00-07:00"
    night = clock.local(clock.now()).replace(hour=23, minute=30) + timedelta(days=1)
    with clock.travel(night):
        stage = Stage()
        stage.category = category
        stage.ticket_in(TicketState.DISPATCHED)
        deliver_due.call()
    told = Delivery.objects.filter(notice__type="ticket.dispatched", notice__user__isnull=False)
    assert told.exists()
    for each in told:
        assert (each.next_try_at is not None and each.next_try_at > night) == held
        assert "免打扰时段" in each.remark


def test_rule_11_the_customers_text_beats_a_button(stage):
    sent = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    for solved in ("no", "partly"):
        with pytest.raises(InvalidInput, match="Not solved"):
            completion.confirm(stage.customer_of(sent), sent, signed_by="赵", signature=picture(), solved=solved)
    assert stage.rate(stage.confirm(sent), overall=2).state == TicketState.RESOLVED
    with pytest.raises((Conflict, InvalidInput)):
        closure.close(stage.desk, sent)  # a person calls back first
    with pytest.raises(Conflict, match="rated already"):
        stage.rate(sent, 5)


# What a suspension needs


@pytest.fixture
def at_work(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


def suspend(stage, ticket, reason, **said):
    return progress.suspend(stage.technician, ticket, reason, clock.now() + timedelta(days=1), **said)


def test_rule_05_waiting_for_parts_needs_an_open_part_request(stage, at_work):
    with pytest.raises(InvalidInput, match="No part request") as refused:
        suspend(stage, at_work, SuspendReason.PARTS, note="等保险丝")
    assert refused.value.field == "reason"
    assert not SlaClock.objects.filter(ticket=at_work, state="paused").exists()


@pytest.mark.parametrize("reason", ["customer", "third_party", "force_majeure", "approval"])
def test_rule_05_the_other_reasons_are_told_in_words(stage, at_work, reason):
    with pytest.raises(InvalidInput, match="what you are waiting for") as refused:
        suspend(stage, at_work, reason, note=" ")
    assert refused.value.field == "note"
    waiting = suspend(stage, at_work, reason, note="等待答复")
    resolution = waiting.clocks.leading().get(kind="resolution")
    assert resolution.state == ("running" if reason == "approval" else "paused")


# The next level, a delivery, cycles that add up: through the actions


def test_r210_an_escalation_starts_the_clocks_of_the_next_level(stage, at_work):
    ticket = dispatch.escalate(stage.technician, at_work, 2, "王工", "需要厂家诊断仪")
    clocks = {row.kind: row for row in ticket.clocks.leading().filter(kind__startswith="tier_")}
    assert {kind: (row.state, row.started_at >= at_work.started_at) for kind, row in clocks.items()} == {
        "tier_response": ("running", True),
        "tier_resolution": ("running", True),
    }


def test_r128_a_delivery_asks_for_a_first_follow_up_within_seven_days(stage, at_work):
    handed = clock.now()
    with clock.travel(handed + timedelta(hours=3)):
        ticket = delivery.deliver(stage.technician, at_work, handed, note="维修后的模块")
        row = ticket.clocks.leading().get(kind="delivery_follow_up")
        assert (row.state, row.started_at, row.due_at) == ("running", handed, handed + timedelta(days=7))
        ticket = progress.contact(stage.technician, ticket, channel="phone", summary="使用正常")
    assert ticket.clocks.leading().get(kind="delivery_follow_up").state == "met"


@pytest.mark.parametrize(("hours", "word"), [(1, "future"), (-24 * 30, "before the request")])
def test_r128_a_delivery_lies_between_the_receipt_and_now(stage, at_work, hours, word):
    with pytest.raises(InvalidInput, match=word) as refused:
        delivery.deliver(stage.desk, at_work, clock.now() + timedelta(hours=hours))
    assert refused.value.field == "delivered_at"


@pytest.mark.parametrize("adds_up", [True, False])
def test_rule_07_the_agreement_says_whether_cycles_add_up(stage, adds_up):
    agreement = stage.served.agreement
    agreement.cycles_add_up = adds_up
    agreement.save()
    ticket = stage.register(stage.receive(), agreement=agreement)
    for step in (stage.dispatch, stage.accept, stage.diagnose, stage.start):
        ticket = step(ticket)
    with clock.travel(ticket.received_at + timedelta(hours=24)):
        ticket = stage.confirm(stage.complete(ticket))
    with clock.travel(ticket.received_at + timedelta(days=9)):
        ticket = completion.reopen(stage.desk, ticket, reason="又坏了")
        again = ticket.clocks.leading().get(kind="resolution", cycle=2)
    limit = timedelta(hours=72 - 24 if adds_up else 72)
    assert abs(again.due_at - again.started_at - limit) < timedelta(seconds=5)
    assert again.original_due_at == again.due_at


def test_r212_a_new_plan_after_a_rejection_owes_entries_again(stage):
    ticket = stage.ticket_in(TicketState.REASSESSING)
    assert ticket.clocks.leading().filter(kind="progress_update", state="running").count() == 1
    ticket = diagnosis.diagnose(stage.technician, ticket, finding="x", probable_cause="y", mode="remote", warranty="in")
    ticket = stage.progress(ticket)
    assert ticket.clocks.leading().get(kind="progress_update").state == "met"
