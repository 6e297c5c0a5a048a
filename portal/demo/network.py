"""The brand's network: organisations, product lines, partners, outlets, staff with certificates, contracts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from stdnum.cn.uscc import calc_check_digit

from partners.actions import certificate, contract
from partners.actions import partner as partner_actions
from partners.choices import ContractState, Post, ServiceTier
from partners.models import Outlet, Partner, PartnerContract, ProductLine, ProductModel, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, OrganisationKind
from portal.accounts.roles import Role
from portal.demo import accounts, contract_words, texts

SYSTEM = Actor.system("演示数据")
_NAMED = {account.role: account for account in accounts.ACCOUNTS if account.where == accounts.PARTNER}


@dataclass
class Person:
    """A technician who can be made responsible."""

    row: Staff
    actor: Actor


@dataclass
class Shop:
    """An outlet with those who work tickets there; `quality` and `trend` are its partner's."""

    row: Outlet
    lines: frozenset[str]
    regions: frozenset[str]
    quality: float
    trend: float
    dispatcher: Actor
    people: list[Person] = field(default_factory=list)

    @property
    def code(self) -> str:
        return str(self.row.partner.code)


@dataclass
class Network:
    """What stands before the first ticket."""

    lines: dict[str, ProductLine]
    desks: list[Actor]
    manager: Actor
    shops: list[Shop]

    def serving(self, region: str, line: str) -> list[Shop]:
        """The outlets that cover region and line."""
        return [shop for shop in self.shops if region in shop.regions and line in shop.lines]

    def regions(self) -> list[str]:
        """Every region with an outlet, in order."""
        return sorted({region for shop in self.shops for region in shop.regions})


def build(random: Random, today: date) -> Network:
    """Make all of it as of `today`."""
    brand, audit = (_organisation(kind) for kind in (OrganisationKind.BRAND, OrganisationKind.AUDITOR))
    homes = {"brand": brand, "auditor": audit}
    users = {
        account.username: accounts.make_account(account, homes[account.where])
        for account in accounts.ACCOUNTS
        if account.where in homes
    }
    desks = [users["desk"], *(_desk(random, brand, number) for number in (1, 2))]
    lines = {code.upper(): _line(code.upper()) for code in texts.LINES}
    shops = [
        shop
        for number, told in enumerate(texts.read("network")["partner"], 1)
        for shop in _Builder(random, today, lines, told, number).shops()
    ]
    return Network(lines, [Actor.of(user) for user in desks], Actor.of(users["manager"]), shops)


def credit_code(number: int) -> str:
    """A unified social credit code of nobody, with the check character that fits."""
    body = f"91{310000 + number * 100:06d}MA1K{number:05d}"[:17]
    return body + str(calc_check_digit(body))


def _organisation(kind: str) -> Organisation:
    told = texts.read("network")[kind]
    return Organisation.objects.create(kind=kind, code=told["code"], name=told["name"], short_name=told["short"])


def _desk(random: Random, brand: Organisation, number: int) -> Any:
    return accounts.make_silent(f"desk{number}", texts.person(random), Role.SERVICE_DESK, brand)


def _line(code: str) -> ProductLine:
    told = texts.line(code)
    row = ProductLine.objects.create(code=code, name=told["name"])
    for model, name in told["models"]:
        ProductModel.objects.create(line=row, code=model, name=name)
    return row


class _Builder:
    """One partner with everything that belongs to it."""

    def __init__(
        self, random: Random, today: date, lines: dict[str, ProductLine], told: dict[str, Any], number: int
    ) -> None:
        self.random, self.today, self.told, self.number = random, today, told, number
        self.lines = [lines[code] for code in told["lines"]]
        self.partner = self._partner()
        self.home = self.partner.organisation
        self.staffed = 0
        self._contracts()

    def shops(self) -> list[Shop]:
        outlets = [self._outlet(index, *told) for index, told in enumerate(self.told["outlets"], 1)]
        dispatcher = self._leaders(outlets[0])
        return [self._shop(outlet, dispatcher, first=index == 0) for index, outlet in enumerate(outlets)]

    def _partner(self) -> Partner:
        told, head = self.told, texts.person(self.random)
        row = Partner(
            code=told["code"],
            name=told["name"],
            short_name=told["short"],
            channel_type=told["channel"],
            uscc=credit_code(self.number),
            legal_representative=head,
            region=told["region"],
            address=f"{told['outlets'][0][0]}{told['outlets'][0][1]}",
            contact_name=texts.person(self.random),
            phone=f"400-000-{self.number:04d}",
            email=f"{told['code'].lower()}@{accounts.MAIL}",
            since=self.today - timedelta(days=900 + 40 * self.number),
        )
        partner_actions.give_organisation(row)
        row.full_clean()
        row.save()
        return row

    def _contracts(self) -> None:
        """One in force for two years, one that ran out before it, and for some the draft of the next."""
        begun = self.today - timedelta(days=500 + 10 * self.number)
        self._contract("A", begun - timedelta(days=731), begun - timedelta(days=1), ContractState.EXPIRED)
        row = self._contract("B", begun, begun + timedelta(days=900))
        contract_words.sign(row)
        contract.put_in_force(SYSTEM, row)
        if self.number % 3 == 0:
            self._contract("C", begun + timedelta(days=901), begun + timedelta(days=1630))

    def _contract(self, letter: str, first: date, last: date, state: str = ContractState.DRAFT) -> PartnerContract:
        tiers = list(ServiceTier.values)
        row = PartnerContract.objects.create(
            partner=self.partner,
            number=f"HZ-{first.year}-{self.number:03d}{letter}",
            tier=tiers[self.number % 3],
            signed_on=first - timedelta(days=12),
            signed_at=self.told["region"],
            valid_from=first,
            valid_until=last,
            state=state,
        )
        row.product_lines.set(self.lines)
        return row

    def _outlet(self, index: int, region: str, address: str, coverage: str) -> Outlet:
        place = address.split("路")[0].split("大道")[0][:6].rstrip("0123456789 ")
        row = Outlet.objects.create(
            partner=self.partner,
            code=f"{self.told['code']}-{index:02d}",
            name=f"{self.told['short']}{place}服务网点",
            region=region,
            address=f"{region}{address}",
            phone=f"400-000-{self.number:02d}{index:02d}",
            coverage=coverage.split(",") if coverage else [region],
            capacity=80,
        )
        row.product_lines.set(self.lines)
        return row

    def _leaders(self, outlet: Outlet) -> Actor:
        self._staff(outlet, Post.MANAGER, Role.PARTNER_MANAGER, named=True)
        row = self._staff(outlet, Post.DISPATCHER, Role.DISPATCHER, named=True)
        return Actor.of(row.user)

    def _shop(self, outlet: Outlet, dispatcher: Actor, *, first: bool) -> Shop:
        shop = Shop(
            row=outlet,
            lines=frozenset(self.told["lines"]),
            regions=frozenset(outlet.coverage),
            quality=self.told["quality"],
            trend=self.told.get("trend", 0.0),
            dispatcher=dispatcher,
        )
        for index in range(2):
            post = Post.TECHNICIAN if index == 0 else Post.SUPPORT_ENGINEER
            row = self._staff(outlet, post, Role.TECHNICIAN, named=first and index == 0)
            self._certify(row, self.today + timedelta(days=self.random.randint(40, 700)), self.lines)
            shop.people.append(Person(row, Actor.of(row.user)))
        for _ in range(2 if first else 1):
            self._others(outlet)
        return shop

    def _others(self, outlet: Outlet) -> None:
        """One more without an account: here and there off duty, with an expired certificate, or gone."""
        post = self.random.choice((Post.REPRESENTATIVE, Post.TECHNICIAN))
        row = self._staff(outlet, post)
        draw = self.random.random()
        until = self.today + timedelta(days=self.random.randint(-150, -3) if draw < 0.25 else 300)
        self._certify(row, until, self.lines[:1])
        row.on_duty, row.active = draw < 0.8, draw < 0.95
        if draw >= 0.8:
            row.save(update_fields=["on_duty", "active"])

    def _staff(self, outlet: Outlet, post: str, role: Role | None = None, *, named: bool = False) -> Staff:
        self.staffed += 1
        account = _NAMED.get(role) if named and self.told["code"] == accounts.PARTNER and role else None
        number = f"{self.told['code']}{self.staffed:03d}"
        name = account.name if account else texts.person(self.random)
        phone = texts.mobile(self.number * 100 + self.staffed)
        user = None
        if role is not None:
            user = (
                accounts.make_account(account, self.home)
                if account
                else accounts.make_silent(number.lower(), name, role, self.home, phone)
            )
        row = Staff(outlet=outlet, user=user, number=number, name=name, post=post, phone=phone)
        row.full_clean()
        row.save()
        return row

    def _certify(self, row: Staff, until: date, lines: list[ProductLine]) -> None:
        for line in lines:
            number = f"PX-{line.code}-{row.number}"
            first = until - timedelta(days=1460)
            certificate.issue(SYSTEM, row, line, number=number, valid_from=first, valid_until=until)
