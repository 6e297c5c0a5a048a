"""Walk the chains and say where they break."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from portal.journal import chain
from portal.journal.models import JournalEntry


@dataclass
class Report:
    """What a walk found: how many subjects and entries, and each break."""

    subjects: int = 0
    entries: int = 0
    breaks: list[chain.Break] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        return not self.breaks


def verify(subject: str | None = None) -> Report:
    """Check one subject's chain, or all of them, in constant memory."""
    rows = JournalEntry.objects.order_by("subject", "sequence")
    if subject is not None:
        rows = rows.filter(subject=subject)
    report = Report()
    for _name, group in groupby(rows.iterator(2000), key=lambda entry: entry.subject):
        report.subjects += 1
        report.breaks.extend(chain.check(_counted(group, report)))
    return report


def _counted(group: Iterator[JournalEntry], report: Report) -> Iterator[chain.Link]:
    for entry in group:
        report.entries += 1
        yield entry.link()
