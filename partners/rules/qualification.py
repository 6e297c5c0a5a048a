"""How somebody stands to what his post asks for (R115, R173–R175)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from partners.choices import Post
from partners.choices.training import ItemState

#: Posts whose holders take tickets, so that each product line of the outlet asks for its certificate (R115).
TICKET_POSTS = frozenset({Post.TECHNICIAN, Post.SUPPORT_ENGINEER})
#: From so many days before the end it shows that something expires (R115).
SOON_DAYS = 90
#: Days before the end at which holder and manager are warned, once each (R115).
WARN_DAYS = (90, 30, 7)


@dataclass(frozen=True, slots=True)
class Term:
    """What somebody holds for one requirement: from when until when; `until` None is for good."""

    since: date
    until: date | None = None
    revoked: bool = False


def state_of(terms: Iterable[Term], today: date) -> tuple[ItemState, date | None]:
    """The state of one requirement and when the best proof of it ends (R173, R175)."""
    known = list(terms)
    valid = [
        term for term in known if not term.revoked and term.since <= today and (not term.until or term.until >= today)
    ]
    if any(term.until is None for term in valid):
        return ItemState.HELD, None
    if valid:
        until = max(term.until for term in valid if term.until)
        return (ItemState.EXPIRING if until < today + timedelta(days=SOON_DAYS) else ItemState.HELD), until
    past = [term for term in known if term.until and term.until < today and not term.revoked]
    if past:
        return ItemState.EXPIRED, max(term.until for term in past if term.until)
    if any(term.revoked for term in known):
        return ItemState.REVOKED, None
    return ItemState.MISSING, None


def is_met(state: ItemState) -> bool:
    """Whether the requirement holds today (R175)."""
    return state in (ItemState.HELD, ItemState.EXPIRING)


def due_warning(until: date, today: date, sent: Iterable[int]) -> int | None:
    """Which warning is due: the closest limit that was reached and not yet told of; None when none is (R115).

    Limits that were passed while nobody looked are not told of one after the other.
    """
    left = (until - today).days
    if left < 0:
        return None
    reached = [days for days in WARN_DAYS if left <= days]
    if not reached:
        return None
    closest = min(reached)
    return None if any(days <= closest for days in sent) else closest


def months_later(day: date, months: int) -> date:
    """The last day of a term of so many months that begins on `day` (R115)."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, min(day.day, last)) - timedelta(days=1)
