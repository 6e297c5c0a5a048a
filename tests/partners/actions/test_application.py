"""An application's way and what approval makes (R105, R107, R038, R184)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.actions import application, onboarding
from partners.choices import ContractState
from partners.choices.application import ApplicationState
from partners.models import Authorisation, Outlet, Partner, PartnerApplication, Staff
from portal.accounts.models import User
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.links.tokens import issue, resolve
from portal.notify.models import Notice
from tests.cast import actor
from tests.factories.application import ApplicationFactory
from tests.partners.actions.test_contract_version import PDF

pytestmark = pytest.mark.django_db
TERM = {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31)}
GRANT = {"code": "JH01", "username": "zhoumin", "contract_number": "HZ-2026-099", **TERM}


@pytest.fixture
def sent(line) -> PartnerApplication:
    return ApplicationFactory(lines=[line])


def licence() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", PDF, "application/pdf")


def cleared(row, manager, lawyer):
    application.attach(actor(manager), row, [licence()])
    application.endorse(actor(manager), row, "技术力量强")
    return application.clear(actor(lawyer), row, "资质齐全")


def test_r105_approval_makes_partner_outlets_rights_contract_and_invitation(sent, brand_manager, legal, line):
    partner = onboarding.approve(actor(brand_manager), cleared(sent, brand_manager, legal), **GRANT)
    outlet = Outlet.objects.get(partner=partner)
    assert (outlet.coverage, outlet.tiers) == (["上海市", "浙江省"], ["basic", "advanced"])
    rights = Authorisation.objects.filter(partner=partner)
    assert {(right.product_line, right.region, right.tier) for right in rights} == {
        (line, "上海市", "advanced"), (line, "浙江省", "advanced"),
    }  # fmt: skip
    contract = partner.contracts.get()
    assert (contract.state, contract.versions.get().state) == (ContractState.DRAFT, "draft")
    user = User.objects.get(username="zhoumin")
    assert not user.has_usable_password()
    assert (user.current_membership().role, Staff.objects.get(user=user).outlet) == ("partner_manager", outlet)
    assert Notice.objects.get(type="account.invited").user == user
    sent.refresh_from_db()
    assert (sent.state, sent.partner) == (ApplicationState.APPROVED, partner)
    assert [entry.verb for entry in entries_for(sent)][-3:] == [
        "application_endorsed", "application_cleared", "application_approved",
    ]  # fmt: skip


def test_the_invited_manager_chooses_a_password_once(sent, brand_manager, legal):
    onboarding.approve(actor(brand_manager), cleared(sent, brand_manager, legal), **GRANT)
    user = User.objects.get(username="zhoumin")
    link = resolve(issue(user, "invite", days=1), "invite")
    with pytest.raises(InvalidInput):
        onboarding.take_up(link, "12345678")
    onboarding.take_up(link, "a calm and long one")
    assert User.objects.get(pk=user.pk).check_password("a calm and long one")
    with pytest.raises(Conflict):
        onboarding.take_up(link, "another long password")


@pytest.mark.parametrize(
    ("name", "changed", "field"),
    [("code", {"code": "P-A"}, "code"), ("name", {"username": "mary"}, "username"),
     ("number", {"contract_number": "HT-A"}, "contract_number"),
     ("term", {"valid_until": date(2025, 1, 1)}, "valid_until")],
)  # fmt: skip
def test_what_is_taken_or_wrong_is_said_at_its_field_and_nothing_is_made(
    sent, brand_manager, legal, partner_a, name, changed, field
):
    row = cleared(sent, brand_manager, legal)
    with pytest.raises(InvalidInput) as refused:
        onboarding.approve(actor(brand_manager), row, **(GRANT | changed))
    assert refused.value.field == field
    assert Partner.objects.count() == 1
    assert not Outlet.objects.filter(name="闵行服务网点").exists()


def test_r038_each_step_is_somebodys_and_has_its_state(sent, brand_manager, legal, service_desk):
    with pytest.raises(InvalidInput, match=r"licence|执照|资质"):
        application.endorse(actor(brand_manager), sent, "好")
    application.attach(actor(brand_manager), sent, [licence()])
    with pytest.raises(Refused):
        application.endorse(actor(service_desk), sent, "好")
    with pytest.raises(Conflict):
        application.clear(actor(legal), sent, "好")
    application.endorse(actor(brand_manager), sent, "好")
    with pytest.raises(Refused):
        application.clear(actor(brand_manager), sent, "好")
    with pytest.raises(Conflict):
        onboarding.approve(actor(brand_manager), sent, **GRANT)
    assert Notice.objects.filter(type="application.waits", user=legal).exists()


def test_returned_with_a_reason_corrected_and_rejected(sent, brand_manager, legal, line):
    with pytest.raises(InvalidInput):
        application.send_back(actor(brand_manager), sent, " ")
    application.send_back(actor(brand_manager), sent, "请补充维修资质")
    notice = Notice.objects.get(type="application.returned")
    assert (notice.link_purpose, "维修资质" in notice.body) == ("apply", True)
    values = {"name": "江海汽车服务有限公司", "product_lines": [line]}
    application.correct(sent, values, [], [licence()])
    sent.refresh_from_db()
    assert (sent.state, sent.name) == (ApplicationState.SUBMITTED, "江海汽车服务有限公司")
    application.reject(actor(brand_manager), sent, "区域已满")
    with pytest.raises(Conflict):
        application.reject(actor(brand_manager), sent, "区域已满")
