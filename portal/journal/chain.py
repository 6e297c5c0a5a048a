"""The chain itself: pure functions over plain entries, so that a stranger's verifier can repeat them (R023, R035)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.kernel import canonical

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What of an entry is hashed; `digest` is what was stored."""

    subject: str
    sequence: int
    verb: str
    happened_at: datetime
    recorded_at: datetime
    actor: dict[str, Any]
    facts: dict[str, Any]
    previous: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and what is wrong there."""

    subject: str
    sequence: int
    problem: str


def digest(link: Link) -> str:
    """SHA-256 over the canonical JSON of everything an entry says, its predecessor's digest included."""
    content = [
        link.subject,
        link.sequence,
        link.verb,
        link.happened_at,
        link.recorded_at,
        link.actor,
        link.facts,
        link.previous,
    ]
    return hashlib.sha256(canonical.dumps(content)).hexdigest()


def sealed(link: Link) -> Link:
    """The link with its own digest."""
    return Link(
        link.subject,
        link.sequence,
        link.verb,
        link.happened_at,
        link.recorded_at,
        link.actor,
        link.facts,
        link.previous,
        digest(link),
    )


def check(links: Iterable[Link]) -> Iterator[Break]:
    """Walk one subject's chain in order of sequence and name every place where it breaks."""
    expected, previous = 1, GENESIS
    for link in links:
        if link.sequence != expected:
            yield Break(link.subject, expected, "missing")
        elif link.previous != previous:
            yield Break(link.subject, link.sequence, "not chained to its predecessor")
        if digest(link) != link.digest:
            yield Break(link.subject, link.sequence, "content changed")
        expected, previous = link.sequence + 1, link.digest
