"""Faults and emergencies: diagnosed, planned, visited, worked on day by day, inspected, handed back."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portal.demo import pace, stock, tools
from portal.demo.ending import Ended
from portal.demo.story import Times
from portal.kernel import clock
from tickets.actions import completion, diagnosis, dispatch, progress
from tickets.choices import InspectionItem, ServiceMode, SuspendReason, WarrantyStatus
from tickets.choices.part_request import OldPart
from tickets.models import PartRequest

LABOUR = {ServiceMode.REMOTE: Decimal("80"), ServiceMode.ON_SITE: Decimal("260")}


class Repair(Ended):
    """The story of something broken."""

    def serve(self) -> Times:
        if self.urgent or self.is_late_in_the_day():
            yield from self._hurry()
        yield from self.hand_over()
        yield from self.rethink()
        if not self.urgent:
            # At night the desk has called already; by day the responsible person does.
            late = pace.late(self.random, self.skill, 0.35)
            yield from self.wait(*((90, 300) if late else (4, 35)), office=late)
            self.call(self.owner.actor)
        yield from self.work(first=True)
        if self.script.draws("reject", self.skill):
            yield from self._again()
        yield from self.confirm()
        if self.script.draws("reopen", self.skill):
            yield from self._return()
        yield from self.follow()

    def _hurry(self) -> Times:
        """The desk itself calls: at once in an emergency, and when the outlets sleep."""
        late = self.random.random() < 0.05
        yield from self.wait(*((32, 50) if late else (3, 18)), office=False)
        self.call(self.desk)

    def work(self, *, first: bool) -> Times:
        """One cycle from the diagnosis to the completed sheet."""
        matter = self.script.matter
        yield from self.wait(10, 60 if self.urgent else 120)
        self._diagnose(first)
        if first and self.script.draws("escalate", self.skill):
            yield from self.wait(15, 90)
            said = {"senior": self.script.words("senior"), "cause": self.script.words("escalate")}
            self.done(dispatch.escalate(self.owner.actor, self.ticket, level=2, **said))
        yield from self.wait(5, 40)
        self._start()
        if self.ticket.mode == ServiceMode.ON_SITE:
            yield from self._arrive()
        yield from self._days(matter["steps"], first)
        yield from self.wait(30, 60 * min(6.0, float(matter["hours"])) + 31)
        self.note_today(matter["steps"][-1])
        self._complete(first)

    @property
    def in_warranty(self) -> bool:
        until = self.script.served.equipment.warranty_until
        return until is not None and until >= clock.local(self.at).date()

    def _diagnose(self, first: bool) -> None:
        matter = self.script.matter
        cause = matter["cause"] if first else self.script.words("second_cause")
        said = {
            "finding": matter["finding"] if first else f"复检：{cause}",
            "probable_cause": cause,
            "mode": matter["mode"],
            "warranty": WarrantyStatus.IN if self.in_warranty else WarrantyStatus.OUT,
            "parts_needed": "、".join(f"{number} {name}" for number, name, _ in matter["parts"]),
        }
        self.done(diagnosis.diagnose(self.owner.actor, self.ticket, **said))

    def _start(self) -> None:
        matter, visit = self.script.matter, None
        if matter["mode"] == ServiceMode.ON_SITE:
            late = pace.late(self.random, self.skill, 0.3)
            hours = (1, 4) if self.urgent else (40, 75) if late else (2, 26)
            begin = self.at + timedelta(hours=pace.spread(self.random, *hours))
            visit = (begin if self.urgent else pace.at_work(begin, self.random)).replace(second=0, microsecond=0)
        price = None if self.in_warranty else LABOUR[matter["mode"]] + sum(Decimal(p) for _, _, p in matter["parts"])
        hours = Decimal(str(matter["hours"]))
        said: dict[str, Any] = {"solution": matter["solution"], "duration_hours": hours, "appointment_at": visit}
        self.done(diagnosis.start(self.owner.actor, self.ticket, **said, price=price))

    def _arrive(self) -> Times:
        if self.script.limit is None and self.ticket.appointment_at:
            drift = self.random.randint(-25, 15) if self.random.random() < self.skill else self.random.randint(30, 180)
            due = self.ticket.appointment_at + timedelta(minutes=drift)
            yield from self.until(max(self.at + timedelta(minutes=5), due))
        else:
            yield from self.wait(30, 90)
        self.done(progress.arrive(self.owner.actor, self.ticket))

    def _days(self, steps: list[str], first: bool) -> Times:
        """An entry of 附件2 a day, sometimes forgotten, and the waiting in between."""
        for index, measures in enumerate(steps):
            yield from self.wait(*((10, 60) if index == 0 or self.urgent else (60, 500)))
            if self.remembers() or index == 0:
                words = {"next_step": self.script.words("next_step"), "needed": self.script.words("needed")}
                self.note(measures, last=index == len(steps) - 1, **words)
            if index == 0 and first and self.script.draws("suspend", self.skill):
                yield from self._suspend()
        missed = 0.45 if self.urgent else 0.30
        if first and pace.late(self.random, self.skill, missed):
            yield from self._linger()

    def _linger(self) -> Times:
        """What makes a resolution late: days in which little happens."""
        for _ in range(self.random.randint(1, 4)):
            yield from self.wait(1200, 1500)

    def _suspend(self) -> Times:
        reasons = [r for r in SuspendReason.values if r != SuspendReason.FORCE_MAJEURE or self.random.random() < 0.2]
        reason, parts = self.random.choice([*reasons, SuspendReason.PARTS]), self.script.matter["parts"]
        if reason == SuspendReason.PARTS and not parts:
            reason = SuspendReason.CUSTOMER
        days = self.random.uniform(0.6, 2.4)
        until = max(self.at, self.script.limit or self.at) + timedelta(days=days)
        note = self.script.words(f"suspend_{reason}")
        awaited = self._order(parts[0][0], until) if reason == SuspendReason.PARTS else None
        self.done(progress.suspend(self.owner.actor, self.ticket, reason, until, note))
        yield from self.wait(days * 1200, days * 1440)
        if awaited:
            stock.bring(self.owner, awaited, self.network.manager)
        self.done(progress.resume(self.owner.actor, self.ticket))

    def _order(self, number: str, until: datetime) -> PartRequest:
        """A part is on order; a poor shop was promised it earlier than it comes."""
        kept = self.random.random() < self.skill + 0.03
        day = clock.local(until if kept else self.at).date()
        return stock.await_parts(self.owner, self.ticket, number, self.network.manager, day)

    def _complete(self, first: bool) -> None:
        matter = self.script.matter
        begun = self.ticket.arrived_at or self.ticket.started_at or self.at
        count = self.random.randint(3, 5)
        said = {
            "service_from": min(begun, self.at),
            "service_until": self.at,
            "cause": matter["cause"] if first else self.script.words("second_cause"),
            "work_and_result": matter["work"].format(n=3) if first else self.script.words("second_work"),
            "inspection": [str(item) for item in InspectionItem.values[:count]],
            "inspection_passed": True,
            "explained": True,
            "labour_charge": Decimal(0) if self.in_warranty else LABOUR[matter["mode"]],
            "parts": self._parts() if first else [],
            "tools": tools.at_hand(self.shop, 2) if matter["mode"] == ServiceMode.ON_SITE else [],
            "files": self.photos("完工照片"),
        }
        self.done(completion.complete(self.owner.actor, self.ticket, **said))

    def _parts(self) -> list[dict[str, Any]]:
        return [self._part(number, price) for number, _name, price in self.script.matter["parts"]]

    def _part(self, number: str, price: int) -> dict[str, Any]:
        """One line: drawn from stock, the old piece taken back where it is worth something."""
        worth = price > 300
        line = stock.at_hand(self.shop, number, 2 if price < 100 else 1, self.network.manager)
        if worth:
            old = f"{number}-{self.random.randint(1000, 9999)}-{self.ticket.number[2:]}"
            line = {"new_serial": f"{number}-{self.random.randint(1000, 9999)}"} | line | {"old_serial": old}
        return line | {"in_warranty": self.in_warranty, "old_part": OldPart.RETURNED if worth else OldPart.LEFT}

    def _again(self) -> Times:
        """Rejected: a new plan and the work once more."""
        yield from self.wait(60, 700)
        self.done(completion.reject(self.customer, self.ticket, reason=self.script.words("reject")))
        yield from self.work(first=False)

    def _return(self) -> Times:
        """The fault comes back within the window."""
        yield from self.wait(2 * 1440, 16 * 1440)
        self.done(completion.reopen(self.customer, self.ticket, reason=self.script.words("reopen")))
        yield from self.work(first=False)
        yield from self.confirm()
