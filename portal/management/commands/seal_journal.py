"""Seal the ends of all chains that went on since the last seal."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.journal.seals import seal
from portal.kernel.errors import Conflict


class Command(BaseCommand):
    help = "Seal the service log. Keep the printed digest outside the portal: it proves all that was written before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        try:
            row = seal()
        except Conflict as error:
            raise CommandError(str(error)) from error
        shown = {
            "number": row.number,
            "sealed_at": row.sealed_at.isoformat(),
            "heads": row.heads,
            "root": row.root,
            "previous": row.previous,
            "digest": row.digest,
        }
        words = f"Seal #{row.number} over {row.heads} chains, digest {row.digest}"
        self.stdout.write(json.dumps(shown) if as_json else words)
