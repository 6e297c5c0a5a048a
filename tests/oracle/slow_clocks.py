"""The clocks told minute by minute: every minute that counts is counted, nothing is added to a start time.

Only the kinds whose story has turns: response and resolution (changes of category, pauses, rejections).
"""

from datetime import datetime, timedelta

from tests.oracle.slow_worktime import end_of_nth_workday

MINUTE = timedelta(minutes=1)
RESPONSE = {"emergency": 30, "fault": 120, "consultation": 240}
RESOLUTION = {"emergency": 24 * 60, "fault": 72 * 60, "consultation": 48 * 60}
WORKING_DAYS = {"response": 1, "resolution": 5}
CREDITED = {"customer", "parts", "third_party", "force_majeure"}
ANSWERS = {"start", "answer", "complete"}
#: Whoever goes on, finishes or is sent back to plan anew does not wait any more, resumed or not.
WAKES = {"resume", "complete", "answer", "start", "confirm", "reject"}


def _category_changes(category, events):
    changes = [(0, category)]
    for verb, minute, facts in events:
        if verb == "reclassify" and facts["category"] != changes[-1][1]:
            changes.append((minute, facts["category"]))
    return changes


def _paused_minutes(events, now):
    """Minutes during which a credited suspension lasts."""
    paused, reason, state = set(), None, {minute: [] for _, minute, _ in events}
    for verb, minute, facts in events:
        state[minute].append((verb, facts))
    for minute in range(now):
        for verb, facts in state.get(minute, ()):
            if verb == "suspend":
                reason = facts["reason"]
            elif verb in WAKES:
                reason = None
        if reason in CREDITED:
            paused.add(minute)
    return paused


def _response_stop(events):
    for verb, minute, facts in events:
        if verb in ANSWERS or (verb == "contact" and facts.get("outward")):
            return minute
    return None


def _resolution_stop(events):
    stop = None
    for verb, minute, _ in events:
        if verb in {"complete", "answer"}:
            stop = minute
        elif verb == "reject":
            stop = None
        elif verb == "confirm":
            return minute if stop is None else stop
    return stop


def _sealed(events):
    return next((index for index, event in enumerate(events) if event[0] == "confirm"), len(events))


def told(kind: str, category: str, events, received: datetime, now: int) -> tuple[str, int | None]:
    """State and minute of the stop of a clock. Events: (verb, minute after receipt, facts), none after now."""
    stop = _response_stop(events) if kind == "response" else _resolution_stop(events)
    paused = _paused_minutes(events, now) if kind == "resolution" else set()
    changes = _category_changes(category, events[: _sealed(events)])
    end = now if stop is None else stop
    breached = False
    for index, (_, name) in enumerate(changes):
        until = min(end, changes[index + 1][0]) if index + 1 < len(changes) else end
        breached = breached or _passed(kind, name, received, until, paused)
    if breached:
        return "breached", stop
    if stop is not None:
        return "met", stop
    rests = kind == "resolution" and now in _paused_minutes(events, now + 1)
    return ("paused" if rests else "running"), None


def _passed(kind, category, received, until, paused):
    """Whether the limit of the category passed by the end of minute `until`."""
    if category == "complaint":
        return received + until * MINUTE > end_of_nth_workday(received, WORKING_DAYS[kind])
    limit = (RESPONSE if kind == "response" else RESOLUTION)[category]
    counted = 0
    for minute in range(until):
        counted += minute not in paused
        if counted > limit:
            return True
    return False
