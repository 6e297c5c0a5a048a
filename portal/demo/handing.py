"""From the desk to a responsible person: dispatch, decline, accept, transfer."""

from datetime import date, datetime, time, timedelta

from portal.demo import pace
from portal.demo.network import Person, Shop
from portal.demo.story import Story, Times
from portal.kernel import clock
from tickets.actions import dispatch, intake, progress
from tickets.choices import Category, Department, ProgressStatus
from tickets.choices import TicketState as S


class Handed(Story):
    """A story that a partner works on."""

    shop: Shop
    owner: Person

    #: Days that have their entry of 附件2.
    noted: set[date]

    def until(self, target: datetime) -> Times:
        """While somebody works on it, the evenings on the way see an entry of 附件2, if nobody forgets it."""
        day, last = clock.local(self.at).date(), clock.local(target).date()
        while day < last and self._in_hand():
            evening = datetime.combine(day, time(16, 40), clock.LOCAL) + timedelta(minutes=self.random.randint(0, 90))
            evening = max(evening, self.at + timedelta(minutes=self.random.randint(8, 30)))
            same_day = clock.local(evening).date() == day
            if same_day and evening < target and day not in self.noted and self.remembers():
                yield from super().until(evening)
                self.note(self.script.words("daily"), next_step=self.script.words("next_step"))
            day += timedelta(days=1)
        yield from super().until(target)

    def _in_hand(self) -> bool:
        return self.ticket.state in (S.ACCEPTED, S.DIAGNOSED, S.IN_PROGRESS, S.SUSPENDED, S.REASSESSING)

    def remembers(self) -> bool:
        """Whether the responsible person writes today's entry."""
        return self.random.random() < self.skill + 0.05

    def note(self, measures: str, *, last: bool = False, next_step: str = "", needed: str = "") -> None:
        """One row of 附件2."""
        self.noted.add(clock.local(self.at).date())
        told = self.script.words("communication")
        status = ProgressStatus.TO_CONFIRM if last else ProgressStatus.IN_PROGRESS
        said = {"status": status, "measures": measures, "communication": told}
        asked = {"needed_from_customer": needed, "next_step": next_step}
        files = self.photos("处理照片")
        self.done(progress.progress(self.owner.actor, self.ticket, **said, **asked, files=files))

    def note_today(self, measures: str) -> None:
        """The entry that the day of completion owes, unless it has one."""
        if clock.local(self.at).date() not in self.noted and self.remembers():
            self.note(measures, last=True)

    @property
    def skill(self) -> float:
        """How good the shop is by now."""
        return self.quality(self.shop, self.quarters)

    def hand_over(self, department: str = Department.REPAIR) -> Times:
        """Dispatch until somebody accepts."""
        self.noted = set()
        self.shop = self.choose(())
        yield from self.wait(3, 16)
        self.done(dispatch.dispatch(self.desk, self.ticket, self.shop.row, department))
        if self.script.draws("decline", self.skill):
            yield from self._decline(department)
        yield from self._accept()
        if self.script.draws("transfer", self.skill):
            yield from self._transfer()

    def choose(self, but: tuple[Shop, ...]) -> Shop:
        served = self.script.served
        shops = self.network.serving(served.customer.region, served.line)
        left = [shop for shop in shops if shop not in but] or shops
        wanted = self.script.shop if self.script.shop in left else None
        return wanted or self.random.choice(left)

    def _decline(self, department: str) -> Times:
        yield from self.wait(10, 50)
        self.done(dispatch.decline(self.shop.dispatcher, self.ticket, self.script.words("decline")))
        self.shop = self.choose((self.shop,))
        yield from self.wait(4, 20, office=False)
        self.done(dispatch.dispatch(self.desk, self.ticket, self.shop.row, department))

    def _accept(self) -> Times:
        missed = pace.late(self.random, self.skill, 0.55)
        yield from self.wait(*((65, 240) if missed else (4, 50)), office=missed)
        self.owner = self._person()
        alone = self.random.random() < 0.45
        self.done(dispatch.accept(self.owner.actor if alone else self.shop.dispatcher, self.ticket, self.owner.row))

    def _person(self) -> Person:
        people = [p for p in self.shop.people if p.row.pk != self.ticket.complaint_about_id]
        return self.script.person if self.script.person in people else self.random.choice(people)

    def _transfer(self) -> Times:
        """To another outlet: of the same partner by the dispatcher, else by the desk."""
        other = self.choose((self.shop,))
        if other is self.shop:
            return
        yield from self.wait(20, 120)
        actor = self.shop.dispatcher if other.code == self.shop.code else self.desk
        self.done(dispatch.transfer(actor, self.ticket, other.row, self.script.words("transfer")))
        self.shop = other
        yield from self._accept()

    def rethink(self) -> Times:
        """What the customer's first words hid: another category."""
        if "reclassify" not in self.script.turns or self.ticket.category == self.script.category:
            return
        yield from self.wait(4, 15, office=False)
        urgency = "high" if self.script.category == Category.EMERGENCY else "normal"
        reason = "经电话核实，按实际影响调整问题类型"
        self.done(intake.reclassify(self.desk, self.ticket, self.script.category, urgency, reason))
