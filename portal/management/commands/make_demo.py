"""`make_demo [--tickets N] [--json]`: fill an empty trial portal with a demonstration brand."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.demo.making import make
from portal.kernel.errors import PortalError

TICKETS = 2000
STEP = 100


class Command(BaseCommand):
    help = "Make a demonstration brand with partners, customers and tickets in every state over five quarters."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, default=TICKETS, metavar="N", help=f"default {TICKETS}")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(self, *args: object, tickets: int, as_json: bool, **options: object) -> None:
        if tickets < 1:
            raise CommandError(_("At least one ticket, please."), returncode=2)

        def told(ended: int) -> None:
            if not as_json and ended % STEP == 0:
                self.stdout.write(f"    {ended} / {tickets}", ending="\r")
                self.stdout.flush()

        try:
            made = make(tickets, told)
        except PortalError as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(asdict(made), ensure_ascii=False))
            return
        words = _(
            "%(partners)d partners, %(outlets)d outlets, %(staff)d staff, %(customers)d customers, "
            "%(tickets)d tickets, %(entries)d entries in the service log."
        )
        self.stdout.write(words % asdict(made))
