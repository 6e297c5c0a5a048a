"""The fixed cast of every story: who belongs where never changes, so readers know who is the outsider.

Brand: Mary (brand manager), Dora (service desk), Lena (legal), Tom (technical), Mia (marketing), Adam (administrator);
Eve audits. Partner A in 上海市: Alan (manager), Dick (dispatcher), the technicians Ann and Amy at one outlet.
Partner B in 江苏省, the stranger to A's tickets: Bill (manager), Beth (dispatcher), the technician Bob.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.test import override_settings

from partners.choices import Post
from partners.models import Outlet, Partner, ProductLine, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, User
from portal.accounts.roles import Role
from tests import factories as make
from tickets.models import Contact, Customer, Equipment, ServiceAgreement


@dataclass(frozen=True)
class Side:
    """One partner with its outlet and people; `technicians` are staff rows with certificate and account."""

    organisation: Organisation
    partner: Partner
    outlet: Outlet
    manager: User
    dispatcher: User
    technicians: tuple[Staff, ...]


@dataclass(frozen=True)
class Served:
    """One customer with what he owns and is owed."""

    customer: Customer
    contact: Contact
    equipment: Equipment
    agreement: ServiceAgreement


def actor(user: User) -> Actor:
    """Who this user acts as now."""
    return Actor.of(User.objects.get(pk=user.pk))


@contextmanager
def no_past() -> Iterator[None]:
    """Rows made inside have no history of their making, which costs as much as the rows and which few tests ask for."""
    with override_settings(SIMPLE_HISTORY_ENABLED=False):
        yield


@no_past()
def make_side(letter: str, line: ProductLine, region: str, names: tuple[str, str, tuple[str, ...]]) -> Side:
    """A partner in good standing that can take tickets of `line` in `region`."""
    partner = make.PartnerFactory(
        code=f"P-{letter}", name=f"合作伙伴{letter}有限公司", short_name=letter, region=region
    )
    home = partner.organisation
    outlet = make.OutletFactory(partner=partner, code=f"W-{letter}", name=f"{letter}服务网点", lines=[line])
    make.ContractFactory(partner=partner, number=f"HT-{letter}").product_lines.set([line])
    manager, dispatcher, technicians = names
    staff = tuple(_staff(outlet, name, Role.TECHNICIAN, Post.TECHNICIAN) for name in technicians)
    for person in staff:
        make.CertificateFactory(staff=person, product_line=line, number=f"CERT-{person.name}")
    chief = _staff(outlet, manager, Role.PARTNER_MANAGER, Post.MANAGER)
    planner = _staff(outlet, dispatcher, Role.DISPATCHER, Post.DISPATCHER)
    return Side(home, partner, outlet, chief.user, planner.user, staff)


def _staff(outlet: Outlet, name: str, role: Role, post: Post) -> Staff:
    user = make.member(role, outlet.partner.organisation, username=name.lower(), name=name)
    return make.StaffFactory(outlet=outlet, user=user, name=name, post=post, number=f"S-{name}")


@no_past()
def make_served(code: str, line: ProductLine, region: str) -> Served:
    """A customer in `region` with contact, equipment in warranty and an agreement."""
    customer = make.CustomerFactory(code=f"C-{code}", name=f"客户{code}有限公司", region=region)
    return Served(
        customer,
        make.ContactFactory(customer=customer, name=f"联系人{code}", phone=f"1370000000{code}"),
        make.EquipmentFactory(customer=customer, product_line=line, serial_number=f"SN-000{code}"),
        make.AgreementFactory(customer=customer, number=f"FW-{code}"),
    )


@pytest.fixture
def line(db) -> ProductLine:
    return make.ProductLineFactory(code="EV", name="纯电轿车")


@pytest.fixture
def brand(db) -> Organisation:
    return make.BrandFactory(code="BRAND")


@pytest.fixture
def brand_manager(brand) -> User:
    return make.member(Role.BRAND_MANAGER, brand, username="mary", name="Mary")


@pytest.fixture
def service_desk(brand) -> User:
    return make.member(Role.SERVICE_DESK, brand, username="dora", name="Dora")


@pytest.fixture
def legal(brand) -> User:
    return make.member(Role.LEGAL, brand, username="lena", name="Lena")


@pytest.fixture
def technical(brand) -> User:
    return make.member(Role.TECHNICAL, brand, username="tom", name="Tom")


@pytest.fixture
def marketing(brand) -> User:
    return make.member(Role.MARKETING, brand, username="mia", name="Mia")


@pytest.fixture
def administrator(brand) -> User:
    return make.member(Role.ADMINISTRATOR, brand, username="adam", name="Adam")


@pytest.fixture
def auditor(db) -> User:
    return make.member(Role.AUDITOR, username="eve", name="Eve")


@pytest.fixture
def side_a(line) -> Side:
    return make_side("A", line, "上海市", ("Alan", "Dick", ("Ann", "Amy")))


@pytest.fixture
def side_b(line) -> Side:
    return make_side("B", line, "江苏省", ("Bill", "Beth", ("Bob",)))


@pytest.fixture
def partner_a(side_a) -> Partner:
    return side_a.partner


@pytest.fixture
def partner_b(side_b) -> Partner:
    return side_b.partner


@pytest.fixture
def outlet_a(side_a) -> Outlet:
    return side_a.outlet


@pytest.fixture
def outlet_b(side_b) -> Outlet:
    return side_b.outlet


@pytest.fixture
def manager_a(side_a) -> User:
    return side_a.manager


@pytest.fixture
def dispatcher_a(side_a) -> User:
    return side_a.dispatcher


@pytest.fixture
def manager_b(side_b) -> User:
    return side_b.manager


@pytest.fixture
def dispatcher_b(side_b) -> User:
    return side_b.dispatcher


@pytest.fixture
def ann_staff(side_a) -> Staff:
    return side_a.technicians[0]


@pytest.fixture
def amy_staff(side_a) -> Staff:
    return side_a.technicians[1]


@pytest.fixture
def bob_staff(side_b) -> Staff:
    return side_b.technicians[0]


@pytest.fixture
def ann(ann_staff) -> User:
    return ann_staff.user


@pytest.fixture
def amy(amy_staff) -> User:
    return amy_staff.user


@pytest.fixture
def bob(bob_staff) -> User:
    return bob_staff.user


@pytest.fixture
def served(line) -> Served:
    """The customer of most stories, in the region of partner A."""
    return make_served("1", line, "上海市")


@pytest.fixture
def served_b(line) -> Served:
    """A customer in the region of partner B."""
    return make_served("2", line, "江苏省")


@pytest.fixture
def customer(served) -> Customer:
    return served.customer
