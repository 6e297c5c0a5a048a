"""Outlet inspections of the demonstration: two check lists, a draw, inspections and findings in every state."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from partners.actions import outlet_inspection as inspecting
from partners.actions import outlet_inspection_draw as drawing
from partners.actions import outlet_inspection_finding as correcting
from partners.actions import outlet_inspection_list as listing
from partners.actions import outlet_inspection_plan as planning
from partners.choices.outlet_inspection import InspectionKind, PhotoNeed, Result
from partners.models import CheckItem, CheckList, Outlet, OutletDraw, OutletInspection
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.demo import pictures, texts
from portal.demo.network import Network
from portal.kernel import clock

#: Lists are in force so many days ago.
RELEASED = 260


def fill(random: Random, network: Network, today: date) -> None:
    """The lists, then each outlet's story; the first outlet is that of the partner who signs in."""
    told = texts.read("outlet_inspections")
    with _at(today - timedelta(days=RELEASED), 9):
        premises, online = (_list(network.manager, one) for one in told["list"])
    home = [shop.row for shop in network.shops if shop.row.partner_id == network.shops[0].row.partner_id]
    firsts = {shop.row.partner_id: shop.row for shop in reversed(network.shops)}
    outlets = [*home[:2], *(row for key, row in sorted(firsts.items()) if key != home[0].partner_id)]
    story = _Story(random, network.manager, today)
    story.closed(outlets[0], premises, 190, ["1.4", "3.3", "5.2"])
    story.closed(outlets[0], premises, 100, ["3.4", "5.5"])
    story.unfinished(outlets[0], premises, 16)
    story.closed(outlets[1], premises, 60, [])
    story.objected(outlets[1], premises, 9)
    story.draw(premises, 30)
    story.mystery(outlets[2], premises, 12)
    story.own(outlets[0], online, 5)
    story.ahead(outlets, premises)


def _list(manager: Actor, told: dict[str, Any]) -> CheckList:
    row = CheckList.objects.create(code=told["code"], title=told["title"], kind=told["kind"])
    version = listing.draft(manager, row)
    version.pass_mark, version.top_mark, version.summary = told["pass_mark"], told["top_mark"], "首次发布。"
    version.save()
    for place, item in enumerate(told["item"], 1):
        CheckItem.objects.create(version=version, place=place, **item)
    listing.release(manager, version, clock.today())
    return row


class _Story:
    """What the brand manager and the partners did, told backwards from today."""

    def __init__(self, random: Random, manager: Actor, today: date) -> None:
        self.random, self.manager, self.today = random, manager, today
        self.words = texts.read("outlet_inspections")

    def at(self, ago: int, hour: int = 10) -> Any:
        """A travel to so many days ago."""
        return _at(self.today - timedelta(days=ago), hour)

    def closed(self, outlet: Outlet, check_list: CheckList, ago: int, faults: list[str]) -> None:
        """Everything was put right and accepted."""
        row = self.inspected(outlet, check_list, ago, faults)
        self.corrected(row, ago - 2)
        with self.at(ago - 4):
            inspecting.close(self.manager, row)

    def unfinished(self, outlet: Outlet, check_list: CheckList, ago: int) -> None:
        """One finding accepted, one reported, one sent back, the others open and overdue."""
        row = self.inspected(outlet, check_list, ago, ["1.1", "2.3", "5.3", "6.2", "6.3"], partly=["4.1"])
        person = manager_of(outlet)
        findings = {one.answer.item.number: one for one in row.findings.select_related("answer__item")}
        with self.at(ago - 1, 11):
            for number in ("6.2", "6.3", "2.3"):
                self.report(person, findings[number])
        with self.at(ago - 1, 16):
            correcting.accept(self.manager, findings["6.2"])
            correcting.send_back(self.manager, findings["2.3"], "照片看不出通道是否已清空，请在同一角度重拍。")
        with self.at(1, 15):
            correcting.object_to(person, findings["1.1"], "灯箱电源已下单，厂家排期两周，请求延期。")
        planning.order_re_check(self.manager, row, self.today + timedelta(days=6), self.inspector)

    def objected(self, outlet: Outlet, check_list: CheckList, ago: int) -> None:
        """An objection was upheld, another refused."""
        row = self.inspected(outlet, check_list, ago, ["5.3", "6.6"])
        person = manager_of(outlet)
        first, second = row.findings.order_by("answer__item__place")
        with self.at(ago - 1, 11):
            correcting.object_to(person, first, "检定证书在有效期内，仅标签未更换，附证书编号。")
            correcting.object_to(person, second, "两周均为休息日轮班。")
        with self.at(ago - 2, 14):
            correcting.answer_objection(self.manager, first, "已核对证书，属实，撤销该项。", upheld=True)
            correcting.answer_objection(self.manager, second, "轮班期间也须填写，维持。", upheld=False)

    def draw(self, check_list: CheckList, ago: int) -> None:
        """A sample of three; two were inspected since, one was called off."""
        with self.at(ago, 9):
            row = OutletDraw(
                check_version=check_list.versions.get(), size=3, planned_on=clock.today() + timedelta(days=3)
            )
            drawing.draw(self.manager, row, self.inspector)
        one, two, three = row.inspections.order_by("pk")
        self.carried_out(one, ago - 3, ["2.4", "3.4"])
        self.carried_out(two, ago - 4, [])
        self.corrected(one, ago - 5)
        with self.at(ago - 4, 17):
            inspecting.cancel(self.manager, three, "网点所在园区封闭施工，改列下季度。")

    def mystery(self, outlet: Outlet, check_list: CheckList, ago: int) -> None:
        """A mystery customer failed the outlet by one core item."""
        self.inspected(outlet, check_list, ago, ["6.3", "3.3"], partly=["4.3"], kind=InspectionKind.MYSTERY)

    def own(self, outlet: Outlet, check_list: CheckList, ago: int) -> None:
        """The partner looked at his own platform."""
        person = manager_of(outlet)
        with self.at(ago, 14):
            row = inspecting.begin_self(person, outlet, check_list)
            self.answer_all(person, row, ["3.2"], [])
            inspecting.submit(person, row, summary="季度自查。", representative="店长")

    def ahead(self, outlets: list[Outlet], check_list: CheckList) -> None:
        """One half done, two planned, one of them a mystery visit."""
        with self.at(0, 8):
            row = inspecting.begin(self.manager, planning.plan(self.manager, outlets[3], check_list, self.today))
            for one in row.answers.select_related("item", "inspection").order_by("item__place")[:11]:
                self.answer(self.manager, one, Result.PASS)
            day = self.today + timedelta(days=5)
            planning.plan(
                self.manager, outlets[1], check_list, day, inspector=self.inspector, note="重点看高压作业区。"
            )
            planning.plan(self.manager, outlets[0], check_list, day, kind=InspectionKind.MYSTERY)

    @property
    def inspector(self) -> User:
        return User.objects.get(pk=self.manager.user_id)

    def inspected(
        self,
        outlet: Outlet,
        check_list: CheckList,
        ago: int,
        faults: list[str],
        *,
        partly: list[str] | None = None,
        kind: str = InspectionKind.PLANNED,
    ) -> OutletInspection:
        """Planned a week before, done on its day."""
        with self.at(ago + 7):
            day = self.today - timedelta(days=ago)
            row = planning.plan(self.manager, outlet, check_list, day, kind=kind, inspector=self.inspector)
        return self.carried_out(row, ago, faults, partly or [])

    def carried_out(
        self, row: OutletInspection, ago: int, faults: list[str], partly: list[str] | None = None
    ) -> OutletInspection:
        with self.at(ago):
            row = inspecting.begin(self.manager, row)
            self.answer_all(self.manager, row, faults, partly or [])
            summary = "现场总体良好，按期整改。" if faults else "现场整洁有序，无不合格项。"
            return inspecting.submit(self.manager, row, summary=summary, representative=texts.person(self.random))

    def answer_all(self, actor: Actor, row: OutletInspection, faults: list[str], partly: list[str]) -> None:
        for one in row.answers.select_related("item", "inspection"):
            number = one.item.number
            result = Result.FAIL if number in faults else Result.PARTLY if number in partly else Result.PASS
            self.answer(actor, one, result)

    def answer(self, actor: Actor, one: Any, result: str) -> None:
        fault = result != Result.PASS
        shown = one.item.photo == PhotoNeed.ALWAYS or (fault and one.item.photo == PhotoNeed.ON_FAULT)
        photos = [pictures.premises(self.random, one.item.number)] if shown else []
        words = self.words["faults"].get(one.item.number, "与要求不符。") if fault else ""
        inspecting.answer(actor, one, result, words, photos)

    def report(self, person: Actor, finding: Any) -> None:
        number = finding.answer.item.number
        words = self.words["corrections"].get(number, self.words["corrections"]["other"])
        correcting.report(person, finding, words, [pictures.premises(self.random, f"{number}整改后")])

    def corrected(self, row: OutletInspection, ago: int) -> None:
        """All findings reported and accepted."""
        person = manager_of(row.outlet)
        for finding in row.findings.select_related("answer__item", "inspection"):
            with self.at(ago, 11):
                self.report(person, finding)
            with self.at(ago - 1, 15):
                correcting.accept(self.manager, finding)


def manager_of(outlet: Outlet) -> Actor:
    """The partner's manager, who answers for the outlet."""
    home = outlet.partner.organisation_id
    user = User.objects.filter(membership__role=Role.PARTNER_MANAGER, membership__organisation_id=home).first()
    return Actor.of(user) if user else Actor()


def _at(day: date, hour: int) -> Any:
    return clock.travel(datetime.combine(day, time(hour), clock.LOCAL))
