"""Seals: once a day the ends of all chains are bound into one digest, so that a cut-off end shows (R023; Q02, Q04)."""

import hashlib
from collections.abc import Iterator, Sequence

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.journal import chain
from portal.journal.models import EntryQuerySet, JournalEntry, Seal, SealedHead
from portal.kernel import canonical, clock
from portal.kernel.errors import Conflict

Head = tuple[str, int, str]
_BATCH = 5000


def merkle(leaves: Sequence[bytes]) -> str:
    """The root over the leaves in order; an odd one moves up unpaired. Leaves and nodes are told apart by a prefix."""
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex() if level else chain.GENESIS


def leaf(head: Head) -> bytes:
    """One chain's end as it enters the tree."""
    return canonical.dumps(list(head))


def digest(seal: Seal) -> str:
    """SHA-256 over what the seal says and its predecessor's digest."""
    content = [seal.number, seal.sealed_at, seal.heads, seal.root, seal.previous]
    return hashlib.sha256(canonical.dumps(content)).hexdigest()


def unsealed() -> "models.QuerySet[JournalEntry]":
    """The last entry of every subject that went on since it was sealed last."""
    later = JournalEntry.objects.filter(subject=OuterRef("subject"), sequence__gt=OuterRef("sequence"))
    known = SealedHead.objects.filter(subject=OuterRef("subject"), sequence__gte=OuterRef("sequence"))
    entries: EntryQuerySet = JournalEntry.objects.filter(~Exists(later), ~Exists(known))
    return entries.order_by("subject")


def seal() -> Seal:
    """Seal every chain that went on since the last seal; a quiet day gets a seal over nothing.

    Raises Conflict when another process seals at the same time.
    """
    with transaction.atomic():
        heads: list[Head] = list(unsealed().values_list("subject", "sequence", "digest"))
        last = Seal.objects.order_by("number").last()
        row = Seal(
            number=last.number + 1 if last else 1,
            sealed_at=clock.now(),
            heads=len(heads),
            root=merkle([leaf(head) for head in heads]),
            previous=last.digest if last else chain.GENESIS,
        )
        row.digest = digest(row)
        if Seal.objects.filter(number=row.number).exists():
            raise Conflict(_("Another process is sealing the service log."))
        row.save(force_insert=True)
        SealedHead.objects.bulk_create(
            (SealedHead(seal=row, subject=s, sequence=n, digest=d) for s, n, d in heads), batch_size=_BATCH
        )
    return row


def check_seals() -> Iterator[chain.Break]:
    """Every seal follows its predecessor and still says what its rows say."""
    expected, previous = 1, chain.GENESIS
    for row in Seal.objects.order_by("number").iterator():
        if row.number != expected:
            yield chain.Break("seal", expected, "missing")
        elif row.previous != previous:
            yield chain.Break("seal", row.number, "not chained to its predecessor")
        heads = list(row.sealed_heads.order_by("subject").values_list("subject", "sequence", "digest"))
        if digest(row) != row.digest or len(heads) != row.heads or merkle([leaf(h) for h in heads]) != row.root:
            yield chain.Break("seal", row.number, "content changed")
        expected, previous = row.number + 1, row.digest


def check_heads(subject: str | None = None) -> Iterator[chain.Break]:
    """Every sealed end is still in its chain, with the digest that was sealed."""
    entry = JournalEntry.objects.filter(subject=OuterRef("subject"), sequence=OuterRef("sequence"))
    heads = SealedHead.objects.annotate(now=models.Subquery(entry.values("digest")[:1])).select_related("seal")
    if subject is not None:
        heads = heads.filter(subject=subject)
    wrong = heads.exclude(now=F("digest")) | heads.filter(now=None)
    for head in wrong.order_by("subject", "sequence").iterator(2000):
        what = "is gone: the end of the chain was cut off" if head.now is None else "differs from what was sealed"
        yield chain.Break(head.subject, head.sequence, f"the entry that seal {head.seal.number} holds {what}")
