"""A partner's manager reads the contract that binds and those before; strangers do not (R031, R003)."""

import pytest
from django.urls import reverse

from partners.choices import Standing
from partners.choices.contract import VersionState
from tests.factories.contract import AuthorisationFactory, ClauseFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(partner_a, line):
    row = partner_a.contracts.get()
    ClauseFactory(version=VersionFactory(contract=row), number="5.1", text="四十八小时内修复")
    VersionFactory(contract=row, number=2, state=VersionState.DRAFT, valid_from="2030-01-01")
    AuthorisationFactory(partner=partner_a, product_line=line, region="上海市")
    return row


def test_the_manager_reads_words_figures_and_rights(client, contract, manager_a, line):
    client.force_login(manager_a)
    assert line.name in client.get(reverse("house:contracts")).content.decode()
    text = client.get(reverse("house:contract", args=[contract.pk])).content.decode()
    assert "四十八小时内修复" in text
    assert "R200" in text
    assert client.get(reverse("house:contract_version", args=[contract.pk, 1])).status_code == 200
    assert client.get(reverse("house:contract_version", args=[contract.pk, 2])).status_code == 404


def test_strangers_and_other_roles_do_not(client, contract, manager_b, dispatcher_a, ann):
    client.force_login(manager_b)
    assert client.get(reverse("house:contract", args=[contract.pk])).status_code == 404
    for person in (dispatcher_a, ann):
        client.force_login(person)
        assert client.get(reverse("house:contracts")).status_code == 403


def test_a_terminated_partner_s_manager_still_reads_it(client, contract, manager_a, partner_a):
    partner_a.standing = Standing.TERMINATED
    partner_a.save()
    client.force_login(manager_a)
    assert client.get(reverse("house:contracts")).status_code == 200
    assert client.get(reverse("house:contract", args=[contract.pk])).status_code == 200
