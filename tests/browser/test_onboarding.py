"""A company applies, is looked at by brand and legal, invited, and takes its first ticket (R105, R038, R057)."""

import re

import pytest

from partners.actions import application, contract, contract_version
from partners.models import ContractVersion, PartnerApplication
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests import factories as make
from tests.browser.visitor import PHONE
from tests.cast import make_served
from tests.factories.contract import ClauseFactory, PenaltyFactory, RebateFactory
from tests.partners.actions.test_contract_version import PDF
from tickets.actions import dispatch, intake, request
from tickets.choices import Category, Channel, Department, Urgency

pytestmark = pytest.mark.browser
LAWYER = Actor(role=Role.LEGAL, label="Lena")
PASSWORD = "calm sea and long voyage"


def link_in(letter: str) -> str:
    return re.search(r"https?://[^/]+(/join/\S+)", letter)[1]


def test_from_application_to_the_first_ticket(stage, visitor, post, tmp_path):
    paper = tmp_path / "营业执照.pdf"
    paper.write_bytes(PDF)
    applicant = visitor("Zhou", PHONE)
    applicant.open("/join/")
    page = applicant.page
    for name, text in {
        "name": "江海新能源服务有限公司", "short_name": "江海", "uscc": make.credit_code(77),
        "legal_representative": "周海生", "contact_name": "周敏", "email": "zhou@example.com",
        "address": "山东省青岛市香港路 9 号", "phone": "13900001111", "outlets-0-name": "青岛网点",
        "outlets-0-address": "香港路 9 号", "outlets-0-phone": "0532-60001111",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(text)
    for name in ("region", "areas", "outlets-0-region"):
        page.locator(f"[name={name}]").select_option("山东省")
    page.locator("[name=product_lines]").first.check()
    page.locator("[name=files]").set_input_files(paper)
    applicant.send("提交申请")
    applicant.sees("还差一步")
    applicant.open(link_in(post("请确认您的申请")))
    applicant.send("确认申请")
    applicant.sees("品牌经理审核中")

    row = PartnerApplication.objects.get()
    mary = visitor("Mary")
    mary.sign_in("mary")
    mary.open(f"/admin/partners/partnerapplication/{row.pk}/change/")
    mary.sees(row.number, "营业执照.pdf")
    mary.follow("同意并送法务审核")
    mary.page.locator("[name=reason]").fill("技术力量强，区域空白")
    mary.send("同意并送法务审核")
    application.clear(LAWYER, row, "资质齐全")
    mary.open(f"/admin/partners/partnerapplication/{row.pk}/deed/approve/")
    for name, text in (("code", "JH01"), ("username", "zhoumin"), ("contract_number", "HZ-2026-077"),
                       ("valid_until", "2039-12-31")):  # fmt: skip
        mary.page.locator(f"[name={name}]").fill(text)
    mary.send("批准")
    mary.sees("江海新能源服务有限公司")

    manager = visitor("Min", PHONE)
    manager.open(link_in(post("您的服务门户账号")))
    for name in ("new_password1", "new_password2"):
        manager.page.locator(f"[name={name}]").fill(PASSWORD)
    manager.send("设置密码")

    _sign(stage.manager)
    ticket = _dispatched(stage, PartnerApplication.objects.get().partner.outlets.get())
    manager.fill("用户名", "zhoumin")
    manager.fill("密码", PASSWORD)
    manager.send("登录")
    manager.sees(ticket.title)
    manager.open("/field/contracts/")
    manager.sees("HZ-2026-077", "山东省")
    assert User.objects.get(username="zhoumin").check_password(PASSWORD)


def _sign(manager: Actor) -> None:
    version = ContractVersion.objects.get()
    for factory, number in ((ClauseFactory, "5.1"), (PenaltyFactory, "6.1"), (RebateFactory, "7.1")):
        factory(version=version, number=number)
    contract_version.send_to_legal(manager, version)
    contract_version.clear(LAWYER, version, "合规")
    contract_version.sign(manager, version, signed_on=version.valid_from, signed_at="青岛", scan=None)
    contract.put_in_force(manager, version.contract)


def _dispatched(stage, outlet):
    served = make_served("7", stage.line, "山东省")
    make.CertificateFactory(staff=make.StaffFactory(outlet=outlet), product_line=stage.line)
    told = {"contact_phone": "13700000007", "customer_name": served.customer.name, "contact_name": "赵女士"}
    told |= {"customer": served.customer, "region": "山东省", "product_line": stage.line, "product_model": "EV-001"}
    ticket = request.receive(stage.desk, channel=Channel.PHONE, title="充电桩不出电", description="不出电", **told)
    ticket = intake.register(
        stage.desk, ticket, category=Category.FAULT, urgency=Urgency.NORMAL, first_opinion="上门检测",
        description="不出电", **told,
    )  # fmt: skip
    return dispatch.dispatch(stage.desk, ticket, outlet, Department.REPAIR)
