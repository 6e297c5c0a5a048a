"""The import from file to commit: one transaction, so that a run happens wholly or not at all."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

from django.db import transaction

from portal.kernel import clock
from tickets.actions.import_log.grown import Known, extend, known_cases, refusal_of_live
from tickets.actions.import_log.parties import Parties
from tickets.actions.import_log.source import lines_of
from tickets.actions.import_log.spool import Spool
from tickets.actions.import_log.summary import Summary
from tickets.actions.import_log.writer import Columns, Writer
from tickets.rules.log_case import LogCase, case_of
from tickets.rules.log_mapping import LogMapping
from tickets.rules.log_row import Happening, LogRow, RowReader, RowRefused
from tickets.rules.log_state import Outcome, replay

#: Tickets that are prepared and written together; memory grows with this, not with the file.
BATCH = 1000
Progress = Callable[[int, int], None]
Prepared = tuple[LogCase, Columns, list[Happening], Outcome]


def import_log(
    path: Path, mapping: LogMapping, *, source: str = "", dry_run: bool = False, progress: Progress | None = None
) -> Summary:
    """Take a log into the database; a dry run does everything and takes it back.

    `progress(done, rows)` is called after each batch. Raises InvalidInput where file and mapping do not fit.
    """
    began = perf_counter()
    summary = Summary(source or mapping.name or path.stem[:80], dry_run)
    with Spool() as spool:
        spool.fill(_readable(path, mapping, summary))
        with transaction.atomic():
            _Run(mapping, summary).take(spool, progress)
            if dry_run:
                transaction.set_rollback(True)
    summary.seconds = perf_counter() - began
    return summary


def _readable(path: Path, mapping: LogMapping, summary: Summary) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines_of(path, mapping):
        summary.rows += 1
        if isinstance(cells, str):
            summary.refused.append((line, cells))
        else:
            yield line, cells


class _Run:
    """What the batches of one run share."""

    def __init__(self, mapping: LogMapping, summary: Summary) -> None:
        self.mapping, self.summary = mapping, summary
        self.reader = RowReader(mapping, summary.source, clock.now())
        self.writer = Writer(summary.source, clock.now())
        self.parties = Parties(summary.source, summary.parties)
        self.ends = not mapping.knows_end
        self.done = 0

    def take(self, spool: Spool, progress: Progress | None) -> None:
        """All tickets of the spool, batch by batch."""
        cases = self._cases(spool)
        while batch := list(islice(cases, BATCH)):
            self._write(batch)
            if progress:
                progress(self.done, self.summary.rows)
        self.summary.entries = self.writer.entries
        self.summary.unmapped.update(self.reader.unmapped)
        self.summary.unplaced.update(self.reader.unplaced)

    def _cases(self, spool: Spool) -> Iterator[LogCase]:
        for gathered, duplicates in spool.tickets():
            self.summary.duplicates += duplicates
            self.done += len(gathered) + duplicates
            case = case_of(self._rows(gathered), self.mapping.kind)
            if case is not None:
                self.summary.refused.extend(case.refused)
                self.summary.tickets += 1
                yield case

    def _rows(self, gathered: Iterable[tuple[int, list[str]]]) -> Iterator[LogRow]:
        for line, cells in gathered:
            try:
                yield self.reader.read(line, cells)
            except RowRefused as reason:
                self.summary.refused.append((line, str(reason)))

    def _write(self, batch: list[LogCase]) -> None:
        known = known_cases(self.summary.source, batch)
        fresh: list[tuple[LogCase, list[Happening], Known | None]] = []
        for case in batch:
            found = known.get(case.external_id)
            told = case.told(found.happenings if found else (), ends=self.ends, label=self.summary.source)
            if found is None:
                fresh.append((case, told, None))
            elif all(each.known for each in told) and case.due_at == found.ticket.source_due_at:
                self.summary.unchanged += 1
            elif found.live:
                self.summary.refused.extend(refusal_of_live(case, found.ticket))
                self.summary.unchanged += 1
            else:
                fresh.append((case, told, found))
        if fresh:
            self._take(fresh)

    def _take(self, cases: list[tuple[LogCase, list[Happening], Known | None]]) -> None:
        parties = self.parties.columns_of(case for case, _told, _known in cases)
        new: list[Prepared] = []
        for (case, told, known), keys in zip(cases, parties, strict=True):
            if known is None:
                new.append((case, keys, told, replay(told, case.get("status"))))
            else:
                extend(self.writer, case, known, told, keys)
                self.summary.extended += 1
        self.writer.create(new)
        self.summary.created += len(new)
        self.writer.flush()
