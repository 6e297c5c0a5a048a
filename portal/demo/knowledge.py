"""The knowledge base of the demonstration: articles in every state, contributions, votes, the recommended list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from partners.actions import benchmark_case
from partners.actions import knowledge as actions
from partners.actions.knowledge_base import Text
from partners.choices.knowledge import ArticleKind
from partners.models import Article, BenchmarkCase, ProductLine
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.demo import texts
from portal.demo.network import Network, Person
from portal.kernel import clock
from tickets.actions import article as in_tickets
from tickets.choices import TicketState
from tickets.models import Ticket
from tickets.queries.article import draft_of, suggested_for

#: Of each line's faults and emergencies so many become articles.
FAULTS, EMERGENCIES = 7, 2
VOTES = 24
CONTRIBUTED = 4


@dataclass(frozen=True)
class Told:
    """An article to write."""

    kind: ArticleKind
    line: ProductLine
    text: Text
    number: str = ""


def fill(random: Random, network: Network, today: date) -> None:
    """Some sixty articles of the last year and what became of them."""
    writer, reviewer = _actor("technical"), _actor("manager")
    told = list(_told(random, network))
    made = []
    for index, one in enumerate(told):
        days = 330 - index * 310 // len(told)
        with clock.travel(_morning(today, days)):
            article = actions.write(writer, one.text, kind=one.kind, number=one.number, lines=[one.line])
            article = actions.submit(writer, article)
        with clock.travel(_morning(today, days - 1)):
            due = (
                today + timedelta(days=12 + index % 2)
                if index % 15 == 1
                else today + timedelta(days=random.randint(60, 330))
            )
            made.append(actions.publish(reviewer, article, review_due=due))
    _states(writer, reviewer, made, today)
    _views(random, made)
    _votes(random)
    _contributions(writer, network, today)
    _cases(writer, reviewer, network, made, today)


def _told(random: Random, network: Network) -> Iterator[Told]:
    for code, line in network.lines.items():
        words = texts.line(code)
        for matter in (*words["fault"][:FAULTS], *words["emergency"][:EMERGENCIES]):
            yield Told(ArticleKind.SOLUTION, line, _solution(random, matter))
        for matter in words["consultation"]:
            number, _blank, title = matter["article"].partition(" ")
            body = f"## 标准答复\n\n{matter['answer']}\n\n> 答复客户前请核对产品型号与软件版本。"
            yield Told(ArticleKind.ANSWER, line, Text(title, body, matter["says"]), number)
    for manual in texts.read("knowledge")["manual"]:
        yield Told(ArticleKind.MANUAL, network.lines[manual["line"]], Text(manual["title"], manual["body"]))


def _solution(random: Random, matter: dict[str, Any]) -> Text:
    said = texts.read("knowledge")
    parts = "".join(f"| {number} | {name} |\n" for number, name, _price in matter["parts"])
    table = f"\n## 备件\n\n| 编号 | 名称 |\n|---|---|\n{parts}" if parts else ""
    body = (
        f"> {random.choice(said['safety'])}\n\n## 判断\n\n{matter['finding']}\n\n## 原因\n\n{matter['cause']}。\n\n"
        f"## 处理\n\n1. {matter['solution']}。\n2. {matter['work']}\n3. {random.choice(said['check'])}\n{table}\n"
        f"{random.choice(said['reminder'])}"
    )
    return Text(matter["title"].format(n="多"), body.format(n="多"), matter["says"].format(n="多"))


def _states(writer: Actor, reviewer: Actor, made: list[Article], today: date) -> None:
    """A second version, one in review, one sent back, one withdrawn, one expired."""
    second, waiting, returned, gone, old = made[3], made[9], made[14], made[20], made[0]

    def changed(article: Article, more: str) -> Text:
        version = article.current
        assert version is not None  # noqa: S101  it is published
        return Text(version.title, f"{version.body}\n\n{more}", version.symptoms)

    with clock.travel(_morning(today, 20)):
        actions.revise(writer, second, changed(second, "2026 年起新批次枪线力矩改为 8 N·m。"), "新批次力矩变更")
        actions.publish(reviewer, actions.submit(writer, second))
        actions.withdraw(writer, gone, "该型号已停产，资料并入新手册")
        actions.renew(writer, old, today - timedelta(days=5))
    with clock.travel(_morning(today, 2)):
        actions.expire(Actor.system("系统"), old)
        actions.revise(writer, waiting, changed(waiting, "软件 3.2 版之后不再需要重启。"), "新版软件")
        actions.submit(writer, waiting)
        actions.revise(writer, returned, changed(returned, "可先断电十分钟再试。"), "现场反馈")
        actions.send_back(reviewer, actions.submit(writer, returned), "断电十分钟没有试验依据，请补充数据")
    actions.write(
        writer, Text("低温启动失败的排查（编写中）", "## 待补充\n\n正在收集东北站点的数据。", "零下二十度不启动")
    )


def _views(random: Random, made: list[Article]) -> None:
    """Figures of a year; one by one they would take longer than all the rest."""
    for article in made:
        article.views = random.randint(4, 180)
    Article.objects.bulk_update(made, ["views"])


def _votes(random: Random) -> None:
    """The responsible people of present tickets attach what fits, and most say that it helped."""
    states = [TicketState.IN_PROGRESS, TicketState.PENDING_CONFIRMATION, TicketState.RESOLVED, TicketState.DIAGNOSED]
    present = Ticket.objects.filter(state__in=states, owner__user__isnull=False).select_related(
        "owner__user", "partner"
    )
    for ticket in present.order_by("-received_at")[:VOTES]:
        actor = Actor.of(ticket.owner.user)
        offers = suggested_for(actor, ticket)
        if not offers:
            continue
        in_tickets.attach(actor, ticket, offers[0].article)
        if random.random() < 0.75:
            in_tickets.solved_it(actor, ticket, offers[0].article)


def _contributions(editor: Actor, network: Network, today: date) -> None:
    """Technicians write down what they learnt: two are published, one waits, one came back."""
    people = {person.row.pk: person for shop in network.shops for person in shop.people}
    done = Ticket.objects.filter(
        state__in=[TicketState.RESOLVED, TicketState.CLOSED], owner__in=people, category="fault"
    )
    seen: set[int] = set()
    for ticket in done.order_by("owner", "-completed_at"):
        if ticket.owner_id in seen or len(seen) == CONTRIBUTED:
            continue
        seen.add(ticket.owner_id)
        article = _contribution(people[ticket.owner_id], ticket, today)
        if len(seen) in (1, 2):
            with clock.travel(_morning(today, 1)):
                actions.publish(editor, article)
        elif len(seen) == 3:
            actions.send_back(editor, article, "请补充测量数据和更换后的复测结果")


def _contribution(person: Person, ticket: Ticket, today: date) -> Article:
    draft = draft_of(ticket)
    text = Text(f"现场经验：{draft.title}"[:160], draft.body or "见现象。", draft.symptoms)
    with clock.travel(_morning(today, 3)):
        return in_tickets.contribute(person.actor, ticket, person.row, text)


def _cases(writer: Actor, manager: Actor, network: Network, made: list[Article], today: date) -> None:
    for index, told in enumerate(texts.read("knowledge")["case"]):
        values = {name: told[name] for name in ("kind", "title", "practice", "effect")}
        figures = {name: Decimal(str(told[name])) for name in ("before", "after") if name in told}
        values |= {"measure": told.get("measure", ""), "unit": told.get("unit", ""), **figures}
        partner = network.shops[index % len(network.shops)].row.partner
        with clock.travel(_morning(today, 40 - index)):
            case = benchmark_case.nominate(writer, BenchmarkCase(**values, partner=partner, article=made[5 + index]))
            if index < 3:
                benchmark_case.recommend(manager, case)
            elif index == 3:
                benchmark_case.decline(manager, case, "样本太少，再观察一个季度")


def _actor(username: str) -> Actor:
    return Actor.of(User.objects.get(username=username))


def _morning(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(9, 30), clock.LOCAL)
