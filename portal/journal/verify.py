"""Walk the chains and say where they break."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from portal.journal import chain, seals, triggers
from portal.journal.models import JournalEntry, Seal


@dataclass
class Report:
    """What a walk found: how many subjects, entries and seals, and each break."""

    subjects: int = 0
    entries: int = 0
    seals: int = 0
    breaks: list[chain.Break] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.breaks


def verify(subject: str | None = None) -> Report:
    """Check one subject's chain, or all of them with the seals and the database's guards, in constant memory."""
    rows = JournalEntry.objects.order_by("subject", "sequence")
    if subject is not None:
        rows = rows.filter(subject=subject)
    report = Report()
    for _name, group in groupby(rows.iterator(2000), key=lambda entry: entry.subject):
        report.subjects += 1
        report.breaks.extend(chain.check(_counted(group, report)))
    report.breaks.extend(seals.check_heads(subject))
    if subject is None:
        report.seals = Seal.objects.count()
        report.breaks.extend(seals.check_seals())
        report.breaks.extend(chain.Break("database", 0, f"the guard {name} is missing") for name in triggers.missing())
    return report


def _counted(group: Iterator[JournalEntry], report: Report) -> Iterator[chain.Link]:
    for entry in group:
        report.entries += 1
        yield entry.link()
