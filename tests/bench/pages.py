"""Pages and steps as people meet them, through the whole stack of middleware in this process."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.adminkit.paging import MOST_ROWS
from portal.links.tokens import issue
from tests.bench import bare
from tests.bench.fill import number_of, phone_of
from tests.bench.measure import Run, Sample, counted, measure, say, timed
from tests.bench.world import World
from tickets.choices import ProgressStatus, TicketState
from tickets.models import Ticket
from tickets.queries import desk

LIST = "admin:tickets_ticket_changelist"


@dataclass(frozen=True)
class Goal:
    """What design/yardsticks promises: milliseconds, or a multiple of the bare view; 0 where nothing is promised."""

    ms: float = 0
    bare: float = 0

    def __str__(self) -> str:
        return f"≤{self.ms:g} ms" if self.ms else f"≤{self.bare:g}× bare" if self.bare else ""

    def met(self, sample: Sample) -> bool:
        return sample.standard <= self.ms if self.ms else not self.bare or sample.ratio <= self.bare


OWN, ADMIN, SEARCH = Goal(bare=1.5), Goal(bare=8), Goal(ms=30)
GOALS: dict[str, Goal] = {
    "admin list, open": ADMIN,
    "admin list, deep page": ADMIN,
    "admin list, filtered": ADMIN,
    "admin list, overdue": ADMIN,
    "admin search, number": SEARCH,
    "admin search, telephone": SEARCH,
    "admin search, customer": SEARCH,
    "admin search, two characters": SEARCH,
    "admin search, nothing found": SEARCH,
    "its query alone, customer": SEARCH,
    "its query alone, two characters": SEARCH,
    "admin ticket page": Goal(ms=60),
    "dashboard": Goal(ms=120),
    "field inbox, technician": OWN,
    "field inbox, manager": OWN,
    "field list, page 2": OWN,
    "field search, two characters": SEARCH,
    "field ticket page": Goal(ms=20),
    "customer ticket page": Goal(ms=20),
    "customer tracks (POST)": Goal(ms=20),
    "create by public form (POST)": Goal(ms=12),
    "progress (POST)": Goal(ms=12),
    "accept (POST)": Goal(ms=12),
}


class Pages:
    """Clients that are signed in, and what each page asks."""

    def __init__(self, world: World) -> None:
        self.world, self.stage = world, world.stage
        self.total = world.filler.total
        self.bare = bare.opener()
        self.desk = _signed_in(User.objects.get(pk=world.stage.desk.user_id))
        self.technician = _signed_in(world.stage.ann.user)
        self.manager = _signed_in(world.manager)
        self.customer = Client()
        self.ticket = self.stage.progress(self.stage.ticket_in(TicketState.IN_PROGRESS))
        self.token = issue(self.ticket, "track", days=90)

    def all(self, runs: int) -> Iterator[tuple[str, Run]]:
        """Every page with its name; steps make what they need beforehand."""
        key = Ticket.objects.filter(imported_from="bench").order_by("pk")[10].pk
        searches = {
            "number": number_of(key),
            "telephone": phone_of(key),
            "customer": "泰山机场服务第7分公司",
            "two characters": "机场",
            "nothing found": "没有这个词",
        }
        page, field = self._get, reverse("field:inbox")
        yield "admin list, open", page(self.desk, reverse(LIST))
        yield "admin list, deep page", page(self.desk, reverse(LIST) + f"?queue=open&p={min(15, self.total // 1000)}")
        yield "admin list, filtered", page(self.desk, reverse(LIST) + "?queue=working&category=fault&urgency=high")
        yield "admin list, overdue", page(self.desk, reverse(LIST) + "?queue=open&due=overdue")
        for name, text in searches.items():
            yield f"admin search, {name}", page(self.desk, f"{reverse(LIST)}?q={text}")
        for name in ("customer", "two characters"):
            yield f"its query alone, {name}", self._search(searches[name])
        yield "admin ticket page", page(self.desk, reverse("admin:tickets_ticket_change", args=[self.ticket.pk]))
        yield "dashboard", page(self.desk, reverse("admin:index"))
        yield "field inbox, technician", page(self.technician, field + "?tab=open")
        yield "field inbox, manager", page(self.manager, field + "?tab=open")
        yield "field list, page 2", page(self.manager, reverse("field:search") + "?page=2")
        yield "field search, two characters", page(self.manager, reverse("field:search") + "?q=机场")
        yield "field ticket page", page(self.technician, reverse("field:ticket", args=[self.ticket.number]))
        yield "customer ticket page", page(self.customer, reverse("customer:ticket", args=[self.token]))
        yield "customer tracks (POST)", self._track(key)
        yield "create by public form (POST)", self._create
        yield "progress (POST)", self._progress
        yield "accept (POST)", self._accept([self.stage.ticket_in(TicketState.DISPATCHED) for _ in range(runs + 2)])

    @staticmethod
    def _get(client: Client, url: str) -> Run:
        def run() -> None:
            answer = client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)

        return run

    def _search(self, text: str) -> Run:
        """What the list asks the database: how many, and the newest fifty."""
        actor = self.stage.desk

        def run() -> None:
            found = desk.search(Ticket.objects.visible_to(actor), text, phones=True)
            found.order_by()[:MOST_ROWS].count()
            list(found.select_related("partner", "outlet", "owner").order_by("-received_at", "-pk")[:50])

        return run

    def _track(self, key: int) -> Run:
        def run() -> None:
            cache.clear()  # else the brake on guessing says 429
            values = {"number": number_of(key), "phone": phone_of(key)}
            _sent(self.customer, reverse("public:track"), values)

        return run

    def _create(self) -> None:
        values = {
            "key": uuid.uuid4(),
            "category": "fault",
            "description": "按下启动键没有反应。屏幕显示 E12。",
            "product_line": self.stage.line.pk,
            "contact_name": "赵女士",
            "contact_phone": "13700000001",
            "contact_email": "contact1@example.com",
            "region": "上海市",
        }
        _sent(self.customer, reverse("public:request"), values)

    def _progress(self) -> None:
        version = Ticket.objects.values_list("version", flat=True).get(pk=self.ticket.pk)
        values = {"status": ProgressStatus.IN_PROGRESS, "measures": "已拆检模块", "next_step": "更换保险丝"}
        self._step(self.ticket.number, "progress", version, values)

    def _accept(self, waiting: list[Ticket]) -> Run:
        def run() -> None:
            ticket = waiting.pop()
            self._step(ticket.number, "accept", ticket.version, {"owner": self.stage.ann.pk})

        return run

    def _step(self, number: str, name: str, version: int, values: dict[str, Any]) -> None:
        values = {**values, "version": version, "key": uuid.uuid4()}
        _sent(self.technician, reverse("field:step", args=[number, name]), values)


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _sent(client: Client, url: str, values: dict[str, Any]) -> None:
    answer = client.post(url, values)
    assert answer.status_code == 302, (url, answer.status_code, answer.content.decode()[:3000])


def all_pages(world: World, runs: int, scales: tuple[int, int], queries: str | None) -> None:
    """The table: each page on the small and on the large database, in turns with the bare view."""
    found: dict[str, dict[int, Sample]] = {}
    for scale in scales:
        world.filler.fill(scale)
        pages = Pages(world)
        for name, run in pages.all(runs):
            if queries is not None:
                if queries in name:
                    _explain(name, run)
                continue
            found.setdefault(name, {})[scale] = measure(name, run, runs, pages.bare)
            print(".", end="", flush=True)
        if queries is None:
            found.setdefault("bare view, 50 rows", {})[scale] = measure("bare", pages.bare, runs, pages.bare)
    if queries is None:
        _table(found, scales)


def _explain(name: str, run: Callable[[], Any]) -> None:
    run()
    with counted() as sent:
        took = timed(run)
    say(f"\n{name}: {len(sent)} queries, {took:.1f} ms")
    for sql in sent:
        say(f"   {sql[:1500]}")


def _table(found: dict[str, dict[int, Sample]], scales: tuple[int, int]) -> None:
    say(f"\n{'':31} " + " ".join(f"{f'{scale:,} tickets':^23}" for scale in scales) + "    (the large one:)")
    columns = " ".join([f"{'min':>7} {'median':>7} {'max':>7}"] * len(scales))
    say(f"{'':31} {columns} {'÷ bare':>8} {'at 9 ms':>8} {'by cpu':>8} {'grown':>6} {'queries':>7}  goal")
    for name, by_scale in found.items():
        small, large = (by_scale[scale] for scale in scales)
        goal = GOALS.get(name, Goal())
        mark = "" if not str(goal) else "ok" if goal.met(large) else "MISSED"
        grown = large.ratio / small.ratio
        ratios = f"{large.ratio:7.1f}× {large.standard:8.1f} {large.work_ratio:7.1f}× {grown:5.2f}×"
        say(f"{name:31} {small.numbers()} {large.numbers()} {ratios} {large.queries:7}  {goal!s:11} {mark}")
