"""A version on its page: clauses in a draft, review by legal, the signed paper; the sheet of clauses (R031, R038)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import contract_version
from partners.choices import ContractState
from partners.models import ContractClause, ContractVersion
from portal.exchange import reading, running
from portal.exchange.registry import resource_for
from tests import factories as make
from tests.cast import actor
from tests.factories.contract import ClauseFactory, PenaltyFactory, RebateFactory
from tests.partners.actions.test_contract_version import PDF, paper

pytestmark = pytest.mark.django_db
NAME = "admin:partners_contractversion"


def deed(row: ContractVersion, name: str) -> str:
    return reverse(f"{NAME}_deed", args=[row.pk, name])


@pytest.fixture
def draft(partner_a, brand_manager) -> ContractVersion:
    row = make.ContractFactory(partner=partner_a, number="HT-NEW", state=ContractState.DRAFT)
    return contract_version.write(actor(brand_manager), row)


def clause(**values) -> dict:
    fields = {"number": "5.1", "kind": "service_level", "title": "修复", "text": "四十八小时内修复"}
    fields |= {"level": "resolution", "category": "fault", "limit": 48, "unit": "hour", "replaces": "R200"} | values
    return {f"clauses-0-{name}": value for name, value in fields.items()}


def page(row: ContractVersion, **more) -> dict:
    base = {"tier": "basic", "valid_from": "2026-01-01", "valid_until": "2027-12-31"}
    return base | {"clauses-TOTAL_FORMS": 1, "clauses-INITIAL_FORMS": 0} | more


def test_clauses_are_written_in_the_draft_and_each_kind_asks_for_its_figures(client, draft, brand_manager):
    client.force_login(brand_manager)
    url = reverse(f"{NAME}_change", args=[draft.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, page(draft, **clause(limit=""))).status_code == 200
    assert client.post(url, page(draft, **clause(rate="5"))).status_code == 200
    assert not ContractClause.objects.exists()
    assert client.post(url, page(draft, **clause())).status_code == 302
    assert ContractClause.objects.get().code == "HT-NEW/1/5.1"


def test_legal_sees_its_own_buttons_and_writes_nothing(client, draft, brand_manager, legal):
    for factory, number in ((ClauseFactory, "5.1"), (PenaltyFactory, "6.1"), (RebateFactory, "7.1")):
        factory(version=draft, number=number)
    client.force_login(legal)
    client.post(reverse(f"{NAME}_change", args=[draft.pk]), page(draft, **clause(number="8.1")))
    assert ContractClause.objects.count() == 3
    assert client.post(deed(draft, "to_legal")).status_code == 404
    client.force_login(brand_manager)
    assert client.post(deed(draft, "to_legal")).status_code == 302
    assert client.post(deed(draft, "clear"), {"opinion": "合规"}).status_code == 404
    client.force_login(legal)
    assert client.post(deed(draft, "clear"), {"opinion": "合规"}).status_code == 302
    client.force_login(brand_manager)
    values = {"signed_on": "2026-01-01", "signed_at": "上海"}
    assert client.post(deed(draft, "sign"), values).status_code == 400
    program = SimpleUploadedFile("x.pdf", b"MZ\x90\x00" * 20, "application/pdf")
    assert client.post(deed(draft, "sign"), values | {"scan": program}).status_code == 400
    assert client.post(deed(draft, "sign"), values | {"scan": paper()}).status_code == 302
    assert "合同.pdf" in client.get(reverse(f"{NAME}_change", args=[draft.pk])).content.decode()


def test_the_signed_paper_is_for_those_who_see_the_contract(client, draft, brand_manager, manager_a, manager_b, legal):
    test_legal_sees_its_own_buttons_and_writes_nothing(client, draft, brand_manager, legal)
    text = client.get(reverse(f"{NAME}_change", args=[draft.pk])).content.decode()
    url = "/files/" + text.split('href="/files/')[1].split('"')[0]
    for user, status in ((manager_a, 200), (manager_b, 404)):
        client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == status
        if answer.streaming:
            assert b"".join(answer.streaming_content) == PDF


def test_the_sheet_fills_a_draft_and_no_other_version(draft, brand_manager):
    head = "code,kind,title,text,level,category,limit,unit,replaces\n"
    good = head + "HT-NEW/1/5.1,service_level,修复,四十八小时,resolution,fault,48,hour,R200\n"
    sheet = lambda: resource_for(ContractClause)(actor(brand_manager))  # noqa: E731
    assert running.check(sheet(), reading.read(good.encode())).good
    bad = good + "HT-A/1/5.1,service_level,修复,四十八小时,resolution,fault,48,hour,R200\n"
    assert not running.check(sheet(), reading.read(bad.encode())).good
