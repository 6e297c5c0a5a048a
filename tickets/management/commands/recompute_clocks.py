"""`recompute_clocks [--check] [--ticket NUMBER] [--json]`: every clock from the journal (spec/interfaces.md, rule 1).

Exit: 0 well; 1 with --check when a stored row is not what the journal says; 2 wrong use.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from tickets.actions.recompute import Report, recompute
from tickets.models import Ticket

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compute every clock again from the journal; with --check only compare with what is stored. "
        "Exit: 0 well; 1 a stored row is not what the journal says (--check); 2 wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only, write nothing")
        parser.add_argument("--ticket", metavar="NUMBER", help="this ticket alone")
        parser.add_argument("--json", action="store_true", help="the report as JSON, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        tickets = Ticket.objects.all()
        if options["ticket"]:
            tickets = tickets.filter(number=options["ticket"])
            if not tickets.exists():
                raise CommandError(_("There is no ticket %s.") % options["ticket"], returncode=2)
        quiet = options["json"] or not sys.stderr.isatty()
        with tqdm(total=tickets.count(), disable=quiet, unit=_("tickets"), file=sys.stderr) as bar:
            report = recompute(tickets, check=options["check"], progress=lambda done: bar.update(done - bar.n))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report)
        if options["check"] and report.differences:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        said = {"tickets": report.tickets, "clocks": report.clocks, "wrong": report.wrong_tickets}
        self.stdout.write(_("%(tickets)d tickets, %(clocks)d clocks; %(wrong)d tickets differed.") % said)
        for each in report.differences[:SHOWN]:
            row = each.as_json()
            self.stdout.write(
                f"  {row['ticket']} {row['clock']} {row['column']}: {row['stored']} → {row['computed']}".rstrip()
            )
        if len(report.differences) > SHOWN:
            self.stdout.write("  " + _("… and %d more; --json lists all") % (len(report.differences) - SHOWN))
        if report.check:
            self.stdout.write(_("Compared only: nothing was written."))
