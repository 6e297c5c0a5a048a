"""A contract's way: draft, legal review, signed, in force, amended, renewed, run out (R031, R037, R038, R186)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.actions import contract as contracts
from partners.actions import contract_day, contract_version
from partners.choices import ContractState
from partners.choices.contract import VersionKind, VersionState
from partners.models import ContractVersion, PartnerContract
from partners.queries.contract import clause_in_force, service_levels, version_on
from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories.contract import ClauseFactory, PenaltyFactory, PlainClauseFactory, RebateFactory, VersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 10)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.LOCAL)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("合同.pdf", PDF, "application/pdf")


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.travel(noon(DAY)):
        yield


@pytest.fixture
def draft(partner_a, brand_manager) -> ContractVersion:
    row = make.ContractFactory(partner=partner_a, number="HT-NEW", state=ContractState.DRAFT, valid_from=DAY)
    version = contract_version.write(actor(brand_manager), row)
    for factory, number in ((ClauseFactory, "5.1"), (PenaltyFactory, "6.1"), (RebateFactory, "7.1")):
        factory(version=version, number=number)
    return version


def signed(version, manager, lawyer):
    contract_version.send_to_legal(actor(manager), version)
    contract_version.clear(actor(lawyer), version, "条款合规。")
    return contract_version.sign(actor(manager), version, signed_on=clock.today(), signed_at="上海", scan=paper())


def test_r038_the_whole_way_into_force(draft, brand_manager, legal):
    version = signed(draft, brand_manager, legal)
    contract = contracts.put_in_force(actor(brand_manager), version.contract)
    assert (contract.state, contract.signed_at) == (ContractState.IN_FORCE, "上海")
    assert ContractVersion.objects.get().state == VersionState.IN_FORCE
    assert Attachment.objects.filter(subject=subject_of(version)).count() == 1
    assert [entry.verb for entry in entries_for(contract)] == [
        "contract_drafted", "contract_to_legal", "contract_cleared", "contract_signed", "contract_begun",
    ]  # fmt: skip
    assert Notice.objects.filter(type="contract.to_legal", user=legal).exists()
    assert Notice.objects.filter(type="contract.reviewed", user=brand_manager).exists()
    assert clause_in_force(contract, "5.1", DAY).limit == 48


def test_unsigned_it_does_not_come_into_force(draft, brand_manager):
    with pytest.raises(Conflict):
        contracts.put_in_force(actor(brand_manager), draft.contract)


def test_r031_what_an_agreement_owes_is_asked_before_review(partner_a, brand_manager):
    row = make.ContractFactory(partner=partner_a, number="HT-NEW", state=ContractState.DRAFT)
    version = contract_version.write(actor(brand_manager), row)
    PlainClauseFactory(version=version)
    with pytest.raises(InvalidInput) as refused:
        contract_version.send_to_legal(actor(brand_manager), version)
    assert refused.value.field == "clauses"


def test_r038_the_brand_manager_clears_nothing_and_legal_signs_nothing(draft, brand_manager, legal):
    contract_version.send_to_legal(actor(brand_manager), draft)
    with pytest.raises(Refused):
        contract_version.clear(actor(brand_manager), draft, "好")
    with pytest.raises(InvalidInput):
        contract_version.clear(actor(legal), draft, " ")
    contract_version.send_back(actor(legal), draft, "违约金上限过低。")
    assert ContractVersion.objects.get().state == VersionState.DRAFT
    with pytest.raises(Refused):
        contract_version.withdraw(actor(legal), draft, "不行")
    with pytest.raises(Conflict):
        contract_version.clear(actor(legal), draft, "晚了")


def amended(contract: PartnerContract, manager, lawyer, first_day: date, hours: int = 24) -> ContractVersion:
    version = contract_version.write(
        actor(manager), contract, valid_from=first_day, valid_until=contract.valid_until, reason="提高要求"
    )
    clause = version.clauses.get(number="5.1")
    clause.limit = hours
    clause.save()
    return signed(version, manager, lawyer)


@pytest.fixture
def running(partner_a) -> PartnerContract:
    contract = partner_a.contracts.get()
    version = VersionFactory(contract=contract)
    for factory, number in ((ClauseFactory, "5.1"), (PenaltyFactory, "6.1"), (RebateFactory, "7.1")):
        factory(version=version, number=number)
    return contract


def test_r049_an_amendment_holds_from_its_day_and_the_old_words_stay(running, brand_manager, legal):
    later = DAY + timedelta(days=5)
    amended(running, brand_manager, legal, later)
    assert clause_in_force(running, "5.1", later - timedelta(days=1)).limit == 48
    assert clause_in_force(running, "5.1", later).limit == 24
    assert clause_in_force(running, "9.9", later) is None
    assert [clause.limit for clause in service_levels(running.partner_id, later)] == [24]
    assert contract_day.turn_over()["begun"] == 0
    with clock.travel(noon(later)):
        assert contract_day.turn_over()["begun"] == 1
        assert contract_day.turn_over()["begun"] == 0
    assert list(running.versions.order_by("number").values_list("state", flat=True)) == ["superseded", "in_force"]
    assert clause_in_force(running, "5.1", DAY).limit == 48


def test_an_amendment_for_today_is_refused(running, brand_manager, legal):
    with pytest.raises(InvalidInput) as refused:
        amended(running, brand_manager, legal, DAY)
    assert refused.value.field == "signed_on"


def test_one_amendment_at_a_time_and_with_a_reason(running, brand_manager):
    with pytest.raises(InvalidInput):
        contract_version.write(actor(brand_manager), running, valid_from=DAY)
    contract_version.write(actor(brand_manager), running, valid_from=DAY, reason="改")
    with pytest.raises(Conflict):
        contract_version.write(actor(brand_manager), running, valid_from=DAY, reason="再改")


def test_a_terminated_contract_says_nothing_any_more(running, brand_manager):
    contracts.terminate(actor(brand_manager), running, "两季度不达标")
    assert version_on(running, DAY) is not None
    running.refresh_from_db()
    assert version_on(running, DAY + timedelta(days=1)) is None


def test_a_renewal_carries_the_contract_on(running, brand_manager, legal):
    PartnerContract.objects.filter(pk=running.pk).update(valid_until=DAY + timedelta(days=3))
    running.versions.update(valid_until=DAY + timedelta(days=3))
    running.refresh_from_db()
    version = contract_version.write(
        actor(brand_manager), running, kind=VersionKind.RENEWAL, reason="续约",
        valid_from=DAY + timedelta(days=4), valid_until=DAY + timedelta(days=400),
    )  # fmt: skip
    signed(version, brand_manager, legal)
    assert contract_day.turn_over() == {"begun": 0, "expired": 0, "warned": 0}
    with clock.travel(noon(DAY + timedelta(days=4))):
        assert contract_day.turn_over() == {"begun": 1, "expired": 0, "warned": 0}
    running.refresh_from_db()
    assert (running.state, running.valid_until) == (ContractState.IN_FORCE, DAY + timedelta(days=400))


def test_the_end_is_announced_once_each_and_then_it_runs_out(partner_a, brand_manager, manager_a):
    contract = partner_a.contracts.get()
    PartnerContract.objects.filter(pk=contract.pk).update(valid_until=DAY + timedelta(days=90))
    told = Notice.objects.filter(type="contract.ends")
    for days, count in ((0, 2), (1, 2), (59, 2), (60, 4), (61, 4), (83, 6), (84, 6), (90, 6)):
        with clock.travel(noon(DAY + timedelta(days=days))):
            contract_day.turn_over()
            contract_day.turn_over()
        assert told.count() == count, days
    assert {notice.user for notice in told} == {brand_manager, manager_a}
    with clock.travel(noon(DAY + timedelta(days=91))):
        assert contract_day.turn_over()["expired"] == 1
    contract.refresh_from_db()
    assert contract.state == ContractState.EXPIRED


def test_a_stranger_reads_no_version_and_a_partner_no_draft(draft, manager_a, manager_b, brand_manager, legal):
    seen = ContractVersion.objects.visible_to
    assert not seen(actor(manager_a)).exists()
    signed(draft, brand_manager, legal)
    assert seen(actor(manager_a)).exists()
    assert not seen(actor(manager_b)).exists()
