"""Tools of the demonstration: the catalogue, every outlet's tools with certificates, diagnostic tools, their log."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from partners.actions import tool, tool_calibration, tool_grant, tool_use
from partners.actions.tool_grant import Terms
from partners.choices.tool import CheckResult, ToolState
from partners.choices.tool_grant import UseResult
from partners.models import Calibration, DiagnosticTool, Tool, ToolType
from partners.queries.people import managers_of
from partners.queries.tool import measuring
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.demo import pictures, texts
from portal.demo.network import Network, Shop
from portal.kernel import clock
from tickets.models import Ticket

BODIES = ("上海市计量测试技术研究院", "江苏省计量科学研究院", "中国赛宝实验室")
#: For so many days a diagnostic tool is opened.
TERM = timedelta(days=364)


def build(network: Network, today: date) -> None:
    """Before the first ticket: the catalogue and every outlet's tools, calibrated up to `today`.

    The first outlet is where something is overdue, failed, away and missing.
    """
    random, told = Random("tools"), texts.read("tools")
    technical = _technical()
    types = {row["code"]: _type(network, technical, row) for row in told["type"]}
    for number, shop in enumerate(network.shops):
        keeper = _manager(shop)
        for place, row in enumerate(told["type"]):
            if set(row["lines"]) & shop.lines or row["tiers"]:
                _equip(random, keeper, shop, types[row["code"]], row, today, first=number == 0, place=place)


def at_hand(shop: Shop, count: int) -> list[Tool]:
    """What a sheet names as used: tools of the outlet that measure on that day."""
    return list(measuring(shop.row, clock.today())[:count])


def fill(random: Random, network: Network, today: date) -> None:
    """A rejected record, the diagnostic tools with grants in every state and their log, and what was warned of."""
    technical = _technical()
    _reject(technical, network.shops[0])
    tools = [_diagnostic(network, row) for row in texts.read("tools")["diagnostic"]]
    _grants(random, network, technical, tools, today)
    with _at(today, 8):
        tool_calibration.warn(today)
        tool_grant.warn(today)


def _type(network: Network, technical: Actor, told: dict[str, Any]) -> ToolType:
    row = ToolType(code=told["code"], name=told["name"], kind=told["kind"], tiers=told["tiers"])
    row.interval_months = told["months"] or None
    tool.keep_type(technical, row)
    row.product_lines.set([network.lines[code] for code in told["lines"]])
    return row


def _equip(
    random: Random,
    keeper: Actor,
    shop: Shop,
    kind: ToolType,
    told: dict[str, Any],
    today: date,
    *,
    first: bool,
    place: int,
) -> None:
    """One tool of the type with its last calibrations; a few outlets lack some."""
    if (first and place == 1) or (not first and random.random() < 0.06):
        return
    bought = today - timedelta(days=random.randint(600, 1500))
    holder = random.choice(shop.people).row if random.random() < 0.5 else None
    serial = f"{random.randint(10_000_000, 99_999_999)}"
    row = Tool(type=kind, outlet=shop.row, model=told["model"], serial=serial, holder=holder, bought_on=bought)
    with _at(bought, 10):
        tool.add(keeper, row)
    if not kind.interval_months:
        return
    days = 30 * kind.interval_months
    age = {0: days - 12, 2: days + 40, 3: 20}.get(place, 60) if first else random.randint(10, days - 20)
    failed = first and place == 4
    for ago in (age + days - 5, age):
        if today - timedelta(days=ago) >= bought:
            bad = failed and ago == age
            _calibrate(random, keeper, row, today - timedelta(days=ago), bad, photo=first and ago == age)
    if first and place == 3:
        with _at(today - timedelta(days=2), 15):
            tool.set_state(keeper, Tool.objects.get(pk=row.pk), ToolState.CALIBRATING, "送检：年度校准")


def _calibrate(random: Random, keeper: Actor, row: Tool, day: date, failed: bool, *, photo: bool) -> None:
    number = f"JZ-{day:%Y}-{random.randint(10_000, 99_999)}"
    result = CheckResult.FAILED if failed else CheckResult.PASSED
    note = "示值误差超差，停用送修" if failed else ""
    paper = Calibration(
        tool=row, checked_on=day, body=random.choice(BODIES), certificate_number=number, result=result, note=note
    )
    upload = pictures.scan(random) if photo else None
    if upload is not None:
        upload.name = f"校准证书-{number}.png"
    with _at(day + timedelta(days=1), 11):
        tool_calibration.record(keeper, paper, upload)


def _reject(technical: Actor, shop: Shop) -> None:
    row = Calibration.objects.filter(tool__outlet=shop.row, result=CheckResult.PASSED).order_by("-checked_on").first()
    if row is not None:
        tool_calibration.reject(technical, row, "证书照片看不清校准日期与盖章，请重新上传原件扫描件")


def _diagnostic(network: Network, told: dict[str, Any]) -> DiagnosticTool:
    kept = {name: told[name] for name in ("code", "name", "functions", "risk", "address", "how")}
    row = DiagnosticTool.objects.create(**kept)
    row.product_lines.set([network.lines[code] for code in told["lines"]])
    return row


def _grants(random: Random, network: Network, technical: Actor, tools: list[DiagnosticTool], today: date) -> None:
    """Open to everybody at the first partners, one ending soon, one over, one withdrawn, two requests waiting."""
    shops: dict[str, Shop] = {}
    for shop in network.shops:
        shops.setdefault(shop.code, shop)
    charger, battery, firmware = tools
    for number, shop in enumerate(list(shops.values())[:5]):
        begin = today - (TERM - timedelta(days=20) if number == 1 else timedelta(days=90 + 10 * number))
        terms = Terms(charger.functions, begin, begin + TERM, conditions="仅限本网点派修工单；清除故障码前须拍照留存。")
        with _at(begin, 14):
            grant = tool_grant.grant(technical, charger, shop.row.partner, terms)
        _uses(random, technical, shop, grant, today)
    first, *others = list(shops.values())
    old = Terms(battery.functions[:3], today - timedelta(days=200), today - timedelta(days=15))
    with _at(today - timedelta(days=200), 9):
        tool_grant.grant(technical, battery, first.row.partner, old)
    named = Terms(
        firmware.functions,
        today - timedelta(days=30),
        today + timedelta(days=150),
        people=[first.people[0].row],
        conditions="须两人在场，刷写前备份参数。",
    )
    with _at(today - timedelta(days=30), 9):
        tool_grant.grant(technical, firmware, first.row.partner, named)
    with _at(today - timedelta(days=3), 16):
        why = "储能柜偶发绝缘告警，需读取电池簇实时数据定位。"
        tool_grant.ask(first.people[-1].actor, battery, ["read_codes", "live_data"], why)
        why = "换电站电池异常较多，申请给两个网点的工程师使用。"
        tool_grant.ask(_manager(others[0]), battery, battery.functions[:2], why)
    if len(others) > 2:
        with _at(today - timedelta(days=40), 9):
            short = Terms(["read_codes"], today - timedelta(days=40), today + timedelta(days=200))
            kept = tool_grant.grant(technical, battery, others[2].row.partner, short)
        with _at(today - timedelta(days=6), 17):
            tool_grant.withdraw(technical, kept, "下载密钥在群内转发，违反使用条件")


def _uses(random: Random, technical: Actor, shop: Shop, grant: Any, today: date) -> None:
    """A few uses for tickets of the last weeks."""
    lines = [line.pk for line in grant.tool.product_lines.all()]
    people = {person.row.pk: person for person in shop.people}
    since = max(clock.now() - timedelta(days=120), clock.end_of(grant.valid_from))
    until = clock.now() - timedelta(hours=2)
    rows = Ticket.objects.filter(owner__in=people, product_line__in=lines, accepted_at__range=(since, until))
    for ticket in rows.select_related("product_line").order_by("-number")[:6]:
        person = people[ticket.owner_id]
        job = tool_use.Job(ticket.number, ticket.product_line, ticket.product_model, ticket.serial_number)
        function = random.choice(grant.functions)
        begun = ticket.accepted_at or since  # the filter leaves none without
        with clock.travel(begun + timedelta(minutes=random.randint(20, 50))):
            use = tool_use.open_tool(person.actor, grant, job, function, f"定位：{ticket.title[:60]}")
        with clock.travel(begun + timedelta(minutes=random.randint(60, 110))):
            found = random.choice([UseResult.FOUND, UseResult.FOUND, UseResult.DONE, UseResult.NOTHING])
            tool_use.tell_result(person.actor, use, found, "已按故障码处理" if found == UseResult.FOUND else "")


def _technical() -> Actor:
    return Actor.of(User.objects.get(username="technical"))


def _manager(shop: Shop) -> Actor:
    return Actor.of(managers_of(shop.row.partner)[0])


def _at(day: date, hour: int) -> Any:
    return clock.travel(datetime.combine(day, time(hour, 12), clock.LOCAL))
