"""What waits too long is dispatched by the portal (R203; workflow `dispatch`, "service desk, or automatic")."""

from datetime import timedelta

import pytest

from partners.actions.partner import set_standing
from partners.choices import Standing
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict
from tickets.actions import auto_dispatch, dispatch
from tickets.choices import Category, Department, TicketState
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def _after_ten_minutes(settings):
    settings.AUTO_DISPATCH_MINUTES = 10


def later(minutes: int = 10) -> int:
    with clock.travel(clock.now() + timedelta(minutes=minutes)):
        return auto_dispatch.dispatch_waiting()


def test_it_goes_to_the_outlet_with_the_lightest_load(stage):
    stage.other.outlet.coverage = ["江苏省", "上海市"]
    stage.other.outlet.save()
    stage.ticket_in(TicketState.DISPATCHED)
    ticket = stage.ticket_in(TicketState.REGISTERED)
    assert later() == 1
    ticket.refresh_from_db()
    assert (ticket.state, ticket.outlet, ticket.department) == (
        TicketState.DISPATCHED,
        stage.other.outlet,
        Department.REPAIR,
    )
    entry = entries_for(ticket).last()
    assert "0" in entry.facts["note"]
    assert entry.actor_label == auto_dispatch.PORTAL.label
    assert later() == 0


def test_not_before_its_time_and_not_where_the_desk_does_all(stage, settings):
    stage.ticket_in(TicketState.REGISTERED)
    assert later(9) == 0
    settings.AUTO_DISPATCH_MINUTES = None
    assert later(600) == 0


@pytest.mark.parametrize("category", [Category.CONSULTATION, Category.EMERGENCY])
def test_the_department_follows_the_class(stage, category):
    stage.category = category
    ticket = stage.ticket_in(TicketState.REGISTERED)
    assert later() == 1
    ticket.refresh_from_db()
    assert ticket.department == auto_dispatch.DEPARTMENT_OF[category]


def test_a_complaint_and_what_was_given_back_wait_for_the_desk(stage):
    given_back = stage.ticket_in(TicketState.DISPATCHED)
    dispatch.decline(stage.dispatcher, given_back, "无备件")
    stage.category = Category.COMPLAINT
    complaint = stage.ticket_in(TicketState.REGISTERED)
    assert later() == 0
    assert not auto_dispatch.dispatch_by_itself(complaint)
    assert set(Ticket.objects.values_list("state", flat=True)) == {TicketState.REGISTERED}


def test_r033_a_machine_does_not_choose_a_partner_of_reduced_scope(stage):
    stage.ticket_in(TicketState.REGISTERED)
    set_standing(stage.manager, stage.side.partner, Standing.SCOPE_REDUCED, "季度考核不合格")
    assert later() == 0


def test_a_full_outlet_leaves_it_with_the_desk(stage):
    stage.side.outlet.capacity = 0
    stage.side.outlet.save()
    stage.ticket_in(TicketState.REGISTERED)
    assert later() == 0


def test_the_desk_is_quicker_and_the_next_ticket_still_goes(stage, monkeypatch):
    first, second = stage.ticket_in(TicketState.REGISTERED), stage.ticket_in(TicketState.REGISTERED)

    def taken(actor, ticket, *args, **corridor):
        if ticket.pk == first.pk:
            raise Conflict("somebody was quicker")
        return dispatch.dispatch(actor, ticket, *args, **corridor)

    monkeypatch.setattr(auto_dispatch, "dispatch", taken)
    assert later() == 1
    second.refresh_from_db()
    assert second.state == TicketState.DISPATCHED


def test_whatever_one_ticket_does_the_next_still_goes(stage, monkeypatch):
    first, second = stage.ticket_in(TicketState.REGISTERED), stage.ticket_in(TicketState.REGISTERED)
    whole = auto_dispatch.outlet_choices

    def sick(ticket, **how):
        if ticket.pk == first.pk:
            raise ZeroDivisionError
        return whole(ticket, **how)

    monkeypatch.setattr(auto_dispatch, "outlet_choices", sick)
    assert later() == 1
    second.refresh_from_db()
    assert second.state == TicketState.DISPATCHED
