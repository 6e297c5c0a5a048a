"""`manage.py record_pdf TICKET (--form 1..4 / --all) --out PATH`: the paper forms of one ticket."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from tickets.models import Ticket
from tickets.reports.record import FORMS, available, record_pdf


class Command(BaseCommand):
    help = "Write the paper forms (附件1–4) of a ticket as PDF: one file, or with --all one for each that it has."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ticket", help="ticket number")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--form", type=int, choices=sorted(FORMS))
        which.add_argument("--all", action="store_true", dest="every")
        parser.add_argument("--out", type=Path, required=True, help="a file; with --all a folder")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            written = self._write(options)
        if options["json"]:
            self.stdout.write(json.dumps({"ticket": options["ticket"], "files": written}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(written))

    def _write(self, options: dict[str, Any]) -> list[str]:
        ticket = Ticket.objects.filter(number=options["ticket"]).first()
        if ticket is None:
            raise CommandError(_("There is no ticket %s.") % options["ticket"], returncode=2)
        numbers = available(ticket) if options["every"] else [options["form"]]
        folder = options["out"] if options["every"] else options["out"].parent
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for number in numbers:
            try:
                content = record_pdf(ticket, number, masked=False)
            except InvalidInput as error:
                raise CommandError(str(error), returncode=1) from error
            path = folder / f"{ticket.number}-F{number}.pdf" if options["every"] else options["out"]
            path.write_bytes(content)
            written.append(str(path))
        return written
