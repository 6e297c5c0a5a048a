"""`quarterly_report QUARTER (--partner CODE | --customer CODE | --brand | --all) --out PATH`: the PDF, or a folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from kpi.actions.making import make_now
from kpi.actions.report import request_report
from kpi.management.arguments import add_scope, quarter_of, scope_of, wrong_use
from kpi.models import QuarterlyReport
from kpi.queries.report import scopes_with_tickets
from portal.accounts.actor import Actor
from portal.kernel.errors import InvalidInput, PortalError
from portal.kernel.quarter import Quarter


class Command(BaseCommand):
    help = "Makes quarterly reports (售后服务季度报告); each is listed for auditors and can be verified by its code."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="such as 2026Q3")
        add_scope(parser, every=True, required=True)
        parser.add_argument("--out", required=True, metavar="PATH", help="the file; with --all the folder")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="zh-hans")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Actor.system("quarterly_report")
        try:
            quarter = quarter_of(options["quarter"])
            scopes = scopes_with_tickets(quarter, actor) if options["all"] else [scope_of(options)]
            targets = Targets(Path(options["out"]), folder=options["all"], quarter=quarter)
            made = [self._make(actor, quarter, scope, options["language"], targets) for scope in scopes]
        except PortalError as error:
            raise wrong_use(error) from error
        failed = [row for row in made if row["error"]]
        if options["json"]:
            self.stdout.write(json.dumps({"quarter": str(quarter), "reports": made}, ensure_ascii=False, indent=2))
        for row in [] if options["json"] else made:
            done = _("%(path)s: %(pages)d pages, code %(code)s") % row
            self.stdout.write(_("%(subject)s: %(error)s") % row if row["error"] else done)
        if failed:
            raise SystemExit(1)

    @staticmethod
    def _make(actor: Actor, quarter: Quarter, scope: Any, language: str, targets: "Targets") -> dict[str, Any]:
        with translation.override(language):
            report = make_now(request_report(actor, quarter, scope, language=language, queue=False))
        path = targets.write(report) if report.is_ready else None
        return {
            "subject": str(scope),
            "scope": str(scope.kind),
            "code": report.printed_code,
            "pages": report.pages,
            "sha256": report.sha256,
            "path": path and str(path),
            "error": report.error,
        }


class Targets:
    """Where the files go; what cannot be written to is refused before anything is made."""

    def __init__(self, out: Path, *, folder: bool, quarter: Quarter) -> None:
        self.out, self.folder, self.quarter = out, folder, quarter
        try:
            (out if folder else out.absolute().parent).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput(_("“%s” cannot be written to.") % out) from error
        if not folder and out.is_dir():
            raise InvalidInput(_("“%s” is a folder: name a file.") % out)

    def write(self, report: QuarterlyReport) -> Path:
        """The path of the written file."""
        path = self.out / report.file_name if self.folder else self.out
        with default_storage.open(report.file) as file:
            path.write_bytes(file.read())
        return path
