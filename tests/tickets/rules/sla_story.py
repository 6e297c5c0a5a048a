"""Short words for telling a ticket's story to the clock engine."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.worktime.calendar import WorkCalendar
from tickets.rules.sla_clock import Case, Event, compute
from tickets.rules.sla_policy import DEFAULT_POLICY

LOCAL = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
CALL = {"outward": True, "channel": "phone"}


def at(text):
    """'2026-10-09 17:30' on the wall in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


class Story:
    """A ticket received at a moment; `add` tells what happened, `clock` asks for one clock."""

    def __init__(self, received, category=None, **case):
        self.case = Case(at(received), category, case.pop("channel", "portal"), case.pop("tier", "advanced"), **case)
        self.events = []

    def add(self, verb, when, **facts):
        self.events.append(Event(verb, at(when), facts))
        return self

    def clocks(self, now, policy=DEFAULT_POLICY, calendar=CALENDAR):
        return compute(self.case, self.events, policy, calendar, at(now))

    def clock(self, kind, now, cycle=1, **world):
        found = [c for c in self.clocks(now, **world) if (c.kind, c.cycle, c.leading) == (kind, cycle, True)]
        return found[0] if found else None

    def by_clause(self, kind, now, cycle=1, **world):
        """Each line's own result by its clause, the leading one first."""
        return {c.line.clause: c for c in self.clocks(now, **world) if (c.kind, c.cycle) == (kind, cycle)}

    def kinds(self, now):
        return [clock.kind for clock in self.clocks(now) if clock.leading]
