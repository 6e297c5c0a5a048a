"""Draw every random sample of outlets again and compare it with the row and with the service log (R182)."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from partners.actions.outlet_inspection_draw import verify
from partners.models import OutletDraw


class Command(BaseCommand):
    help = "Repeat the random draws of outlets. Exit 0: all agree; 1: one does not, it is named; 2: wrong use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--draw", metavar="NUMBER", help="only this draw, for example CJ20261027-0001")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(self, *args: object, draw: str | None, as_json: bool, **options: object) -> None:
        rows = OutletDraw.objects.order_by("pk")
        if draw is not None:
            rows = rows.filter(number=draw)
            if not rows.exists():
                raise CommandError(f"there is no draw {draw!r}", returncode=2)
        wrong = {row.number: verify(row) for row in rows}
        bad = {number: reasons for number, reasons in wrong.items() if reasons}
        if as_json:
            self.stdout.write(json.dumps({"draws": len(wrong), "differ": bad}, ensure_ascii=False))
        else:
            lines = [f"{number}: {' '.join(reasons)}" for number, reasons in bad.items()]
            self.stdout.write("\n".join([*lines, f"{len(wrong)} draws repeated, {len(bad)} differ"]))
        if bad:
            sys.exit(1)
