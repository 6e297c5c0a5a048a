"""The engine against the slow telling: random stories of a ticket, many of them impossible for a desk to produce.

`ORACLE_EXAMPLES=20000 .venv/bin/pytest tests/oracle/test_clocks.py` compares as many stories as you like.
"""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.worktime.calendar import WorkCalendar
from tests.oracle import slow_clocks as told
from tests.oracle import slow_worktime as slow
from tickets.rules.sla_clock import Case, Event, compute
from tickets.rules.sla_policy import DEFAULT_POLICY, PauseRule, PolicyLine, by_reason

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "1500"))
SPLIT_HOURS = ((8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 15), (19 * 60, 20 * 60))

CAPS = {"customer": 300, "parts": 2000, "third_party": None}
_RULES = by_reason(
    PauseRule(
        reason,
        credited=True,
        cap=None if cap is None else timedelta(minutes=cap),
        excuses_updates=reason == "parts",
    )
    for reason, cap in CAPS.items()
)
_AGREED = (
    PolicyLine("resolution", None, None, None, 16, "working_hour", "C1"),
    PolicyLine("response", "fault", None, None, 2, "working_hour", "C2"),
    PolicyLine("resolution", "fault", None, None, 4, "working_day", "C3"),
)
STANDARD = told.World(
    told.STANDARD,
    credited={"customer": 30 * told.DAY, "parts": 30 * told.DAY, "third_party": 15 * told.DAY, "force_majeure": None},
)
AGREED = told.World([*told.STANDARD, *told.AGREED], SPLIT_HOURS, CAPS, frozenset({"parts"}))
#: A policy with its calendar for the engine, and the same in the words of the slow telling.
WORLDS = {
    "standard": (DEFAULT_POLICY, WorkCalendar(), STANDARD),
    "agreed": (
        replace(DEFAULT_POLICY, lines=(*DEFAULT_POLICY.lines, *_AGREED), pause_rules=_RULES),
        WorkCalendar(windows=SPLIT_HOURS),
        AGREED,
    ),
}

categories = st.sampled_from(["emergency", "fault", "consultation", "complaint"])
facts = {
    "register": st.fixed_dictionaries({"category": categories}),
    "reclassify": st.fixed_dictionaries({"category": categories}),
    "diagnose": st.sampled_from([{}, {"mode": "on_site"}, {"mode": "remote"}, {"beyond_capability": True}]),
    "contact": st.sampled_from(
        [
            {"outward": True, "channel": "phone"},
            {"outward": True, "channel": "mail", "opinion": "更换"},
            {"outward": False},
            {"outward": True, "automatic": True},
        ]
    ),
    "progress": st.sampled_from([{}, {"customer_communication": "已告知"}, {"beyond_capability": True}]),
    "suspend": st.sampled_from(["customer", "parts", "third_party", "approval"]).map(lambda reason: {"reason": reason}),
    "rate": st.sampled_from([{}, {"low_score": True}]),
    "reopen": st.sampled_from([{}, {"adds_up": True}]),
}
OFTEN = ["reclassify", "suspend", "resume", "complete", "reject", "progress", "contact"]
VERBS = [
    "register", "dispatch", "accept", "decline", "transfer", "diagnose", "start", "arrive", "escalate", "answer",
    "confirm", "reopen", "rate", "follow_up", "call_back", "close", "cancel", "note", "deliver", "dispute_accept",
    "dispute_rule", "dispute_withdraw", *OFTEN, *OFTEN,
]  # fmt: skip
gaps = st.integers(0, 3) | st.integers(0, 130) | st.integers(0, 1500) | st.integers(0, 6000)
steps = st.sampled_from(VERBS).flatmap(lambda verb: st.tuples(gaps, st.just(verb), facts.get(verb, st.just({}))))
#: The usual way of a ticket, so that most stories have something to say; the steps follow it or break in.
BEGINNING = [
    (5, "register", {"category": "fault"}), (5, "dispatch", {}), (30, "accept", {}),
    (40, "diagnose", {"mode": "on_site"}), (10, "start", {}),
]  # fmt: skip
END = [(600, "complete", {}), (60, "confirm", {}), (300, "reopen", {"adds_up": True})]
stories = st.builds(
    lambda known, before, after, end: BEGINNING[:known] + before + END[:end] + after,
    st.integers(0, len(BEGINNING)),
    st.lists(steps, max_size=7),
    st.lists(steps, max_size=5),
    st.integers(0, len(END)),
)
cases = st.fixed_dictionaries(
    {
        "received": st.integers(0, (slow.LAST - slow.FIRST).days * told.DAY - 120 * told.DAY),
        "category": st.none() | categories,
        "tier": st.sampled_from(["basic", "advanced"]),
        "channel": st.sampled_from(["portal", "chat"]),
        "mode": st.sampled_from([None, "on_site"]),
    }
)


def timed(received, story):
    minute, events = received, []
    for gap, verb, said in story:
        minute += gap
        events.append((verb, minute, said))
    return events


def computed(case, events, world, now):
    """What the engine says, in the shape of the slow telling."""
    policy, calendar, _ = WORLDS[world]
    journal = [Event(verb, slow.moment(minute), said) for verb, minute, said in events]
    ticket = Case(slow.moment(case["received"]), case["category"], case["channel"], case["tier"], case["mode"])
    stories = {}
    for clock in compute(ticket, journal, policy, calendar, slow.moment(now)):
        said = told.Told(clock.state, slow.minute_of(clock.due_at), minute(clock.stopped_at), minute(clock.breached_at))
        clause = (clock.line.clause, clock.line.category)
        if clock.leading:
            stories[clock.kind, clock.cycle] = (said, clause, {})
        else:
            stories[clock.kind, clock.cycle][2][clause] = said
    return stories


def minute(moment):
    return None if moment is None else slow.minute_of(moment)


def compare(case, story, world, after):
    events = timed(case["received"], story)
    now = (events[-1][1] if events else case["received"]) + after
    assert computed(case, events, world, now) == told.tell(case, events, WORLDS[world][2], now)


PLAIN = {"received": 0, "category": "fault", "tier": "advanced", "channel": "portal", "mode": None}
WAITS = (0, "suspend", {"reason": "customer"})


# A suspension ends where the ticket goes on without a word of resuming (imported logs): completed, then sent back
# or not; sent back at once; and it lasts to the last minute when nothing happens.
@example(PLAIN, [WAITS, (1, "complete", {}), (0, "reject", {})], "standard", 0)
@example(PLAIN, [WAITS, (1, "complete", {}), (0, "reject", {})], "standard", 1)
@example(PLAIN, [WAITS, (1, "reject", {})], "standard", 0)
@example(PLAIN, [WAITS, (1, "resume", {})], "standard", 0)
@example(PLAIN, [WAITS], "standard", 0)
@example(PLAIN, [WAITS], "agreed", 301)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases, stories, st.sampled_from(list(WORLDS)), st.integers(0, 3000) | st.integers(0, 30000))
def test_every_clock_of_every_line_is_what_the_slow_telling_says(case, story, world, after):
    compare(case, story, world, after)


@pytest.mark.parametrize("world", list(WORLDS))
def test_the_two_tell_of_the_same_limits(world):
    policy, _, slowly = WORLDS[world]
    spoken = [(line.kind, line.category, line.tier, line.channel, line.clause) for line in policy.lines]
    assert spoken == [
        (kind, category, tier, channel, clause) for kind, category, tier, channel, _, clause in slowly.lines
    ]
