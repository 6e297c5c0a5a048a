"""The clocks told from the words of the specification, with whole minutes and no calendar arithmetic.

Nothing here comes from the engine: kinds, limits and pauses are written down again, and every working minute that
counts is looked at. A story is (verb, minute, facts) in order; `tell` says what became of every clock by every clause.
"""

from dataclasses import dataclass, field

from tests.oracle import slow_worktime as slow

HOUR, DAY = 60, slow.A_DAY

#: kind, category, tier, channel, (how much, of what), clause
STANDARD = [
    ("acknowledgement", None, None, None, (15, "minutes"), "R131"),
    ("acknowledgement", None, None, "chat", (1, "minutes"), "R127"),
    ("registration", None, None, None, (1, "working days"), "R194"),
    ("emergency_call", "emergency", None, None, (30, "minutes"), "R197"),
    ("response", "emergency", None, None, (30, "minutes"), "R199"),
    ("response", "fault", None, None, (2 * HOUR, "minutes"), "R200"),
    ("response", "consultation", None, None, (4 * HOUR, "minutes"), "R201"),
    ("response", "complaint", None, None, (1, "working days"), "R202"),
    ("response", None, "basic", None, (24 * HOUR, "minutes"), "R010"),
    ("complaint_response", "complaint", None, None, (24 * HOUR, "minutes"), "R192"),
    ("complaint_feedback", "complaint", None, None, (48 * HOUR, "minutes"), "R139"),
    ("acceptance", None, None, None, (HOUR, "minutes"), "R204"),
    ("arrival", "emergency", None, None, (24 * HOUR, "minutes"), "R208"),
    ("arrival", "fault", None, None, (48 * HOUR, "minutes"), "R208"),
    ("resolution", "emergency", None, None, (24 * HOUR, "minutes"), "R199"),
    ("resolution", "fault", None, None, (72 * HOUR, "minutes"), "R200"),
    ("resolution", "consultation", None, None, (48 * HOUR, "minutes"), "R201"),
    ("resolution", "complaint", None, None, (5, "working days"), "R202"),
    ("escalation", None, None, None, (2, "working days"), "R210"),
    ("progress_update", None, None, None, (1, "calendar days"), "R212"),
    ("reassessment", None, None, None, (3, "working days"), "R217"),
    ("follow_up", None, None, None, (3 * DAY, "minutes"), "R172"),
    ("low_score_callback", None, None, None, (1, "working days"), "R223"),
    ("delivery_follow_up", None, None, None, (7 * DAY, "minutes"), "R128"),
    ("arbitration", None, None, None, (48 * HOUR, "minutes"), "R050"),
]
#: An agreement with limits of its own beside those of the standard.
AGREED = [
    ("resolution", None, None, None, (16 * HOUR, "working minutes"), "C1"),
    ("response", "fault", None, None, (2 * HOUR, "working minutes"), "C2"),
    ("resolution", "fault", None, None, (4, "working days"), "C3"),
]
TALKS = {"start", "answer", "complete"}
ENDS = {"cancel", "close"}
#: Whoever goes on, finishes or is sent back to plan anew does not wait any more, resumed or not.
GOES_ON = {
    "resume", "complete", "answer", "transfer", "dispatch", "start", "diagnose", "confirm", "reject", "reopen",
    "cancel", "close",
}  # fmt: skip


@dataclass
class World:
    """What holds: the lines, the hours, which waiting is credited and up to how many minutes, and what excuses days."""

    lines: list
    hours: tuple = slow.HOURS
    credited: dict = field(default_factory=dict)  # reason: cap in minutes, None without end
    excused: frozenset = frozenset()


@dataclass
class Cycle:
    """From when to when, begun by which event; `void` if it ended without an outcome; `before`: what it adds to."""

    start: int
    born: int = -1
    stop: int | None = None
    void: bool = False
    offered: bool = False
    before: "Cycle | None" = None


@dataclass
class Told:
    state: str
    due: int
    stop: int | None
    breached: int | None


def spoke(verb, facts):
    return verb == "contact" and facts.get("outward") and not facts.get("automatic")


def substance(verb, facts):
    return verb in TALKS or spoke(verb, facts) or (verb == "progress" and facts.get("customer_communication"))


def first(start, events, stops, voids=ENDS):
    """A clock that begins once and ends with the first that stops or voids it."""
    cycle = Cycle(start)
    for verb, minute, facts in events:
        if stops(verb, facts):
            cycle.stop = minute
            return [cycle]
        if verb in voids:
            cycle.stop, cycle.void = minute, True
            return [cycle]
    return [cycle]


def repeated(events, begins, stops, voids, again=True):
    """A clock that begins with an event; `again`: a second beginning puts an end to the one that runs."""
    cycles, running = [], None
    for verb, minute, facts in events:
        if running and stops(verb, facts):
            running.stop, running = minute, None
        elif running and verb in voids:
            running.stop, running.void, running = minute, True, None
        if begins(verb, facts) and (again or not running):
            if running:
                running.stop, running.void = minute, True
            running = Cycle(minute, facts["n"])
            cycles.append(running)
    return cycles


def solved(events, begins, start=None):
    """A clock that a completion stops for the time being, until the customer confirms or sends it back."""
    running = None if start is None else Cycle(start)
    cycles = [running] if running else []
    for verb, minute, facts in events:
        if running:
            if verb in {"complete", "answer"}:
                running.stop, running.offered = minute, True
            elif verb in {"reject", "transfer"}:
                running.stop, running.offered = None, False
            elif verb in {"confirm", "close"}:
                running.stop = minute if running.stop is None else running.stop
                running = None
            elif verb == "cancel":
                running.stop = minute if running.stop is None else running.stop
                running.void, running = True, None
        if verb == begins:
            if running:
                running.void = not running.offered
                running.stop = minute if running.stop is None else running.stop
            before = cycles[-1] if facts.get("adds_up") and cycles else None
            running = Cycle(minute, facts["n"], before=before)
            cycles.append(running)
    return cycles


def days(events, waits, excused, now):
    """A cycle a calendar day on which somebody had the ticket in hand."""
    accepted, since, hands, entries = False, None, [], [m for v, m, _ in events if v == "progress"]
    for verb, minute, _ in events:
        accepted = accepted or verb == "accept"
        if since is None and accepted and verb in {"accept", "reject", "reopen"}:
            since = minute
        elif since is not None and verb in {"complete", "answer", "transfer", "dispatch", "confirm", *ENDS}:
            hands.append((since, minute))
            since = None
    if since is not None:
        hands.append((since, None))
    cycles = []
    for number in range(hands[0][0] // DAY if hands else 1, now // DAY + 1 if hands else 0):
        midnight, morrow = number * DAY, (number + 1) * DAY
        owed = [
            (max(since, midnight), until)
            for since, until in hands
            if since < morrow and (until is None or until > midnight or until == since >= midnight)
        ]
        if not owed:
            continue
        cycle = Cycle(owed[0][0])
        for _begin, until in owed:
            entry = next((m for m in entries if m >= cycle.start and (until is None or m <= until)), None)
            cycle.stop, cycle.void = (entry, False) if entry is not None else (until, until is not None)
            in_time = entry is not None and entry < morrow
            if not in_time and any(
                reason in excused and begin <= cycle.start and (now if end is None else end) >= morrow
                for begin, end, reason in waits
            ):
                cycle.stop, cycle.void = morrow, True
            if not cycle.void and cycle.stop is not None:
                break
        cycles.append(cycle)
    return cycles


def cycles_of(kind, received, events, waits, world, now):
    """Every cycle of a kind, from the table of the specification."""
    at_receipt = {
        "acknowledgement": lambda v, f: v == "register" or substance(v, f),
        "registration": lambda v, f: v == "register",
        "emergency_call": lambda v, f: spoke(v, f) and f.get("channel") == "phone",
        "response": substance,
        "complaint_response": substance,
        "complaint_feedback": lambda v, f: v in TALKS or (spoke(v, f) and f.get("opinion")),
    }
    if kind in at_receipt:
        return first(received, events, at_receipt[kind])

    def verb(*names):
        return lambda v, f: v in names

    sent = verb("dispatch", "transfer")
    if kind == "acceptance":
        return repeated(events, sent, verb("accept"), {"decline", "transfer", *ENDS})
    if kind == "arrival":
        return repeated(events, sent, verb("arrive", "complete"), {"decline", "transfer", *ENDS})
    if kind == "escalation":
        found = lambda v, f: v in {"diagnose", "progress", "note"} and f.get("beyond_capability")  # noqa: E731
        return repeated(events, found, verb("escalate"), {"complete", "answer", "transfer", *ENDS}, again=False)
    if kind == "reassessment":
        return repeated(events, verb("reject"), verb("diagnose"), ENDS)
    if kind == "follow_up":
        return repeated(events, verb("confirm"), verb("rate", "follow_up"), {"reopen", *ENDS})
    if kind == "low_score_callback":
        low = lambda v, f: v == "rate" and f.get("low_score")  # noqa: E731
        return repeated(events, low, verb("call_back"), {"cancel"}, again=False)
    if kind == "delivery_follow_up":
        asked = lambda v, f: v in {"follow_up", "rate", "call_back"} or spoke(v, f)  # noqa: E731
        return repeated(events, verb("deliver"), asked, {"cancel"})
    if kind == "arbitration":
        return repeated(events, verb("dispute_accept"), verb("dispute_rule"), {"dispute_withdraw"}, again=False)
    if kind == "tier_response":
        return repeated(events, verb("escalate"), substance, ENDS)
    if kind == "tier_resolution":
        return solved(events, "escalate")
    if kind == "progress_update":
        return days(events, waits, world.excused, now)
    return solved(events, "reopen", received)


KINDS = [*dict.fromkeys(line[0] for line in STANDARD), "tier_response", "tier_resolution"]
FROM_STANDARD = {"tier_response": "response", "tier_resolution": "resolution"}
ONLY = {"emergency_call": "emergency", "complaint_response": "complaint", "complaint_feedback": "complaint"}


def waiting(events):
    """(from, to, reason) of every suspension; `to` None while it lasts."""
    waits, since, reason = [], None, ""
    for verb, minute, facts in events:
        if since is not None and (verb == "suspend" or verb in GOES_ON):
            waits.append((since, minute, reason))
            since = None
        if verb == "suspend":
            since, reason = minute, facts["reason"]
    if since is not None:
        waits.append((since, None, reason))
    return waits


def standing_still(cycle, waits, world, end):
    """The minutes of a cycle that are credited: each minute of waiting uses one of the cap of its reason."""
    left, still = dict(world.credited), []
    for begin, until, reason in waits:
        if begin > end or (until is not None and until <= cycle.start) or reason not in world.credited:
            continue
        begin, until = max(begin, cycle.start), end if until is None else min(until, end)
        if left[reason] is not None:
            until = min(until, begin + left[reason])
            left[reason] -= until - begin
        still.append((begin, until))
    return still


def counted(start, amount, still, minutes):
    """The minute at which `amount` has been counted from `start` on, without those that stand still."""
    at = start
    for begin, until in still:
        here = sum(minutes[at:begin]) if minutes is not None else begin - at
        if here >= amount:
            break
        amount, at = amount - here, until
    if minutes is None:
        return at + amount
    while amount:
        amount -= minutes[at]
        at += 1
    return at


def falls_due(cycle, limit, world, waits, pauses, end):
    """When a limit falls due that began with the cycle, or goes on from the one that it adds to."""
    amount, unit = limit
    if unit == "calendar days":
        return (cycle.start // DAY + amount) * DAY
    minutes = None if unit == "minutes" else slow.worked(world.hours)
    still = standing_still(cycle, waits, world, end) if pauses else []
    if cycle.before is not None:
        done = cycle.before.stop
        due = falls_due(cycle.before, limit, world, waits, pauses, done)
        if done >= due:
            return cycle.start  # nothing is left
        return counted(cycle.start, sum(minutes[done:due]) if minutes is not None else due - done, still, minutes)
    if unit == "working days":
        last = slow.end_of_nth_workday(cycle.start, amount, world.hours)
        amount = slow.between(cycle.start, last, world.hours)
    return counted(cycle.start, amount, still, minutes)


def tell(case, events, world, now):
    """{(kind, number of the cycle): (what became of the kind, its clause, {clause: what became of each other})}."""
    events = [(verb, minute, {**facts, "n": n}) for n, (verb, minute, facts) in enumerate(events) if minute <= now]
    waits = waiting(events)
    stories = {}
    for kind in KINDS:
        for number, cycle in enumerate(cycles_of(kind, case["received"], events, waits, world, now), 1):
            told = tell_cycle(kind, cycle, case, events, waits, world, now)
            if told is not None:
                stories[kind, number] = told
    return stories


def phases(cycle, case, events):
    """[category, mode, until] as they followed each other; after confirm or close nothing touches what had begun."""
    found = [[case["category"], case["mode"], None]]
    for verb, minute, facts in events:
        if verb in {"confirm", "close"} and facts["n"] > cycle.born:
            break
        if verb in {"register", "reclassify", "diagnose", "amend_intake"}:
            changed = [facts.get("category") or found[-1][0], facts.get("mode") or found[-1][1]]
            if changed != found[-1][:2]:
                found[-1][2] = minute
                found.append([*changed, None])
    return [phase for phase in found if phase[2] is None or phase[2] > cycle.start]


def lines_for(kind, category, mode, case, world):
    """The lines that speak of such a ticket; those that name its channel push the others aside."""
    if ONLY.get(kind, category) != category or (kind == "arrival" and mode != "on_site"):
        return []
    wanted = FROM_STANDARD.get(kind, kind)
    found = [
        line
        for line in world.lines
        if line[0] == wanted
        and line[1] in (None, category)
        and line[2] in (None, case["tier"])
        and line[3] in (None, case["channel"])
    ]
    return [line for line in found if line[3]] or found


def tell_cycle(kind, cycle, case, events, waits, world, now):
    end = now if cycle.stop is None else cycle.stop
    pauses = kind in {"resolution", "tier_resolution"}
    resting = cycle.stop is None and rests(kind, cycle, waits, world, now)
    dues, breaches, untils, last = {}, {}, {}, None
    seen = [
        (lines_for(kind, category, mode, case, world), until) for category, mode, until in phases(cycle, case, events)
    ]
    for lines, until in seen:
        for line in lines:
            if line not in dues:
                dues[line] = falls_due(cycle, line[4], world, waits, pauses, end)
            if dues[line] < (end if until is None else min(end, until)):
                breaches[line] = dues[line]
            untils[line] = until
        last = (lines, until) if lines else last
    if last is None:
        return None
    leads = min(last[0], key=dues.get)
    kind_told = outcome(cycle, dues[leads], min(breaches.values(), default=None), last[1], resting)
    others = {
        (line[5], line[1]): outcome(cycle, dues[line], breaches.get(line), untils[line], resting)
        for line in dues
        if line is not leads
    }
    return kind_told, (leads[5], leads[1]), others


def rests(kind, cycle, waits, world, now):
    """Whether it stands still at this moment."""
    if not waits or waits[-1][1] is not None:
        return False
    begin, _, reason = waits[-1]
    if kind == "progress_update":
        return reason in world.excused and begin <= cycle.start
    if kind not in {"resolution", "tier_resolution"} or reason not in world.credited:
        return False
    cap = world.credited[reason]
    if cap is None:
        return True
    used = 0
    for since, until, why in waits[:-1]:
        if why == reason and until > cycle.start:
            used += min(until - max(since, cycle.start), cap - used)
    return now - max(begin, cycle.start) < cap - used


def outcome(cycle, due, breached, until, resting):
    stop, void = cycle.stop, cycle.void
    if until is not None and (stop is None or stop > until):
        stop, void, resting = until, True, False
    if breached is not None:
        state = "breached"
    elif stop is not None:
        state = "void" if void else "met"
    else:
        state = "paused" if resting else "running"
    return Told(state, due, stop, breached)
