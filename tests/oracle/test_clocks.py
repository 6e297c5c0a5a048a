"""The engine against the slow telling: random stories of a ticket, some of them impossible for a desk to produce."""

from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.worktime.calendar import WorkCalendar
from tests.oracle import slow_worktime as slow
from tests.oracle.slow_clocks import told
from tickets.rules.sla_clock import Case, Event, compute
from tickets.rules.sla_policy import DEFAULT_POLICY

CALENDAR = WorkCalendar()
WALL = ["emergency", "fault", "consultation"]
categories = st.sampled_from([*WALL, "complaint"])
received = st.integers(0, 300 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=slow.LOCAL) + m * slow.MINUTE)


def steps(of):
    return st.one_of(
        st.sampled_from(
            [("complete", {}), ("reject", {}), ("start", {}), ("note", {}), ("resume", {}), ("accept", {})]
        ),
        st.sampled_from([("contact", {"outward": True}), ("contact", {"outward": False}), ("confirm", {})]),
        st.sampled_from(["customer", "parts", "approval"]).map(lambda reason: ("suspend", {"reason": reason})),
        of.map(lambda category: ("reclassify", {"category": category})),
    )


def stories(of):
    gaps = st.one_of(st.integers(0, 3), st.integers(0, 130), st.integers(0, 2000))
    return st.lists(st.tuples(gaps, steps(of)), max_size=9)


def timed(story):
    minute, events = 0, []
    for gap, (verb, facts) in story:
        minute += gap
        events.append((verb, minute, facts))
    return events


def compare(start, category, story, after):
    events = timed(story)
    if any(verb == "confirm" for verb, _, _ in events):  # one cycle: what follows the confirmation is another story
        last = next(index for index, event in enumerate(events) if event[0] == "confirm")
        events = events[: last + 1]
    now = (events[-1][1] if events else 0) + after
    journal = [Event(verb, start + minute * slow.MINUTE, facts) for verb, minute, facts in events]
    case = Case(start, category, "portal", "advanced")
    results = compute(case, journal, DEFAULT_POLICY, CALENDAR, start + now * slow.MINUTE)
    for clock in results:
        if clock.kind in ("response", "resolution"):
            minute = None if clock.stopped_at is None else (clock.stopped_at - start) // slow.MINUTE
            assert (clock.state, minute) == told(clock.kind, category, events, start, now), clock


def suspended_then(*rest):
    return [(0, ("suspend", {"reason": "customer"})), *((gap, (verb, {})) for gap, verb in rest)]


NEW_YEAR = datetime(2026, 1, 1, tzinfo=slow.LOCAL)


# A suspension ends where the ticket goes on without a word of resuming (imported logs): completed, then sent back
# or not; sent back at once; and it lasts to the last minute when nothing happens.
@example(NEW_YEAR, "fault", suspended_then((1, "complete"), (0, "reject")), 0)
@example(NEW_YEAR, "fault", suspended_then((1, "complete"), (0, "reject")), 1)
@example(NEW_YEAR, "fault", suspended_then((1, "reject")), 0)
@example(NEW_YEAR, "fault", suspended_then((1, "resume")), 0)
@example(NEW_YEAR, "fault", suspended_then(), 0)
@example(NEW_YEAR, "fault", suspended_then(), 1)
@settings(max_examples=150, deadline=None)
@given(received, st.sampled_from(WALL), stories(st.sampled_from(WALL)), st.integers(0, 3000))
def test_round_the_clock_with_pauses_and_changes(start, category, story, after):
    compare(start, category, story, after)


@settings(max_examples=100, deadline=None)
@given(received, categories, stories(categories), st.integers(0, 12000))
def test_all_categories_without_pauses(start, category, story, after):
    compare(start, category, [step for step in story if step[1][0] != "suspend"], after)
