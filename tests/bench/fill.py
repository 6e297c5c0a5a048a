"""Many tickets quickly: some are built and written as the import writes them, the others are copies with their own
names. Clocks, facts, history and journal are there for each; only the journal's chain of a copy would not verify."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from partners.models import Outlet, ProductLine, Staff
from portal.kernel import clock
from tickets.actions.import_log.tables import Table, Values
from tickets.actions.import_log.writer import Columns, Writer
from tickets.choices import Category, Channel, ProgressStatus, Urgency
from tickets.models import Customer
from tickets.rules.log_case import LogCase
from tickets.rules.log_row import Happening
from tickets.rules.log_state import Outcome, replay

#: Tickets that are built; the others are copies of them.
PATTERNS = 2000
#: How much of the tickets is not finished, in percent.
OPEN = 10
DAYS = 450
WORDS = ("无法启动", "充电中断", "仪表报警", "制动异响", "空调不制冷", "软件升级失败", "电池续航下降", "车门无法解锁")
PARTS = ("充电桩", "驱动电机", "动力电池", "车载终端", "冷却系统", "转向系统", "高压线束", "显示屏")
STORY = ("receive", "register", "dispatch", "accept", "diagnose", "start", "progress", "complete", "confirm", "close")
#: How far an unfinished one has come: so many of the steps above.
STOPS = (1, 2, 3, 3, 4, 5, 6, 7, 7, 7, 8, 9)


class Filler(Writer):
    """A Writer that keeps what it wrote and writes copies of it."""

    def __init__(self, outlets: list[Outlet], staff: dict[int, list[Staff]], lines: list[ProductLine]) -> None:
        super().__init__("bench", clock.now())
        self.random = Random(20261122)  # noqa: S311  the same tickets every time
        self.outlets, self.staff, self.lines = outlets, staff, lines
        self.customers = list(Customer.objects.order_by("pk"))
        self.kept: dict[Table, list[Values]] = {}
        self.total = 0

    def fill(self, upto: int) -> None:
        """Write until there are so many tickets."""
        with transaction.atomic():
            if not self.kept:
                self.create(list(self._cases(min(PATTERNS, upto))))
                self.kept = {table: [list(row) for row in rows] for table, rows in self._waiting.items()}
                for rows in self._waiting.values():
                    rows.clear()
            while self.total < upto:
                self._copy(min(len(self.kept[self.tickets]), upto - self.total))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _copy(self, count: int) -> None:
        key = self.tickets.names.index("id")
        keys = self.tickets.reserve(count)
        patterns = self.kept[self.tickets][:count]
        new = {row[key]: fresh for row, fresh in zip(patterns, keys, strict=True)}
        for table, column in ((self.tickets, "id"), (self.history, "id")):
            place = table.names.index(column)
            rows = [list(row) for row in self.kept[table] if row[place] in new]
            for row in rows:
                row[place] = new[row[place]]
                self._rename(table, row, row[place])
            table.insert(rows)
        for table in (self.clocks, self.facts):
            place = table.names.index("ticket_id")
            table.insert([_with(row, place, new[row[place]]) for row in self.kept[table] if row[place] in new])
        place = self.journal.names.index("subject")
        subjects = {f"ticket:{old}": f"ticket:{fresh}" for old, fresh in new.items()}
        rows = self.kept[self.journal]
        self.journal.insert([_with(row, place, subjects[row[place]]) for row in rows if row[place] in subjects])
        self.total += count

    def _rename(self, table: Table, row: Values, key: int) -> None:
        customer = self.customers[key % len(self.customers)]
        for name, value in (
            ("number", number_of(key)),
            ("external_id", str(key)),
            ("serial_number", f"LB{key:010d}"),
            ("contact_phone", phone_of(key)),
            ("customer_id", customer.pk),
            ("customer_name", customer.name),
        ):
            row[table.names.index(name)] = value

    def _cases(self, count: int) -> Iterator[tuple[LogCase, Columns, list[Happening], Outcome]]:
        for n in range(count):
            is_open = n % 100 < OPEN
            told = self._story(is_open, STOPS[n // 100 % len(STOPS)])
            outlet = self.outlets[n // 3 % len(self.outlets)]
            line = self.random.choice(self.lines)
            fields = {
                "channel": self.random.choice([c for c in Channel.values if c != Channel.IMPORT]),
                "category": self.random.choice(Category.values),
                "urgency": self.random.choice(Urgency.values),
                "title": f"{self.random.choice(PARTS)}{self.random.choice(WORDS)}",
                "description": "，".join(self.random.choices(WORDS, k=6)),
                "contact": "赵女士",
                "region": outlet.region,
                "address": "上海市徐汇区漕溪北路 8 号",
                "model": "EV-001",
            }
            case = LogCase(f"pattern-{n}", fields, "", None, told, [n])
            yield case, self._keys(told, outlet, line), told, replay(told)

    def _keys(self, told: list[Happening], outlet: Outlet, line: ProductLine) -> Columns:
        verbs = {each.verb for each in told}
        given, taken = "dispatch" in verbs, "accept" in verbs
        return {
            "partner_id": outlet.partner_id if given else None,
            "first_partner_id": outlet.partner_id if given else None,
            "outlet_id": outlet.pk if given else None,
            "owner_id": self.random.choice(self.staff[outlet.pk]).pk if taken else None,
            "customer_id": self.customers[0].pk,
            "product_line_id": line.pk,
        }

    def _story(self, is_open: bool, stop: int) -> list[Happening]:
        hours = self.random.uniform(0, 72) if is_open else 24 * self.random.uniform(4, DAYS)
        at = (self.now - timedelta(hours=hours)).replace(microsecond=0)
        steps = STORY[:stop] if is_open else STORY
        told = []
        for index, verb in enumerate(steps):
            room = self.now - at
            at += min(timedelta(minutes=self.random.expovariate(1 / (20 + 60 * index))), room)
            told.append(Happening(verb, at, "系统", facts=self._said(verb, at)))
        return told

    def _said(self, verb: str, at: datetime) -> dict[str, Any]:
        words = self.random.choice(WORDS)
        return {
            "dispatch": {"outlet": "浦东服务网点", "department": "repair"},
            "accept": {"owner": "陈师傅"},
            "diagnose": {"finding": words, "probable_cause": words, "mode": "remote"},
            "start": {"solution": words, "duration_hours": "2"},
            "progress": {"status": ProgressStatus.IN_PROGRESS, "measures": words, "next_step": words},
            "complete": {"cause": words, "work_and_result": words},
        }.get(verb, {})


def number_of(key: int) -> str:
    """The number of a filled ticket."""
    return f"BM{key:08d}"


def phone_of(key: int) -> str:
    """His contact's telephone."""
    return f"135{key:08d}"


def _with(row: Values, place: int, value: Any) -> Values:
    fresh = list(row)
    fresh[place] = value
    return fresh
