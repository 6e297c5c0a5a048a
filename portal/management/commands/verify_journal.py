"""Walk the service log's chains and seals, and name every place that does not hold."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.journal.log import entries_for
from portal.journal.models import Seal, SealedHead
from portal.journal.verify import Report, verify


class Command(BaseCommand):
    help = "Check the service log. Exit 0: intact; 1: broken, each break is named; 2: wrong use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subject", help="only this subject's chain, for example ticket:12")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(self, *args: object, subject: str | None, as_json: bool, **options: object) -> None:
        if subject is not None and not known(subject):
            raise CommandError(f"the service log knows no subject {subject!r}; write it as ticket:12", returncode=2)
        report = verify(subject)
        self.stdout.write(json.dumps(shape(report), ensure_ascii=False) if as_json else words(report))
        if not report.intact:
            sys.exit(1)


def known(subject: str) -> bool:
    """True if the log has, or by its seals had, entries of the subject."""
    return entries_for(subject).exists() or SealedHead.objects.filter(subject=subject).exists()


def shape(report: Report) -> dict[str, Any]:
    """The report for machines."""
    breaks = [{"subject": b.subject, "sequence": b.sequence, "problem": b.problem} for b in report.breaks]
    counts = {"subjects": report.subjects, "entries": report.entries, "seals": report.seals}
    return {"intact": report.intact, **counts, "breaks": breaks}


def words(report: Report) -> str:
    """The report for people."""
    lines = [f"{b.subject} #{b.sequence}: {b.problem}" for b in report.breaks]
    counts = f"{report.subjects} subjects, {report.entries} entries, {report.seals} seals"
    last = Seal.objects.last()
    if last is not None:
        counts += f"; last seal #{last.number} of {last.sealed_at:%Y-%m-%d %H:%M} UTC, digest {last.digest}"
    verdict = "intact" if report.intact else f"BROKEN in {len(lines)} places"
    return "\n".join([*lines, f"{verdict}: {counts}"])
