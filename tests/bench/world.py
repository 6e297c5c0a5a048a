"""Whom the measured portal serves: the cast of the tests, forty partners more and a thousand customers."""

from dataclasses import dataclass

from django.core.management import call_command

from partners.models import Outlet, ProductLine, Staff
from tests import factories as make
from tests.bench.fill import Filler
from tests.tickets.stages import Stage
from tickets.models import Customer

PARTNERS, STAFF_A_PARTNER, CUSTOMERS = 40, 4, 1000
REGIONS = ("上海市", "江苏省", "浙江省", "广东省", "北京市", "山东省", "四川省", "湖北省")
PLACES = ("浦江", "长宁", "虹桥", "金陵", "钱塘", "珠江", "海淀", "泰山", "锦城", "江汉")
TRADES = ("物流", "出租汽车", "快递", "公交", "环卫", "租赁", "电力", "机场服务", "冷链", "旅游客运")


@dataclass
class World:
    """What the measurements need to know."""

    stage: Stage
    filler: Filler
    manager: object


def build() -> World:
    """Migrate an empty database and people it."""
    call_command("migrate", verbosity=0, interactive=False)
    stage = Stage()
    # The copies are many, and room is not what is measured.
    type(stage.side.outlet).objects.update(capacity=1_000_000)
    stage.side.outlet.refresh_from_db()
    manager = stage.side.manager
    outlets, staff = _partners(stage)
    Customer.objects.bulk_create(
        Customer(code=f"BC{n:05d}", name=_company(n), region=REGIONS[n % len(REGIONS)]) for n in range(CUSTOMERS)
    )
    return World(stage, Filler(outlets, staff, list(ProductLine.objects.all())), manager)


def _company(n: int) -> str:
    """One of a thousand names; the last two characters before the form are rare."""
    return f"{PLACES[n % 10]}{TRADES[n // 10 % 10]}第{n // 100 + 1}分公司"


def _partners(stage: Stage) -> tuple[list[Outlet], dict[int, list[Staff]]]:
    lines = [stage.line, *(make.ProductLineFactory() for _ in range(4))]
    outlets = [stage.side.outlet]
    staff = {stage.side.outlet.pk: list(stage.side.technicians)}
    for n in range(PARTNERS - 1):
        partner = make.PartnerFactory(region=REGIONS[n % len(REGIONS)])
        outlet = make.OutletFactory(partner=partner, lines=lines)
        outlets.append(outlet)
        staff[outlet.pk] = [make.StaffFactory(outlet=outlet, user=None) for _ in range(STAFF_A_PARTNER)]
    return outlets, staff
