"""The contracts' life in the demonstration: an amendment to come, rights, standings, applicants, inspections."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random

from django.core.files.base import ContentFile

from partners.actions import application, contract_version
from partners.actions.partner import set_standing
from partners.choices import ChannelType, ContractState, ServiceTier, Standing
from partners.models import ApplicationOutlet, Authorisation, Partner, PartnerApplication, PartnerContract
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.demo import texts
from portal.demo.accounts import MAIL
from portal.demo.network import Network, credit_code
from portal.kernel import clock
from tickets.actions import agreement, maintenance
from tickets.models import AgreementLine, Equipment, MaintenancePlan, ServiceAgreement

LAWYER = Actor(role=Role.LEGAL, label="法务部")
#: Company, short name, region, line of work, and how far its application has come.
APPLICANTS = (
    ("青岛远帆新能源服务有限公司", "远帆", "山东省", "十二名持证维修技师，三台移动充电检测车。", "submitted"),
    ("昆明滇能汽车技术有限公司", "滇能", "云南省", "昆明主城两处网点，可覆盖滇中地区。", "legal"),
    ("兰州陇电机电服务有限公司", "陇电", "甘肃省", "原为家电售后服务商，拟转型充电设备。", "returned"),
    ("南宁八桂充电设施运维有限公司", "八桂", "广西壮族自治区", "运营公共充电站四十座。", "cleared"),
)
PLANS = 24


def fill(random: Random, network: Network, today: date) -> None:
    """Everything by the actions, at the times at which it would have happened."""
    manager = network.manager
    _rights(network, today)
    _amendment(manager, today)
    _standings(manager, today)
    for number, told in enumerate(APPLICANTS, 1):
        with _at(today - timedelta(days=4 * number), 9):
            _applicant(random, network, number, *told)
    _agreements(network, today)
    _plans(random, network, today)


@contextmanager
def _at(day: date, hour: int) -> Iterator[None]:
    with clock.travel(datetime.combine(day, time(hour), clock.LOCAL)):
        yield


def _rights(network: Network, today: date) -> None:
    """Each partner in good standing is authorised for its lines where its outlets work."""
    for partner in Partner.objects.order_by("code").prefetch_related("outlets__product_lines"):
        pairs = {(line, area) for shop in partner.outlets.all() for line in shop.product_lines.all()
                 for area in shop.coverage or [shop.region]}  # fmt: skip
        for number, (line, area) in enumerate(sorted(pairs, key=lambda pair: (pair[0].code, pair[1])), 1):
            Authorisation.objects.create(
                number=f"SQ-{partner.code}-{number:03d}",
                partner=partner,
                product_line=line,
                region=area,
                valid_from=today - timedelta(days=800),
                valid_until=today + timedelta(days=400),
            )


def _amendment(manager: Actor, today: date) -> None:
    """The first contract in force demands more from next month on; another amendment waits for legal."""
    running = list(PartnerContract.objects.filter(state=ContractState.IN_FORCE).order_by("number")[:2])
    for number, contract in enumerate(running):
        first_day = today + timedelta(days=20 + 10 * number)
        with _at(today - timedelta(days=6), 10):
            version = contract_version.write(
                manager, contract, valid_from=first_day, valid_until=contract.valid_until, reason="上门时限缩短"
            )
            clause = version.clauses.get(number="5.2")
            clause.limit, clause.text = 24, "一般故障应在派单后二十四小时内到达现场。"
            clause.save()
            contract_version.send_to_legal(manager, version)
        if number == 0:
            with _at(today - timedelta(days=5), 15):
                contract_version.clear(LAWYER, version, "变更条款明确，不影响已受理工单。")
            with _at(today - timedelta(days=3), 11):
                contract_version.sign(
                    manager, version, signed_on=clock.today(), signed_at=contract.signed_at or "上海", scan=None
                )


def _standings(manager: Actor, today: date) -> None:
    """The last partner but one was warned."""
    partners = list(Partner.objects.order_by("code"))
    if len(partners) > 2:
        with _at(today - timedelta(days=30), 14):
            set_standing(manager, partners[-2], Standing.WARNED, "上季度响应及时率低于目标，限期整改。")


def _applicant(
    random: Random, network: Network, number: int, name: str, short: str, region: str, note: str, upto: str
) -> None:
    head, manager = texts.person(random), network.manager
    row = PartnerApplication(
        name=name,
        short_name=short,
        channel_type=ChannelType.SERVICE_CENTRE,
        uscc=credit_code(900 + number),
        legal_representative=head,
        region=region,
        address=f"{region}高新区科技路 {number * 8} 号",
        contact_name=texts.person(random),
        phone=texts.mobile(9000 + number),
        email=f"apply{number}@{MAIL}",
        areas=[region],
        tier=ServiceTier.ADVANCED,
        note=note,
    )
    application.enter(manager, row)
    row.product_lines.set(list(network.lines.values())[:2])
    ApplicationOutlet.objects.create(
        application=row, name=f"{short}高新区网点", region=region, address=row.address, phone=row.phone
    )
    licence = ContentFile(f"{name}\n{row.uscc}\n营业执照（演示）\n".encode(), name="营业执照.txt")
    application.attach(manager, row, [licence])
    if upto == "returned":
        application.send_back(manager, row, "请补充特种作业操作证。")
    elif upto in ("legal", "cleared"):
        application.endorse(manager, row, "区域空白，技术力量符合要求。")
        if upto == "cleared":
            application.clear(LAWYER, row, "证照齐全，信用记录良好。")


def _agreements(network: Network, today: date) -> None:
    """Some customers have a limit of their own in writing."""
    running = ServiceAgreement.objects.filter(tier=ServiceTier.CUSTOMISED, valid_until__gte=today).order_by("number")
    for row in running[:4]:
        with _at(today - timedelta(days=40), 10):
            version = agreement.write(network.manager, row, valid_from=clock.today())
            AgreementLine.objects.create(
                version=version,
                number="3.2",
                text="一般故障四十八小时内修复。",
                level="resolution",
                category="fault",
                limit=48,
                unit="hour",
                replaces="R200",
            )
            agreement.sign(network.manager, version, signed_on=clock.today(), signed_at=row.customer.region)


def _plans(random: Random, network: Network, today: date) -> None:
    """Equipment of customers whose agreement promises inspections, the next one within half a year."""
    promised = Equipment.objects.filter(customer__agreements__inspection_months__isnull=False).distinct()
    for number, equipment in enumerate(promised.order_by("serial_number")[:PLANS], 1):
        months = equipment.customer.agreements.exclude(inspection_months=None).first().inspection_months
        plan = MaintenancePlan(
            number=f"XJ-{number:04d}",
            equipment=equipment,
            months=months,
            first_day=today + timedelta(days=random.randint(15, 150)),
            instructions="检查紧固件、绝缘与接地，清洁滤网，核对软件版本。",
        )
        maintenance.save_plan(network.desks[0], plan)
