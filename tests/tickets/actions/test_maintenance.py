"""Visits fall due and become tickets once; results stand on the equipment; figures do not see them (R191)."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.factories.maintenance import PlanFactory
from tests.tickets.stages import Stage
from tickets.actions import maintenance
from tickets.choices import Category, Channel, TicketState
from tickets.choices.maintenance import VisitState
from tickets.models import MaintenancePlan, MaintenanceVisit, SlaClock, Ticket, TicketFact

pytestmark = pytest.mark.django_db


def on(day: date):
    return clock.travel(datetime(day.year, day.month, day.day, 9, tzinfo=clock.LOCAL))


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def plan(stage) -> MaintenancePlan:
    return PlanFactory(equipment=stage.served.equipment, outlet=stage.side.outlet)


def test_r191_a_visit_becomes_a_ticket_once_when_its_lead_time_has_come(stage, plan):
    with on(date(2026, 3, 16)):
        assert maintenance.turn_over() == {"laid_out": 2, "opened": 0}
    with on(date(2026, 3, 17)):
        assert maintenance.turn_over()["opened"] == 1
        assert maintenance.turn_over() == {"laid_out": 0, "opened": 0}
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.category, ticket.state) == (
        Channel.MAINTENANCE, Category.MAINTENANCE, TicketState.DISPATCHED,
    )  # fmt: skip
    assert (ticket.equipment, ticket.outlet) == (stage.served.equipment, stage.side.outlet)
    visit = MaintenanceVisit.objects.get(ticket=ticket)
    assert (visit.state, visit.due_on) == (VisitState.TICKETED, date(2026, 3, 31))
    resolution = SlaClock.objects.get(ticket=ticket, kind="resolution")
    assert clock.local(resolution.due_at).date() == date(2026, 3, 31)
    assert not SlaClock.objects.filter(ticket=ticket, kind="response").exists()


def test_two_schedules_that_hold_the_same_visit_open_one_ticket(plan):
    with on(date(2026, 3, 20)):
        maintenance.lay_out(plan, clock.today())
        first, second = MaintenanceVisit.objects.first(), MaintenanceVisit.objects.first()
        assert (maintenance.open_visit(first, clock.today()), maintenance.open_visit(second, clock.today())) == (
            True, False,
        )  # fmt: skip
    assert Ticket.objects.count() == 1


def test_it_does_not_count_among_the_figures(plan):
    with on(date(2026, 3, 20)):
        maintenance.turn_over()
    assert TicketFact.objects.get().counted is False


def test_the_result_stands_on_the_equipment_and_a_rejection_takes_it_back(stage, plan):
    with on(date(2026, 3, 30)):
        maintenance.turn_over()
        ticket = stage.complete(stage.start(stage.diagnose(stage.accept(Ticket.objects.get()))))
        visit = MaintenanceVisit.objects.get(ticket=ticket)
        assert (visit.state, visit.done_on) == (VisitState.DONE, date(2026, 3, 30))
        verbs = [entry.verb for entry in entries_for(stage.served.equipment)]
        assert verbs == ["visit_opened", "visit_inspected"]
        stage.reject(ticket)
    visit.refresh_from_db()
    assert visit.state == VisitState.TICKETED


def test_a_customer_without_contact_is_an_obstacle_that_shows(plan, stage):
    stage.served.customer.contacts.all().delete()
    with on(date(2026, 4, 2)):
        assert maintenance.turn_over()["opened"] == 0
        visit = MaintenanceVisit.objects.first()
        assert visit.obstacle
        assert visit.overdue


def test_a_changed_plan_lays_out_anew_and_a_stopped_one_nothing(plan, stage):
    with on(date(2026, 3, 1)):
        maintenance.save_plan(stage.desk, plan)
        plan.months = 3
        maintenance.save_plan(stage.desk, plan)
        days = [visit.due_on for visit in plan.visits.all()]
        assert days == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]
        plan.active = False
        maintenance.save_plan(stage.desk, plan)
    assert not plan.visits.exists()
    with pytest.raises(Refused):
        maintenance.save_plan(stage.dispatcher, plan)


def test_a_visit_is_called_off_with_a_reason(plan, stage):
    with on(date(2026, 3, 1)):
        maintenance.lay_out(plan, clock.today())
        visit = plan.visits.first()
        with pytest.raises(InvalidInput):
            maintenance.call_off(stage.desk, visit, " ")
        maintenance.call_off(stage.desk, visit, "设备停用")
        with pytest.raises(Conflict):
            maintenance.call_off(stage.desk, visit, "设备停用")


def test_calendar_and_equipment_show_it(client, stage, plan):
    with on(date(2026, 3, 20)):
        maintenance.turn_over()
    client.force_login(User.objects.get(pk=stage.desk.user_id))
    number = Ticket.objects.get().number
    calendar = client.get(reverse("admin:tickets_maintenancevisit_changelist"))
    assert number in calendar.content.decode()
    assert client.get(reverse("admin:tickets_maintenancevisit_changelist"), {"due": "overdue"}).status_code == 200
    for model, row in (("maintenanceplan", plan), ("maintenancevisit", plan.visits.first())):
        assert client.get(reverse(f"admin:tickets_{model}_change", args=[row.pk])).status_code == 200
    page = client.get(reverse("admin:tickets_equipment_change", args=[plan.equipment.pk])).content.decode()
    assert number in page
