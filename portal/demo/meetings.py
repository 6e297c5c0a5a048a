"""Meetings of the demonstration: held ones with minutes and decisions, the next ones, last year's summit."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from partners.actions import cooperation_task, meeting, meeting_calendar, meeting_minutes, meeting_topic
from partners.choices.meeting import Answer, MeetingKind
from partners.models import Decision, Meeting, MeetingCycle, Partner, Topic
from partners.queries.people import managers_of
from partners.rules.meeting import GRACE, Span, title
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel import clock
from portal.worktime.queries import brand_calendar


def at(day: date, hour: int) -> Any:
    """The clock at an hour of a day."""
    return clock.travel(datetime.combine(day, time(hour), clock.LOCAL))


class Meetings:
    """The cycles, what was held in them since last autumn, what is coming."""

    def __init__(self, random: Random, mary: Actor, partners: list[Partner], told: dict[str, Any], today: date) -> None:
        self.random, self.mary, self.partners, self.told, self.today = random, mary, partners, told, today
        self.owner = User.objects.get(pk=mary.user_id)

    def hold(self) -> None:
        """What lies behind."""
        year_ago = Span.of(self.today, 12).previous()
        summit = self._cycle(MeetingKind.SUMMIT, None, 12, year_ago.first, "品牌总部 一号报告厅")
        review = self._cycle(MeetingKind.QUALITY, None, 6, Span.of(self.today, 6).previous().first, "线上会议")
        joint = [
            self._cycle(MeetingKind.JOINT, partner, 3, Span.of(self.today, 3).previous().previous().first, "线上会议")
            for partner in self.partners[:2]
        ]
        self._held(summit, year_ago)
        self._held(review, Span.of(self.today, 6).previous())
        for cycle in joint:
            self._held(cycle, Span.of(self.today, 3).previous().previous())
        self._held(joint[0], Span.of(self.today, 3).previous())

    def plan(self) -> None:
        """What lies ahead."""
        with at(self.today, 7):
            meeting_calendar.create_due(self.today)
            self._next()
            cooperation_task.remind(self.today)

    def _cycle(self, kind: MeetingKind, partner: Partner | None, months: int, since: date, place: str) -> MeetingCycle:
        return MeetingCycle.objects.create(
            kind=kind, partner=partner, months=months, since=since, owner=self.owner, place=place
        )

    def _held(self, cycle: MeetingCycle, span: Span) -> None:
        """From the calendar to minutes, and decisions that became tasks."""
        day = self._free_day(min(span.last + timedelta(days=GRACE[cycle.kind] - 10), self.today - timedelta(days=8)))
        with at(day - timedelta(days=21), 9):
            row = self._plan(cycle, span, day)
        if cycle.kind == MeetingKind.SUMMIT:
            with at(day - timedelta(days=14), 10):
                self._topics(row, answered=True)
        with at(day - timedelta(days=6), 10):
            row = meeting.prepare(self.mary, row)
            row = meeting.invite(self.mary, row)
            self._answer(row)
        with at(day, 12):
            people = list(row.invitations.order_by("pk"))
            absent = {people[-1].pk} if len(people) > 3 else set()
            row = meeting.hold(self.mary, row, {one.pk for one in people} - absent)
            self._write(row, day)
        with at(day + timedelta(days=1), 15):
            meeting_minutes.decisions_to_tasks(self.mary, row)
            row = meeting_minutes.release(self.mary, row)
        with at(day + timedelta(days=2), 9):
            self._reply(row)
        with at(min(day + timedelta(days=12), self.today), 10):
            self._do(row)

    def _free_day(self, day: date) -> date:
        """The last working day until `day` without another meeting: one person prepares them all."""
        taken = {clock.local(moment).date() for moment in Meeting.objects.values_list("starts_at", flat=True)}
        while day in taken or not brand_calendar().is_workday(day):
            day -= timedelta(days=1)
        return day

    def _plan(self, cycle: MeetingCycle, span: Span, day: date) -> Meeting:
        partners = [cycle.partner] if cycle.partner else self.partners
        who = cycle.partner.short_name if cycle.partner else ""
        row = Meeting(
            kind=cycle.kind, cycle=cycle, period=str(span), title=title(cycle.kind, span, who),
            period_first=span.first, period_last=span.last, owner=self.owner, place=cycle.place,
            due_on=span.last + timedelta(days=GRACE[cycle.kind]),
            starts_at=datetime.combine(day, time(9, 30), clock.LOCAL),
        )  # fmt: skip
        return meeting.plan(self.mary, row, partners)

    def _topics(self, row: Meeting, *, answered: bool) -> None:
        item: Topic | None = None
        for told, partner in zip(self.told["topic"], row.partners.all(), strict=False):
            author = next(iter(managers_of(partner)), None)
            if author is None:
                continue
            topic = meeting_topic.bring_up(Actor.of(author), row, told["title"], told["text"])
            if answered:
                topic = meeting_topic.put_on_agenda(self.mary, topic, item.item if item else None, "标准执行中的问题")
                item = topic
                meeting_topic.answer(self.mary, topic, told.get("answer", "已转技术部，答复随纪要下发。"))

    def _answer(self, row: Meeting) -> None:
        for number, one in enumerate(row.invitations.select_related("user").order_by("pk")):
            said = Answer.DEPUTY if number == 3 else Answer.COMING
            meeting_minutes.answer(Actor.of(one.user), one, said, "服务经理" if said == Answer.DEPUTY else "")

    def _write(self, row: Meeting, day: date) -> None:
        said = self.told["said"]
        for item in row.items.all():
            item.discussion = said.get(item.source, said["other"])
            item.save()
        items = list(row.items.all())
        managers = [user for partner in row.partners.all() for user in managers_of(partner)]
        for number, told in enumerate(self.told["decision"]):
            due, owner = None, None
            if "side" in told:
                due, owner = day + timedelta(days=told["due"]), self.owner
                if told["side"] == "partner" and managers:
                    owner = managers[number % len(managers)]
            item = items[number % len(items)]
            Decision.objects.create(meeting=row, item=item, text=told["text"], owner=owner, due_on=due)

    def _reply(self, row: Meeting) -> None:
        """Most acknowledge; of every second meeting something is corrected, each time something else."""
        number, odd = divmod(Meeting.objects.filter(released_at__isnull=False).count() - 1, 2)
        told = None if odd else self.told["correction"][number % len(self.told["correction"])]
        for number, one in enumerate(row.invitations.select_related("user").order_by("pk")):
            who = Actor.of(one.user)
            if number == 1 and told:
                one = meeting_minutes.ask_correction(who, one, told["text"])
                meeting_minutes.answer_correction(self.mary, one, told["answer"])
            elif self.random.random() < 0.8:
                meeting_minutes.acknowledge(who, one)

    def _do(self, row: Meeting) -> None:
        """Most tasks are done; of the youngest meeting one is left, and grows old."""
        tasks: Iterable[Any] = row.tasks.filter(decision__isnull=False).select_related("owner").order_by("due_on")
        for number, task in enumerate(tasks):
            if number or task.due_on < self.today - timedelta(days=60):
                cooperation_task.finish(Actor.of(task.owner), task, "已按决议完成，相关记录已上传。")

    def _next(self) -> None:
        """The next meeting is prepared and invited; partners bring up what troubles them."""
        coming = Meeting.objects.filter(held_at=None, starts_at__gt=clock.now()).order_by("starts_at")
        for row in coming:
            if row.kind == MeetingKind.SUMMIT:
                self._topics(row, answered=False)
        first = coming.exclude(kind=MeetingKind.SUMMIT).first()
        if first is not None:
            meeting.invite(self.mary, meeting.prepare(self.mary, first))
