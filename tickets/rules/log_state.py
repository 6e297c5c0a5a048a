"""What became of a ticket, replayed from the steps of its log (spec/interfaces.md, R057).

Guards do not refuse what happened years ago: whatever order the log gives is taken, and the last step decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.choices import CancelReason, TicketState
from tickets.rules.log_row import Happening
from tickets.rules.log_words import CANCELLED, DUPLICATE
from tickets.rules.transition import MOVES

STATES = frozenset(TicketState.values)
ENDED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})
DONE = ENDED | {TicketState.PENDING_CONFIRMATION}
LEAVING = frozenset({DUPLICATE, CANCELLED})
ENDING = frozenset({"complete", "answer", "confirm", "close"})
#: A step of work after the end is a reopening, whether or not the log has a word for it.
WORK = frozenset(
    {
        "register", "dispatch", "accept", "diagnose", "start", "suspend", "resume", "transfer", "complete", "answer",
        "reject",
    }
)  # fmt: skip
#: Steps whose time a ticket keeps: the first or the last of them.
_LAST = {
    "dispatch": "dispatched_at", "accept": "accepted_at", "arrive": "arrived_at", "complete": "completed_at",
    "answer": "completed_at", "confirm": "confirmed_at",
}  # fmt: skip
_FIRST = {"register": "registered_at", "start": "started_at"}


@dataclass(slots=True)
class Outcome:
    """The ticket's columns that follow from its history."""

    state: str = TicketState.RECEIVED
    received_at: datetime | None = None
    registered_at: datetime | None = None
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    suspend_reason: str = ""
    support_level: int = 1
    cycle: int = 1
    rejections: int = 0
    declines: int = 0

    def take(self, happening: Happening) -> None:
        """One more step; guards are not asked."""
        verb, at = happening.verb, happening.at
        if verb == "receive":
            self.received_at = self.received_at or at
        elif verb in _LAST:
            setattr(self, _LAST[verb], at)
        elif verb in _FIRST:
            setattr(self, _FIRST[verb], getattr(self, _FIRST[verb]) or at)
        else:
            self._count(verb, at, str(happening.facts.get("reason", "")))
        move = MOVES.get(verb)
        if move is not None and move.target is not None:
            self.state = move.target
            self.suspend_reason = str(happening.facts.get("reason", "")) if verb == "suspend" else ""

    def _count(self, verb: str, at: datetime, reason: str) -> None:
        if verb == "close":
            self.closed_at = self.closed_at or at
        elif verb == "reject":
            self.rejections, self.completed_at = self.rejections + 1, None
        elif verb == "reopen":
            self.cycle += 1
            self.completed_at = self.confirmed_at = self.closed_at = None
        elif verb == "decline":
            self.declines += 1
        elif verb == "escalate":
            self.support_level += 1
        elif verb == "cancel":
            self.cancelled_at, self.cancel_reason = at, reason or CancelReason.WITHDRAWN

    def settle(self, status: str) -> None:
        """The last word: the file's own status where no step says more, and no end of work on an unfinished ticket."""
        if status in STATES and self.state not in DONE and self.state != TicketState.CANCELLED:
            self.state = status
        if self.state in ENDED and self.completed_at is None:
            # Closed without a completion: the closing is all that is known of the end of the work.
            self.completed_at = self.confirmed_at or self.closed_at
        if self.state not in DONE:
            self.completed_at = None


def replay(happenings: Iterable[Happening], status: str = "") -> Outcome:
    """State, times and counters after all the steps, which come in the order of time (R057)."""
    outcome = Outcome()
    for happening in happenings:
        outcome.take(happening)
    outcome.settle(status)
    return outcome


def with_implied(happenings: Sequence[Happening], status: str, *, ends: bool, label: str) -> list[Happening]:
    """The steps in order of time, with those that the log implies but does not write down (R057).

    `status` is the file's word for how the ticket stands. `ends` says that completion is all the log knows of the end,
    so that it counts as confirmed.
    """
    told = sorted(happenings, key=_order)
    if status in LEAVING:
        told = _leaving(told, status, label)
    if told and not any(each.verb == "receive" for each in told):
        told.insert(0, _implied("receive", told[0].at, label))
    told = _reopened(told, label)
    if status in ENDED or (ends and not status):
        told = _ended(told, status, label)
    return told


def _order(happening: Happening) -> tuple[datetime, bool]:
    return (happening.at, happening.verb != "receive")


def _implied(verb: str, at: datetime, label: str, **facts: str) -> Happening:
    return Happening(verb, at, label, facts={**facts, "implied": True}, implied=True)


def _leaving(told: list[Happening], status: str, label: str) -> list[Happening]:
    """A duplicate's closing is its cancelling; nothing was completed."""
    kept = [each for each in told if each.verb not in ENDING or each.known or each.activity]
    if not told or any(each.verb == "cancel" for each in kept):
        return kept
    reason = CancelReason.DUPLICATE if status == DUPLICATE else CancelReason.WITHDRAWN
    return [*kept, _implied("cancel", told[-1].at, label, reason=reason)]


def _reopened(told: list[Happening], label: str) -> list[Happening]:
    found: list[Happening] = []
    ended = False
    for each in told:
        if ended and each.verb in WORK:
            found.append(_implied("reopen", each.at, label, reason=each.activity or each.verb))
            ended = False
        found.append(each)
        if each.verb in ("confirm", "close"):
            ended = True
        elif each.verb == "reopen":
            ended = False
    return found


def _ended(told: list[Happening], status: str, label: str) -> list[Happening]:
    """Completion without confirmation counts as the end."""
    steps = [each for each in told if (move := MOVES.get(each.verb)) is not None and move.target is not None]
    if steps and steps[-1].verb in ("complete", "answer"):
        verb = "confirm" if status == TicketState.RESOLVED else "close"
        told.append(_implied(verb, steps[-1].at, label))
        told.sort(key=_order)
    return told
