"""Clocks again from the journal: the comparison sees what was changed past the journal, the other puts it right."""

from datetime import timedelta

from portal.kernel import clock
from tests.tickets.actions.traces import traces
from tickets.actions.recompute import recompute
from tickets.choices import TicketState
from tickets.models import SlaClock, Ticket, TicketFact


def test_what_the_actions_wrote_is_what_the_journal_says_however_late_it_is_asked(stage):
    for state in (TicketState.ACCEPTED, TicketState.SUSPENDED, TicketState.CLOSED, TicketState.CANCELLED):
        stage.ticket_in(state)
    assert recompute(check=True).differences == []
    with clock.travel(clock.now() + timedelta(days=40)):
        report = recompute(check=True)
    assert (report.tickets, report.differences) == (4, [])
    assert report.clocks == SlaClock.objects.count()


def test_the_comparison_names_each_value_and_changes_nothing(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    row = ticket.clocks.leading().get(kind="response")
    SlaClock.objects.filter(pk=row.pk).update(state="met", due_at=row.due_at + timedelta(hours=1))
    ticket.clocks.leading().get(kind="resolution").delete()
    SlaClock.objects.create(ticket=ticket, kind="arrival", rule="x", started_at=row.started_at, due_at=row.due_at,
                            original_due_at=row.due_at, state="met", as_of=row.as_of)  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(next_due_kind="arrival")
    TicketFact.objects.filter(pk=ticket.pk).update(dispatches=9)
    before = traces(ticket)
    found = {(each.clock.split(".")[0], each.column) for each in recompute(check=True).differences}
    assert found == {
        ("response", "state"),
        ("response", "due_at"),
        ("resolution", ""),
        ("arrival", ""),
        ("", "next_due_at"),
        ("fact", "dispatches"),
    }
    assert traces(ticket) == before
    report = recompute()
    assert report.wrong_tickets == 1
    assert recompute(check=True).differences == []
    assert not SlaClock.objects.filter(rule="x").exists()


def test_the_fact_row_that_is_missing_is_made(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    TicketFact.objects.filter(pk=ticket.pk).delete()
    assert [each.clock for each in recompute().differences] == ["fact"]
    assert TicketFact.objects.filter(pk=ticket.pk).exists()


def test_time_alone_brings_new_days_and_they_are_written(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    with clock.travel(clock.now() + timedelta(days=2)):
        recompute(Ticket.objects.filter(pk=ticket.pk))
        days = ticket.clocks.filter(kind="progress_update").order_by("cycle")
        assert [row.state for row in days] == ["breached", "breached", "running"]
        assert recompute(check=True).differences == []
