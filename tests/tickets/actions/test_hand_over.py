"""Hand-over to the successor, and what a standing lets a partner do with tickets (R016, R033, R137)."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from partners.actions.partner import set_standing
from partners.choices import Standing
from partners.queries.outlet import outlets_serving
from portal.accounts.models import User
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from tests import factories as make
from tests.factories.contract import AuthorisationFactory
from tests.tickets.stages import Stage
from tickets.actions import dispatch, hand_over
from tickets.choices import Department, TicketState
from tickets.choices.hand_over import HandOverState
from tickets.models import Customer, HandOver, Ticket, TicketFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.other.outlet.coverage = ["江苏省", "上海市"]
    stage.other.outlet.save()
    return stage


def stands(stage: Stage, standing: str) -> None:
    set_standing(stage.manager, stage.side.partner, standing, "季度考核不合格")
    stage.side.outlet.refresh_from_db()
    stage.side.outlet.partner.refresh_from_db()


def test_a_suspended_partner_is_refused_at_dispatch_with_the_reason(stage):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    stands(stage, Standing.SUSPENDED)
    with pytest.raises(Refused, match=str(Standing.SUSPENDED.label)):
        dispatch.dispatch(stage.desk, ticket, stage.side.outlet, Department.REPAIR)
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.REGISTERED


def test_a_suspended_partner_takes_nothing_but_finishes_what_it_has(stage):
    waiting, running = stage.ticket_in(TicketState.DISPATCHED), stage.ticket_in(TicketState.ACCEPTED)
    stands(stage, Standing.SUSPENDED)
    with pytest.raises(Refused, match=str(Standing.SUSPENDED.label)):
        dispatch.accept(stage.dispatcher, waiting, stage.ann)
    assert stage.diagnose(running).state == TicketState.DIAGNOSED
    assert dispatch.decline(stage.dispatcher, waiting, "已暂停合作").state == TicketState.REGISTERED


def test_a_terminated_partner_reads_no_ticket_and_makes_no_step(stage, client):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    stands(stage, Standing.TERMINATED)
    with pytest.raises(Refused):
        stage.diagnose(ticket)
    for model in (Ticket, TicketFact, Customer):
        assert not model.objects.visible_to(stage.dispatcher).exists()
    client.force_login(stage.side.dispatcher)
    assert client.get(reverse("field:ticket", args=[ticket.number])).status_code == 404
    assert client.get(reverse("field:inbox")).status_code == 200


def test_a_reduced_scope_serves_by_hand_and_only_what_it_is_authorised_for(stage):
    today, tier = clock.today(), "basic"
    serves = lambda **how: stage.side.outlet in outlets_serving("上海市", stage.line.pk, tier, today, **how)  # noqa: E731
    assert serves(automatic=True)
    stands(stage, Standing.SCOPE_REDUCED)
    assert not serves()
    row = AuthorisationFactory(partner=stage.side.partner, product_line=stage.line, region="上海市")
    assert serves()
    assert not serves(automatic=True)
    row.region = "江苏省"
    row.save()
    assert not serves()


def test_authorisations_narrow_a_partner_in_good_standing(stage):
    AuthorisationFactory(partner=stage.side.partner, product_line=make.ProductLineFactory())
    assert stage.side.outlet not in outlets_serving("上海市", stage.line.pk, "basic", clock.today())


def test_r137_all_open_tickets_go_to_the_successor_and_the_first_receiver_stays(stage):
    states = (TicketState.DISPATCHED, TicketState.ACCEPTED, TicketState.SUSPENDED, TicketState.REASSESSING)
    tickets = [stage.ticket_in(state) for state in states]
    done = stage.ticket_in(TicketState.RESOLVED)
    stands(stage, Standing.TERMINATED)
    order = hand_over.order(stage.manager, stage.side.partner, stage.other.partner, "合作终止")
    assert (order.total, DBTaskResult.objects.filter(task_path__contains="carry_out").count()) == (4, 1)
    assert hand_over.carry_out.call(order.pk) == "done"
    assert hand_over.carry_out.call(order.pk) == "nothing to do"
    order.refresh_from_db()
    assert (order.moved, order.left, order.per_cent) == (4, [], 100)
    for ticket in Ticket.objects.filter(pk__in=[row.pk for row in tickets]):
        assert (ticket.partner, ticket.state) == (stage.other.partner, TicketState.DISPATCHED)
        assert entries_for(ticket).last().verb == "transfer"
        assert ticket.first_partner in (stage.side.partner, None)
    assert Ticket.objects.get(pk=tickets[1].pk).first_partner == stage.side.partner
    assert Ticket.objects.get(pk=done.pk).partner == stage.side.partner


def test_what_no_outlet_of_the_successor_serves_stays_with_the_reason(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    stage.other.outlet.coverage = ["江苏省"]
    stage.other.outlet.save()
    order = hand_over.order(stage.manager, stage.side.partner, stage.other.partner, "合作终止")
    hand_over.carry_out.call(order.pk)
    order.refresh_from_db()
    assert (order.moved, order.left[0]["number"]) == (0, ticket.number)


def test_who_orders_and_to_whom(stage):
    partner, other = stage.side.partner, stage.other.partner
    with pytest.raises(Refused):
        hand_over.order(stage.desk, partner, other, "x")
    with pytest.raises(InvalidInput):
        hand_over.order(stage.manager, partner, partner, "x")
    set_standing(stage.manager, other, Standing.SUSPENDED, "x")
    other.refresh_from_db()
    with pytest.raises(InvalidInput) as refused:
        hand_over.order(stage.manager, partner, other, "x")
    assert refused.value.field == "successor"


def test_a_hand_over_of_a_dead_worker_is_taken_up_again(stage):
    with clock.travel(clock.now() - hand_over.STUCK_AFTER * 2):
        hand_over.order(stage.manager, stage.side.partner, stage.other.partner, "x")
    assert hand_over.take_up_stuck() == 1
    assert hand_over.take_up_stuck() == 0


def test_the_order_in_the_admin(stage, client):
    stage.ticket_in(TicketState.ACCEPTED)
    client.force_login(User.objects.get(pk=stage.manager.user_id))
    page = reverse("admin:tickets_handover_add")
    assert client.get(page).status_code == 200
    assert client.post(page, {"partner": stage.side.partner.pk, "reason": "合作终止"}).status_code == 400
    values = {"partner": stage.side.partner.pk, "successor": stage.other.partner.pk, "reason": "合作终止"}
    assert client.post(page, values).status_code == 302
    row = HandOver.objects.get()
    assert client.get(reverse("admin:tickets_handover_changelist")).status_code == 200
    assert client.get(reverse("admin:tickets_handover_change", args=[row.pk])).status_code == 200
    client.force_login(User.objects.get(pk=stage.desk.user_id))
    assert client.get(page).status_code == 403


def test_r137_termination_hands_the_open_tickets_over_at_once(stage, run_tasks):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    set_standing(stage.manager, stage.side.partner, Standing.TERMINATED, "合同终止", stage.other.partner)
    run_tasks()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner) == (TicketState.DISPATCHED, stage.other.partner)
    assert HandOver.objects.get().reason == "合同终止"


def test_a_suspension_and_an_end_without_successor_or_tickets_order_nothing(stage):
    stage.ticket_in(TicketState.ACCEPTED)
    set_standing(stage.manager, stage.side.partner, Standing.SUSPENDED, "暂停", stage.other.partner)
    set_standing(stage.manager, stage.other.partner, Standing.TERMINATED, "合同终止", stage.side.partner)
    assert not HandOver.objects.exists()


def test_an_end_without_a_successor_leaves_the_tickets_where_they_are(stage):
    stage.ticket_in(TicketState.ACCEPTED)
    set_standing(stage.manager, stage.side.partner, Standing.TERMINATED, "合同终止")
    assert not HandOver.objects.exists()


def test_a_successor_who_gets_nothing_does_not_hold_the_termination_up(stage):
    stage.ticket_in(TicketState.ACCEPTED)
    set_standing(stage.manager, stage.other.partner, Standing.SUSPENDED, "暂停")
    row = set_standing(stage.manager, stage.side.partner, Standing.TERMINATED, "合同终止", stage.other.partner)
    assert row.standing == Standing.TERMINATED
    assert not HandOver.objects.exists()
    assert entries_for(row).last().verb == "hand_over_not_ordered"


def test_a_second_worker_does_not_bring_back_what_is_done(stage, run_tasks):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    row = hand_over.order(stage.manager, stage.side.partner, stage.other.partner, "交接")
    late = HandOver.objects.get(pk=row.pk)
    run_tasks()
    assert not hand_over._keep(late)
    assert HandOver.objects.get(pk=row.pk).state == HandOverState.DONE
    assert Ticket.objects.get(pk=ticket.pk).partner == stage.other.partner
