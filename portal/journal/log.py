"""Write to the journal and read it; the only writer of journal entries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from portal.accounts.actor import Actor
from portal.journal import chain
from portal.journal.models import EntryQuerySet, JournalEntry
from portal.kernel import canonical, clock


def subject_of(instance: models.Model) -> str:
    """How the journal names a row: 'ticket:12'."""
    return f"{instance._meta.model_name}:{instance.pk}"


def entries_for(subject: str | models.Model) -> EntryQuerySet:
    """The entries of one subject in order."""
    name = subject if isinstance(subject, str) else subject_of(subject)
    return JournalEntry.objects.filter(subject=name).order_by("sequence")


def identity(actor: Actor, *, imported: bool = False) -> dict[str, Any]:
    """What the journal keeps of an actor; enough to read it when the account is gone (R06 of the abuse cases)."""
    kept = {
        "role": str(actor.role or ""),
        "user": actor.user_id,
        "organisation": actor.organisation_id,
        "label": actor.label,
    }
    if actor.on_behalf_of:
        kept["on_behalf_of"] = actor.on_behalf_of
    if imported:
        kept["imported"] = True
    return kept


Told = tuple[str, dict[str, Any], Mapping[str, Any], datetime]


def links(subject: str, head: tuple[int, str], events: Iterable[Told], recorded_at: datetime) -> Iterator[chain.Link]:
    """Sealed links for (verb, actor, facts, happened_at) events, chained after `head` (sequence, digest)."""
    sequence, previous = head
    for verb, actor, facts, happened_at in events:
        sequence += 1
        link = chain.Link(subject, sequence, verb, happened_at, recorded_at, actor, canonical.plain(facts), previous)
        link = chain.sealed(link)
        previous = link.digest
        yield link


def chained(subject: str, head: tuple[int, str], events: Iterable[Told], recorded_at: datetime) -> list[JournalEntry]:
    """The same as unsaved entries."""
    return [
        JournalEntry(**{name: getattr(link, name) for name in chain.Link.__slots__})
        for link in links(subject, head, events, recorded_at)
    ]


def head_of(subject: str) -> tuple[int, str]:
    """Where the subject's chain stands: last sequence and digest, (0, genesis) before the first entry."""
    last = JournalEntry.objects.filter(subject=subject).order_by("-sequence").values_list("sequence", "digest").first()
    return last or (0, chain.GENESIS)


def record(
    subject: str | models.Model,
    verb: str,
    actor: Actor,
    *,
    facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    key: str | None = None,
    imported: bool = False,
) -> JournalEntry:
    """Append one entry inside the caller's transaction.

    `at` is when it happened (default: now); when it was recorded is always now. Whoever holds the lock on the
    subject's row may call this: two writers of one subject would collide on the unique sequence.
    """
    name = subject if isinstance(subject, str) else subject_of(subject)
    now = clock.now()
    (entry,) = chained(name, head_of(name), [(verb, identity(actor, imported=imported), facts or {}, at or now)], now)
    entry.key = key or None
    entry.save(force_insert=True)
    return entry
