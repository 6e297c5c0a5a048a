"""Legal objects for tests: what each factory makes would pass `full_clean` and the portal's own forms.

`UserFactory` makes an account without membership; `member("dispatcher", organisation)` one that can act.
"""

from datetime import date
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory
from stdnum.cn.uscc import calc_check_digit

from partners.choices import ChannelType, ContractState, Post, ServiceTier
from partners.models import Certificate, Outlet, Partner, PartnerContract, ProductLine, ProductModel, Staff
from portal.accounts.models import Membership, Organisation, OrganisationKind, User
from portal.accounts.roles import Role
from tickets.models import Contact, Customer, Equipment, ServiceAgreement

PASSWORD = "a long and quiet password"
#: Contracts, certificates and agreements of tests hold throughout these days.
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2039, 12, 31)


def credit_code(n: int) -> str:
    """A unified social credit code whose check character fits."""
    body = f"91310000MA1{n:06d}"
    return body + calc_check_digit(body)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.PARTNER
    code = factory.Sequence(lambda n: f"ORG{n:04d}")
    name = factory.Sequence(lambda n: f"东海汽车服务有限公司{n}")
    short_name = factory.Sequence(lambda n: f"东海{n}")


class BrandFactory(OrganisationFactory):
    kind = OrganisationKind.BRAND
    code = factory.Sequence(lambda n: f"BRAND{n:04d}")
    name, short_name = "星河汽车股份有限公司", "星河汽车"


class AuditFirmFactory(OrganisationFactory):
    kind = OrganisationKind.AUDITOR
    code = factory.Sequence(lambda n: f"AUDIT{n:04d}")
    name, short_name = "公正审计事务所", "公正审计"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    phone = factory.Sequence(lambda n: f"138{n:08d}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(BrandFactory)
    role = Role.SERVICE_DESK


def member(role: str, organisation: Organisation | None = None, regions: tuple[str, ...] = (), **user: Any) -> User:
    """A user who holds `role` in `organisation`; without one, in a new organisation of the kind that gives the role."""
    if organisation is None:
        kinds = {Role.AUDITOR: AuditFirmFactory, Role.PARTNER_MANAGER: OrganisationFactory}
        kinds |= {Role.DISPATCHER: OrganisationFactory, Role.TECHNICIAN: OrganisationFactory}
        organisation = kinds.get(Role(role), BrandFactory)()
    membership = MembershipFactory(
        user=UserFactory(**user), organisation=organisation, role=Role(role), regions=list(regions)
    )
    membership.user.refresh_from_db()
    return membership.user


class ProductLineFactory(DjangoModelFactory):
    class Meta:
        model = ProductLine

    code = factory.Sequence(lambda n: f"PL{n:03d}")
    name = factory.Sequence(lambda n: f"纯电轿车{n}")


class ProductModelFactory(DjangoModelFactory):
    class Meta:
        model = ProductModel

    line = factory.SubFactory(ProductLineFactory)
    code = factory.Sequence(lambda n: f"EV-{n:03d}")
    name = factory.Sequence(lambda n: f"星河 EV{n}")


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    organisation = factory.SubFactory(
        OrganisationFactory, name=factory.SelfAttribute("..name"), short_name=factory.SelfAttribute("..short_name")
    )
    code = factory.Sequence(lambda n: f"P{n:04d}")
    name = factory.Sequence(lambda n: f"华东汽车服务有限公司{n}")
    short_name = factory.Sequence(lambda n: f"华东{n}")
    channel_type = ChannelType.SERVICE_CENTRE
    uscc = factory.Sequence(credit_code)
    legal_representative = "王建国"
    region = "上海市"
    address = "上海市浦东新区张江路 1 号"
    contact_name = "李晓明"
    phone = "021-50001234"
    email = "service@example.com"
    since = FIRST_DAY


class ContractFactory(DjangoModelFactory):
    """A contract in force."""

    class Meta:
        model = PartnerContract

    partner = factory.SubFactory(PartnerFactory)
    number = factory.Sequence(lambda n: f"HT-{n:05d}")
    tier = ServiceTier.ADVANCED
    signed_on = FIRST_DAY
    signed_at = "上海"
    valid_from, valid_until = FIRST_DAY, LAST_DAY
    state = ContractState.IN_FORCE


class OutletFactory(DjangoModelFactory):
    """An active outlet that covers its own region, all tiers, and the lines given as `lines=[…]`."""

    class Meta:
        model = Outlet
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    code = factory.Sequence(lambda n: f"W{n:04d}")
    name = factory.Sequence(lambda n: f"浦东服务网点{n}")
    region = factory.SelfAttribute("partner.region")
    address = "上海市浦东新区张江路 2 号"
    phone = "021-50005678"
    coverage = factory.LazyAttribute(lambda outlet: [outlet.region])
    tiers = factory.LazyFunction(lambda: list(ServiceTier.values))

    @factory.post_generation
    def lines(self, create: bool, lines: list[ProductLine] | None, **kwargs: Any) -> None:
        if create and lines:
            self.product_lines.set(lines)


class StaffFactory(DjangoModelFactory):
    """Somebody at an outlet with an account; `user=None` makes him without."""

    class Meta:
        model = Staff

    outlet = factory.SubFactory(OutletFactory)
    number = factory.Sequence(lambda n: f"S{n:05d}")
    name = factory.Sequence(lambda n: f"陈师傅{n}")
    post = Post.TECHNICIAN
    phone = factory.Sequence(lambda n: f"139{n:08d}")
    user = factory.LazyAttribute(
        lambda staff: member(Role.TECHNICIAN, staff.outlet.partner.organisation, name=staff.name)
    )


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    staff = factory.SubFactory(StaffFactory)
    product_line = factory.SubFactory(ProductLineFactory)
    number = factory.Sequence(lambda n: f"CERT-{n:05d}")
    valid_from, valid_until = FIRST_DAY, LAST_DAY


class CustomerFactory(DjangoModelFactory):
    class Meta:
        model = Customer

    code = factory.Sequence(lambda n: f"C{n:05d}")
    name = factory.Sequence(lambda n: f"浦江物流有限公司{n}")
    uscc = factory.Sequence(lambda n: credit_code(500_000 + n))
    region = "上海市"
    address = "上海市徐汇区漕溪北路 8 号"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    customer = factory.SubFactory(CustomerFactory)
    name = factory.Sequence(lambda n: f"赵女士{n}")
    phone = factory.Sequence(lambda n: f"137{n:08d}")
    email = factory.Sequence(lambda n: f"contact{n}@example.com")
    primary = True


class EquipmentFactory(DjangoModelFactory):
    class Meta:
        model = Equipment

    customer = factory.SubFactory(CustomerFactory)
    product_line = factory.SubFactory(ProductLineFactory)
    model = "EV-001"
    serial_number = factory.Sequence(lambda n: f"LSV{n:014d}")
    contract_number = factory.Sequence(lambda n: f"XS-{n:05d}")
    installed_on = FIRST_DAY
    warranty_from, warranty_until = FIRST_DAY, LAST_DAY


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = ServiceAgreement

    customer = factory.SubFactory(CustomerFactory)
    number = factory.Sequence(lambda n: f"FW-{n:05d}")
    tier = ServiceTier.BASIC
    product_name = "星河 EV1"
    signed_on = FIRST_DAY
    signed_at = "上海"
    valid_from, valid_until = FIRST_DAY, LAST_DAY
