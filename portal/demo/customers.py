"""Customers of the demonstration: companies and persons with contacts, equipment and agreements."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from partners.choices import ServiceTier
from portal.demo import texts
from portal.demo.accounts import MAIL
from portal.demo.network import Network, credit_code
from tickets.choices import CustomerKind
from tickets.models import Contact, Customer, Equipment, ServiceAgreement

#: How many customers a region has, against the others.
WEIGHT = {"上海市": 5, "江苏省": 5, "广东省": 9, "浙江省": 4, "北京市": 4, "山东省": 3, "四川省": 3, "湖北省": 2}


@dataclass(frozen=True, slots=True)
class Served:
    """One piece of equipment with whom it belongs to."""

    customer: Customer
    contact: Contact
    equipment: Equipment
    line: str
    agreement: ServiceAgreement | None


def build(random: Random, network: Network, count: int, today: date) -> list[Served]:
    """`count` customers in the regions that the network serves."""
    regions = network.regions()
    weights = [WEIGHT.get(region, 1) for region in regions]
    found: list[Served] = []
    for number in range(1, count + 1):
        # The first ones live in the first regions in turn, so that a small demonstration reaches every region.
        region = random.choices(regions, weights)[0] if number > 2 * len(regions) else regions[number % len(regions)]
        found += _Builder(random, network, region, number, today).served()
    return found


class _Builder:
    """One customer with everything that belongs to it."""

    def __init__(self, random: Random, network: Network, region: str, number: int, today: date) -> None:
        self.random, self.network, self.number, self.today = random, network, number, today
        self.company = random.random() < 0.68
        self.lines = sorted({line for shop in network.shops if region in shop.regions for line in shop.lines})
        self.customer = self._customer(region)

    def served(self) -> list[Served]:
        contacts = [self._contact(index) for index in range(self.random.choice((1, 2)) if self.company else 1)]
        agreement = self._agreement() if self.random.random() < 0.6 else None
        return [
            Served(self.customer, self.random.choice(contacts), equipment, equipment.product_line.code, agreement)
            for equipment in self._equipment(self.random.randint(1, 4) if self.company else 1)
        ]

    def _customer(self, region: str) -> Customer:
        name = texts.company(self.random, region, self.number) if self.company else texts.person(self.random)
        row = Customer(
            code=f"C{self.number:05d}",
            kind=CustomerKind.COMPANY if self.company else CustomerKind.PERSON,
            name=name,
            uscc=credit_code(2000 + self.number) if self.company else "",
            region=region,
            address=texts.address(self.random, region),
        )
        row.full_clean()
        row.save()
        return row

    def _contact(self, index: int) -> Contact:
        name = texts.person(self.random) if self.company else self.customer.name
        phone = texts.mobile(3000 + self.number * 2 + index)
        mail = f"kh{self.number:04d}{index}@{MAIL}" if self.random.random() < 0.85 else ""
        return Contact.objects.create(
            customer=self.customer, name=name, phone=phone, email=mail, primary=index == 0, language="zh-hans"
        )

    def _equipment(self, count: int) -> list[Equipment]:
        return [self._piece(index) for index in range(1, count + 1)]

    def _piece(self, index: int) -> Equipment:
        code = self.random.choice(self.lines if self.company else [c for c in self.lines if c in ("AC", "ESS")])
        told = texts.line(code)
        models = [m for m, _ in told["models"]]
        model = self.random.choice(models[1:]) if self.company else models[0]
        installed = self.today - timedelta(days=self.random.randint(480, 1500))
        years = 3 if code in ("AC", "DC") else 5
        return Equipment.objects.create(
            customer=self.customer,
            product_line=self.network.lines[code],
            model=model,
            serial_number=f"{told['serial']}{installed:%y%m}{self.number:04d}{index}",
            contract_number=f"XS-{installed.year}-{self.number:04d}",
            installed_on=installed,
            warranty_from=installed,
            warranty_until=installed.replace(year=installed.year + years, day=min(installed.day, 28)),
            address=self.customer.address,
        )

    def _agreement(self) -> ServiceAgreement:
        tiers, weights = list(ServiceTier.values), (45, 35, 20) if self.company else (80, 18, 2)
        first = self.today - timedelta(days=self.random.randint(300, 700))
        return ServiceAgreement.objects.create(
            customer=self.customer,
            number=f"FWXY-{first.year}-{self.number:04d}",
            tier=self.random.choices(tiers, weights)[0],
            product_name="、".join(texts.line(code)["name"] for code in self.lines[:2]),
            contract_number=f"XS-{first.year}-{self.number:04d}",
            signed_on=first - timedelta(days=9),
            signed_at=self.customer.region,
            valid_from=first,
            valid_until=first + timedelta(days=730),
            inspection_months=self.random.choice((None, 6, 12)),
        )
