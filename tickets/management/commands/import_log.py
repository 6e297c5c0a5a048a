"""`manage.py import_log FILE --mapping MAP.toml`: a historical log becomes tickets (spec/interfaces.md, R057).

Exit: 0 well, also with refused rows; 1 when nothing of the file could be used, or with --strict when any row was
refused (nothing is written then); 2 wrong use: file or mapping cannot be read.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.kernel.errors import InvalidInput
from tickets.actions.import_log import Summary, import_log
from tickets.rules.log_mapping import LogMapping, parse

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Take a historical log (csv or xlsx) as tickets with journal, clocks and figures; docs/examples has mappings."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="csv or xlsx")
        parser.add_argument("--mapping", type=Path, required=True, help="TOML file that says what the columns mean")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument("--strict", action="store_true", help="refuse the file when a single row is refused")
        parser.add_argument("--json", action="store_true", help="the summary as JSON, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            summary = self._import(path, _mapping(options["mapping"]), options)
        except InvalidInput as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(summary)
        if not summary.useful or (options["strict"] and summary.refused):
            sys.exit(1)

    def _import(self, path: Path, mapping: LogMapping, options: dict[str, Any]) -> Summary:
        if not path.is_file():
            raise InvalidInput(_("There is no file %s.") % path)
        quiet = options["json"] or not sys.stderr.isatty()
        with transaction.atomic(), tqdm(disable=quiet, unit=_("rows"), file=sys.stderr) as bar:

            def progress(done: int, rows: int) -> None:
                bar.total = rows
                bar.update(done - bar.n)

            summary = import_log(path, mapping, dry_run=options["dry_run"], progress=progress)
            if options["strict"] and summary.refused:
                transaction.set_rollback(True)
        return summary

    def _tell(self, summary: Summary) -> None:
        write = self.stdout.write
        for label, count in (
            (_("Rows"), summary.rows),
            (_("Exact duplicates"), summary.duplicates),
            (_("Tickets"), summary.tickets),
            (_("— new"), summary.created),
            (_("— with new entries"), summary.extended),
            (_("— unchanged"), summary.unchanged),
            (_("Journal entries written"), summary.entries),
            (_("Refused rows"), len(summary.refused)),
        ):
            write(f"{label}: {count:,}")
        for line, reason in sorted(summary.refused)[:SHOWN]:
            write("  " + _("line %(line)d: %(reason)s") % {"line": line, "reason": reason})
        if len(summary.refused) > SHOWN:
            write("  " + _("… and %d more; --json lists all") % (len(summary.refused) - SHOWN))
        for label, counted in (
            (_("Activities without a step, taken as notes"), summary.unmapped),
            (_("Values without a place, left out"), summary.unplaced),
            (_("Made because the log names them"), summary.parties),
        ):
            found = ", ".join(f"{word} {count:,}" for word, count in counted.most_common() if count)
            if found:
                write(f"{label}: {found}")
        if summary.dry_run:
            write(_("Dry run: nothing was written."))
        write(
            _("%(seconds).1f s, %(rate)d rows a second") % {"seconds": summary.seconds, "rate": summary.rows_per_second}
        )


def _mapping(path: Path) -> LogMapping:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise InvalidInput(_("The mapping cannot be read: %s") % error) from error
    try:
        return parse(text)
    except InvalidInput as error:
        raise InvalidInput(f"{path}:\n{error}") from error
