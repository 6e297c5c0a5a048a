"""The preliminary analysis, and the plan told to the customer (R025, R026, R189, R210)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from tests.tickets.actions.traces import traces
from tickets.actions import diagnosis
from tickets.choices import ClockState, ServiceMode, TicketState, WarrantyStatus
from tickets.models import Diagnosis, ServicePlan

pytestmark = pytest.mark.usefixtures("english")


def start(stage, ticket, **values):
    said = {"solution": "更换保险丝", "duration_hours": Decimal("1.5"), **values}
    return diagnosis.start(stage.technician, ticket, **said)


def diagnosed(stage, mode=ServiceMode.REMOTE, warranty=WarrantyStatus.IN):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    return diagnosis.diagnose(
        stage.technician, ticket, finding="模块不通电", probable_cause="保险丝熔断", mode=mode, warranty=warranty
    )


def test_r025_the_report_is_signed_and_stays(stage):
    report = Diagnosis.objects.get(ticket=diagnosed(stage))
    assert (report.finding, report.author, report.created_by_id) == (
        "模块不通电",
        stage.technician.label,
        stage.technician.user_id,
    )


def test_r210_beyond_our_ability_starts_the_clock_of_escalation(stage):
    assert not diagnosed(stage).clocks.filter(kind="escalation").exists()
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    ticket = diagnosis.diagnose(
        stage.technician, ticket, finding="x", probable_cause="y", mode="remote", warranty="in", beyond_capability=True
    )
    assert ticket.clocks.leading().get(kind="escalation").state == ClockState.RUNNING


def test_a_colleague_does_not_diagnose(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    with pytest.raises(Refused, match="Only the responsible person"):
        diagnosis.diagnose(stage.dispatcher, ticket, finding="x", probable_cause="y", mode="remote", warranty="in")


@pytest.mark.parametrize(
    ("mode", "warranty", "field", "reason"),
    [
        (ServiceMode.ON_SITE, WarrantyStatus.IN, "appointment_at", "needs an appointment"),
        (ServiceMode.REMOTE, WarrantyStatus.OUT, "price", "told the price"),
    ],
)
def test_r026_r189_the_customer_knows_when_and_what_it_costs(stage, mode, warranty, field, reason):
    ticket = diagnosed(stage, mode, warranty)
    before = traces(ticket)
    with pytest.raises(InvalidInput, match=reason) as refused:
        start(stage, ticket)
    assert refused.value.field == field
    assert traces(ticket) == before


def test_a_price_of_nothing_is_a_price(stage):
    ticket = start(stage, diagnosed(stage, warranty=WarrantyStatus.OUT), price=Decimal(0))
    assert ServicePlan.objects.get(ticket=ticket).price == 0


def test_r121_the_expected_end_counts_from_the_appointment_or_from_now(stage):
    now = clock.now()
    with clock.travel(now):
        remote = start(stage, diagnosed(stage))
        on_site = start(stage, diagnosed(stage, ServiceMode.ON_SITE), appointment_at=now + timedelta(days=1))
    assert remote.expected_at == now + timedelta(hours=1.5)
    assert on_site.expected_at == now + timedelta(days=1, hours=1.5)


def test_r217_a_new_plan_keeps_the_first_beginning(stage):
    ticket = stage.ticket_in(TicketState.REASSESSING)
    began = ticket.started_at
    with clock.travel(clock.now() + timedelta(hours=5)):
        ticket = start(stage, stage.diagnose(ticket))
    assert ticket.started_at == began
    assert ticket.clocks.leading().get(kind="reassessment").state == ClockState.MET
