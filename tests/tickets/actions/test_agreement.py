"""Agreements and contracts set limits for tickets of their day; an amendment moves no running one (R031, R049)."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from partners.actions import contract_day, contract_version
from partners.choices.contract import LevelCategory, LevelKind, LevelUnit
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.factories.agreement import AgreementLineFactory, AgreementVersionFactory
from tests.factories.contract import ClauseFactory, PenaltyFactory, RebateFactory, VersionFactory
from tests.tickets.stages import Stage
from tickets.actions import agreement
from tickets.choices import Category, ClockKind, TicketState
from tickets.choices.agreement import AgreementState
from tickets.models import AgreementVersion, ServiceAgreement, SlaClock
from tickets.rules.sla_policy import UNITS

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 10)
LAWYER = Actor(role=Role.LEGAL, label="Lena")


def noon(day: date):
    return clock.travel(datetime(day.year, day.month, day.day, 12, tzinfo=clock.LOCAL))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def hours(ticket, kind: str = "resolution") -> tuple[float, str]:
    row = SlaClock.objects.leading().get(ticket=ticket, kind=kind)
    return (row.due_at - row.started_at) / timedelta(hours=1), row.clause


def test_the_words_of_contracts_are_those_of_the_clocks():
    assert set(LevelKind.values) <= set(ClockKind.values)
    assert set(LevelCategory.values) <= set(Category.values)
    assert set(LevelUnit.values) == set(UNITS)


def test_r049_a_running_ticket_keeps_its_clause_and_a_new_one_gets_the_new(stage):
    contract = stage.side.partner.contracts.get()
    first = VersionFactory(contract=contract)
    for factory, number in ((ClauseFactory, "5.1"), (PenaltyFactory, "6.1"), (RebateFactory, "7.1")):
        factory(version=first, number=number)
    with noon(DAY):
        running = stage.ticket_in(TicketState.ACCEPTED)
        assert hours(running) == (48, "HT-A · v1 §5.1")
        version = contract_version.write(
            stage.manager, contract, valid_from=DAY + timedelta(days=1), valid_until=date(2030, 1, 1), reason="提高"
        )
        version.clauses.filter(number="5.1").update(limit=24)
        contract_version.send_to_legal(stage.manager, version)
        contract_version.clear(LAWYER, version, "合规")
        contract_version.sign(stage.manager, version, signed_on=DAY, signed_at="上海", scan=None)
        assert hours(stage.ticket_in(TicketState.ACCEPTED)) == (48, "HT-A · v1 §5.1")
    with noon(DAY + timedelta(days=1)):
        assert contract_day.turn_over()["begun"] == 1
        fresh = stage.ticket_in(TicketState.ACCEPTED)
        assert hours(fresh) == (24, "HT-A · v2 §5.1")
        stage.diagnose(running)
        assert hours(running) == (48, "HT-A · v1 §5.1")


def test_the_agreement_speaks_before_the_standard_and_the_stricter_paper_holds(stage):
    version = AgreementVersionFactory(agreement=stage.served.agreement)
    AgreementLineFactory(version=version, number="3.1")
    with noon(DAY):
        ticket = stage.ticket_in(TicketState.REGISTERED)
        if ticket.agreement is None:
            ticket.agreement = stage.served.agreement
            ticket.save()
        ClauseFactory(version=VersionFactory(contract=stage.side.partner.contracts.get()), number="5.1", limit=30)
        stage.dispatch(ticket)
    assert hours(ticket) == (30, "HT-A · v1 §5.1")


@pytest.fixture
def row(stage) -> ServiceAgreement:
    return stage.served.agreement


def signed(stage, row, first_day: date, **terms) -> AgreementVersion:
    version = agreement.write(stage.desk, row, valid_from=first_day, reason="续约")
    for name, value in terms.items():
        setattr(version, name, value)
    version.save()
    return agreement.sign(stage.desk, version, signed_on=clock.today(), signed_at="上海")


def test_a_first_version_takes_the_customer_as_party_and_begins_at_once(stage, row):
    with noon(DAY):
        version = signed(stage, row, DAY, tier="advanced", cycles_add_up=True)
    row.refresh_from_db()
    assert (row.tier, row.cycles_add_up, row.signed_at) == ("advanced", True, "上海")
    assert version.parties.get().name == row.customer.name
    assert [entry.verb for entry in entries_for(row)] == [
        "agreement_drafted", "agreement_signed", "agreement_version_begun",
    ]  # fmt: skip


def test_an_amendment_begins_on_its_day_once(stage, row):
    with noon(DAY):
        signed(stage, row, DAY)
        with pytest.raises(InvalidInput):
            signed(stage, row, DAY)
        agreement.withdraw(stage.desk, AgreementVersion.objects.get(state=AgreementState.DRAFT), "改期")
        signed(stage, row, DAY + timedelta(days=3), tier="customised")
        assert agreement.turn_over() == 0
    with noon(DAY + timedelta(days=3)):
        assert (agreement.turn_over(), agreement.turn_over()) == (1, 0)
    row.refresh_from_db()
    assert row.tier == "customised"


def test_refusals(stage, row):
    with pytest.raises(Refused):
        agreement.write(stage.dispatcher, row, valid_from=DAY)
    version = agreement.write(stage.desk, row, valid_from=DAY)
    with pytest.raises(Conflict):
        agreement.write(stage.desk, row, valid_from=DAY)
    agreement.withdraw(stage.desk, version, "不用了")
    with pytest.raises(Conflict):
        agreement.sign(stage.desk, version, signed_on=DAY, signed_at="上海")


def test_its_pages(client, stage, row):
    client.force_login(User.objects.get(pk=stage.desk.user_id))
    deed = reverse("admin:tickets_serviceagreement_deed", args=[row.pk, "version"])
    assert client.get(deed).status_code == 200
    assert client.post(deed, {"valid_from": "2026-06-10"}).status_code == 302
    version = AgreementVersion.objects.get()
    assert client.get(reverse("admin:tickets_agreementversion_change", args=[version.pk])).status_code == 200
    assert client.get(reverse("admin:tickets_agreementversion_changelist")).status_code == 200
    page = client.get(reverse("admin:tickets_serviceagreement_change", args=[row.pk])).content.decode()
    assert reverse("admin:tickets_agreementversion_change", args=[version.pk]) in page
