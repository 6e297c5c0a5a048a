"""A new version of a calendar reaches the open tickets under it, and none other (workflow.md, rules 1, 2, 9)."""

from datetime import date

import pytest

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.worktime import actions as worktime
from portal.worktime.models import BRAND
from tests.factories.calendar import day_row, fresh, make_calendar
from tests.factories.sla_policy import advance, draft
from tests.tickets.stages import Stage
from tickets.actions import calendar
from tickets.choices import Category, TicketState
from tickets.choices.sla_policy import PolicyState
from tickets.models import CalendarChange, SlaClock
from tickets.queries.calendar import due_in_unannounced_years, tickets_under

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def stage(db):
    stage = Stage()
    stage.category = Category.COMPLAINT
    return stage


def due_of(ticket):
    return SlaClock.objects.get(ticket=ticket, kind="resolution").due_at


def close(day, code=BRAND):
    worktime.draft(SYSTEM, day_row(day, code=code))
    return calendar.publish(SYSTEM, fresh(code))


def test_a_closing_day_moves_the_open_ones_later_and_leaves_what_is_closed(stage, run_tasks):
    closed = stage.ticket_in(TicketState.CLOSED)
    open_one = stage.ticket_in(TicketState.IN_PROGRESS)
    before = due_of(open_one), due_of(closed)
    version = close(clock.local(before[0]).date())
    assert version.to_settle == 1
    assert due_of(open_one) == before[0]
    run_tasks()
    assert due_of(open_one) > before[0]
    assert due_of(closed) == before[1]
    version.refresh_from_db()
    assert (version.settled, version.moved) == (1, 1)
    assert version.settled_at is not None


def test_rule_2_another_partners_calendar_reaches_nobody_else(stage, run_tasks):
    stage.other.partner.calendar = make_calendar("b")
    stage.other.partner.save()
    mine = stage.ticket_in(TicketState.DISPATCHED)
    before = due_of(mine)
    assert list(tickets_under("b")) == []
    version = close(clock.local(before).date(), code="b")
    run_tasks()
    assert due_of(mine) == before
    version.refresh_from_db()
    assert version.settled == 0


def test_what_a_dead_worker_left_is_taken_up_and_nothing_twice(stage, run_tasks):
    first, second = (stage.ticket_in(TicketState.DISPATCHED) for _ in range(2))
    version = close(clock.local(due_of(first)).date())
    assert calendar._one(version, first.pk)  # then the worker died
    assert not calendar._one(version, first.pk)
    assert calendar.resettle_unfinished() == 1
    run_tasks()
    version.refresh_from_db()
    assert version.settled == 2
    assert due_of(first) == due_of(second)
    assert calendar.resettle_unfinished() == 0


def test_a_partys_tickets_follow_it_though_the_worker_dies_in_the_middle(stage, run_tasks, monkeypatch):
    tickets = [stage.ticket_in(TicketState.DISPATCHED) for _ in range(3)]
    settled, real = [], calendar.settle_ticket

    def dying(ticket, now):
        if len(settled) == 1:
            raise SystemExit("killed")
        settled.append(ticket.pk)
        real(ticket, now)

    change = CalendarChange.objects.create(party="partner", party_pk=stage.side.partner.pk, asked_at=clock.now())
    monkeypatch.setattr(calendar, "settle_ticket", dying)
    with pytest.raises(SystemExit):
        calendar.resettle_party.func(change.pk)
    change.refresh_from_db()
    assert (change.settled, change.settled_at) == (1, None)
    monkeypatch.setattr(calendar, "settle_ticket", lambda ticket, now: settled.append(ticket.pk))
    assert calendar.resettle_unfinished() == 1
    run_tasks()
    change.refresh_from_db()
    assert settled == [ticket.pk for ticket in tickets]
    assert (change.settled, change.settled_at is not None) == (3, True)
    assert not calendar._follow(change, tickets[0].pk)
    assert calendar.resettle_unfinished() == 0


def test_limits_that_fall_into_a_year_not_announced_are_counted(stage):
    with clock.travel(clock.now().replace(year=2026, month=12, day=30)):
        stage.ticket_in(TicketState.DISPATCHED)
    assert due_in_unannounced_years([2027]) >= 1
    assert due_in_unannounced_years([]) == due_in_unannounced_years([2041]) == 0


def test_a_shut_day_that_moves_nothing_recomputes_nothing(stage):
    worktime.draft(SYSTEM, day_row(date(2035, 3, 4)))  # a Sunday
    assert calendar.publish(SYSTEM, fresh(BRAND)).to_settle == 0


@pytest.mark.parametrize("party", ["partner", "outlet", "customer"])
def test_who_names_another_calendar_moves_his_open_tickets_with_it(stage, run_tasks, party):
    version = draft()
    assert version.lines.filter(kind="resolution", category=Category.COMPLAINT).update(calendar=party)
    advance(version, PolicyState.IN_FORCE)
    ticket, closed = stage.ticket_in(TicketState.IN_PROGRESS), stage.ticket_in(TicketState.CLOSED)
    before = due_of(ticket), due_of(closed)
    short = make_calendar("short")
    worktime.draft(SYSTEM, day_row(clock.local(before[0]).date(), code="short"))
    calendar.publish(SYSTEM, fresh("short"))
    run_tasks()
    assert due_of(ticket) == before[0]
    row = getattr(ticket, party)
    row.save()  # the stage's rows have no past to compare with
    row.calendar = short
    row.save()
    assert run_tasks() == 1
    assert due_of(ticket) > before[0]
    assert due_of(closed) == before[1]
    row.save()
    assert run_tasks() == 0
