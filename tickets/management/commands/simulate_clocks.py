"""`simulate_clocks FILE.jsonl [--json]`: what the clocks of told tickets would be; nothing is written (rule 2).

Each line of the file is answered by a line of JSON: clocks and the walk to each due time, or the number of the line
and what is wrong with it. Exit: 0 well; 1 when a line could not be used; 2 wrong use: the file cannot be read.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from tickets.queries.simulation import Simulator


class Command(BaseCommand):
    help = (
        "What-if for policies: each line of FILE.jsonl is a told ticket; answers a line of JSON each. "
        "A line: {category, channel, tier, partner, received_at, events: [{verb, at}], now}. "
        "Exit: 0 well; 1 a line could not be used; 2 the file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="lines of JSON; “-” reads from standard input")
        parser.add_argument("--policy", type=int, metavar="NUMBER", help="by this version, also a draft")
        parser.add_argument("--json", action="store_true", help="the answers alone, no summary")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = _lines(options["file"])
        try:
            simulator = Simulator(options["policy"])
        except InvalidInput as error:
            raise CommandError(str(error), returncode=2) from error
        answered = bad = 0
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                self.stdout.write(json.dumps(simulator.answer(line), ensure_ascii=False))
                answered += 1
            except InvalidInput as error:
                bad += 1
                self.stdout.write(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False))
                self.stderr.write(_("line %(line)d: %(reason)s") % {"line": number, "reason": error})
        if not options["json"]:
            self.stderr.write(_("%(answered)d lines answered, %(bad)d refused.") % {"answered": answered, "bad": bad})
        if bad:
            sys.exit(1)


def _lines(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise CommandError(_("The file cannot be read: %s") % error, returncode=2) from error
    return text.splitlines()
