"""Clocks and facts follow from the journal, however often and late they are computed (rule 1)."""

from datetime import timedelta

from portal.kernel import clock
from tickets.actions import intake
from tickets.actions.settle import clocks_of, settle_ticket
from tickets.choices import Category, ClockKind, ClockState, TicketState, Urgency
from tickets.models import SlaClock


def rows(ticket):
    return list(SlaClock.objects.filter(ticket=ticket).order_by("kind", "cycle").values())


def test_settling_again_changes_nothing(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    before = rows(ticket)
    settle_ticket(ticket, clock.now())
    assert rows(ticket) == before


def test_a_late_job_stores_what_a_punctual_one_would_have(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    settle_ticket(ticket, clock.now() + timedelta(days=30))
    response = SlaClock.objects.leading().get(ticket=ticket, kind=ClockKind.RESPONSE)
    assert (response.state, response.stopped_at) == (ClockState.BREACHED, None)
    assert response.due_at == ticket.received_at + timedelta(hours=2)


def test_the_overdue_clock_stays_what_is_due_next(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    punctual = (ticket.next_due_at, ticket.next_due_kind)
    settle_ticket(ticket, clock.now() + timedelta(days=30))
    assert (ticket.next_due_at, ticket.next_due_kind) == punctual


def test_a_clock_that_no_longer_applies_becomes_void_and_stays_on_record(stage):
    ticket = intake.reclassify(
        stage.desk, stage.ticket_in(TicketState.REGISTERED), Category.EMERGENCY, Urgency.CRITICAL, "停产"
    )
    ticket = intake.reclassify(stage.desk, ticket, Category.FAULT, Urgency.NORMAL, "已恢复")
    assert SlaClock.objects.leading().get(ticket=ticket, kind=ClockKind.EMERGENCY_CALL).state == ClockState.VOID


def test_a_row_that_the_journal_does_not_know_goes(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    stray = SlaClock.objects.filter(ticket=ticket).first()
    stray.pk, stray.cycle = None, 9
    stray.save()
    settle_ticket(ticket, clock.now())
    assert not SlaClock.objects.filter(ticket=ticket, cycle=9).exists()


def test_what_is_shown_is_what_is_stored(stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    shown = {(result.kind, result.cycle, result.rule): result.due_at for result in clocks_of(ticket)}
    assert shown == {(row["kind"], row["cycle"], row["rule"]): row["due_at"] for row in rows(ticket)}
