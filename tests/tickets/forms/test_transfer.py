"""Transfer within the partner, escalation upwards (R137, R210)."""

import pytest

from tests import factories as make
from tests.tickets.stages import Stage
from tickets.actions import dispatch
from tickets.choices import TicketState
from tickets.forms.steps import STEP_FORMS
from tickets.forms.transfer import EscalateForm, TransferForm
from tickets.views.field.steps import FIELD_STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


def offered(form):
    return {choice.outlet.code for choice in form.candidates}


def test_a_partner_transfers_among_his_own(stage):
    make.OutletFactory(partner=stage.side.partner, code="W-A2", lines=[stage.line])
    foreign = make.OutletFactory(partner=stage.other.partner, code="W-B2", lines=[stage.line], region="上海市")
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    assert offered(TransferForm(actor=stage.dispatcher, ticket=ticket)) == {"W-A", "W-A2"}
    assert offered(TransferForm(actor=stage.desk, ticket=ticket)) == {"W-A", "W-A2", "W-B2"}
    data = {"outlet": foreign.pk, "reason": "x"}
    assert "outlet" in TransferForm(data, actor=stage.dispatcher, ticket=ticket).errors


def test_a_full_outlet_is_refused_with_the_reason(stage):
    full = make.OutletFactory(partner=stage.side.partner, code="W-A2", lines=[stage.line], capacity=0)
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    form = TransferForm({"outlet": full.pk, "reason": "x"}, actor=stage.dispatcher, ticket=ticket)
    assert "0" in str(form.errors["outlet"])


def test_levels_above_the_present_one_are_offered(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    form = EscalateForm(actor=stage.technician, ticket=ticket)
    assert [level for level, _ in form.fields["level"].choices] == [2, 3]
    ticket = dispatch.escalate(stage.technician, ticket, 3, "王工", "x")
    assert EscalateForm(actor=stage.technician, ticket=ticket).fields["level"].choices == []


def test_every_step_of_the_partner_has_its_form():
    assert set(FIELD_STEPS) <= set(STEP_FORMS)
