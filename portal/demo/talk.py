"""Consultations, which are answered, and complaints, which are investigated."""

from datetime import timedelta
from decimal import Decimal

from portal.demo import pace
from portal.demo.ending import Ended
from portal.demo.story import Times
from tickets.actions import completion, diagnosis
from tickets.choices import Department, ServiceMode, TicketState, WarrantyStatus


class Consultation(Ended):
    """A question: answered by the desk, or by a partner who knows the product."""

    bonus = 0.03

    def serve(self) -> Times:
        self.shop = self.choose(())
        if self.is_late_in_the_day():
            yield from self.wait(5, 30, office=False)
            self.call(self.desk)
        passed_on = self.random.random() < 0.55 or self.script.stop in (TicketState.DISPATCHED, TicketState.ACCEPTED)
        if passed_on:
            yield from self.hand_over(self.random.choice((Department.SERVICE, Department.TECHNICAL)))
        actor = self.owner.actor if passed_on else self.desk
        yield from self.wait(*((250, 420) if pace.late(self.random, self.skill, 0.3) else (10, 60)))
        self.call(actor)
        slow = pace.late(self.random, self.skill, 0.25)
        yield from self.wait(*((2900, 4200) if slow else (15, 900)))
        matter = self.script.matter
        if passed_on:
            self.note_today("已查阅知识库并与技术部核对，答复客户")
        self.done(completion.answer(actor, self.ticket, answer=matter["answer"], article=matter["article"]))
        yield from self.confirm()
        yield from self.follow()


class Complaint(Ended):
    """Somebody was not content: heard, investigated, answered."""

    bonus = -0.12

    def serve(self) -> Times:
        yield from self.wait(15, 160)
        self.call(self.desk)
        yield from self.hand_over(Department.SERVICE)
        late = pace.late(self.random, self.skill, 0.3)
        yield from self.wait(*((1800, 3000) if late else (120, 900)))
        self.call(self.desk, opinion=True)
        yield from self._handle()
        if self.script.draws("reject", self.skill):
            yield from self.wait(120, 900)
            self.done(completion.reject(self.customer, self.ticket, reason="答复没有说明改进措施，请再核实"))
            yield from self._handle()
        yield from self.confirm()
        yield from self.follow()

    def _handle(self) -> Times:
        matter, actor = self.script.matter, self.owner.actor
        yield from self.wait(60, 600)
        said = {"finding": matter["finding"], "probable_cause": matter["cause"], "mode": ServiceMode.REMOTE}
        self.done(diagnosis.diagnose(actor, self.ticket, **said, warranty=WarrantyStatus.UNKNOWN))
        yield from self.wait(30, 300)
        self.done(diagnosis.start(actor, self.ticket, solution=matter["solution"], duration_hours=Decimal(24)))
        for index, measures in enumerate(matter["steps"]):
            yield from self.wait(*((20, 120) if index == 0 else (1000, 1500)))
            if self.remembers():
                self.note(measures, next_step="核实后书面答复客户")
        slow = pace.late(self.random, self.skill, 0.3)
        yield from self.wait(*((5000, 8000) if slow else (60, 500)))
        self.note_today("已形成处理结论，书面答复客户")
        self.done(
            completion.complete(
                actor,
                self.ticket,
                service_from=min(self.ticket.started_at or self.at, self.at - timedelta(minutes=1)),
                service_until=self.at,
                cause=matter["cause"],
                work_and_result=matter["work"],
                inspection_passed=True,
                explained=True,
            )
        )
