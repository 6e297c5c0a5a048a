"""`manage.py rules [--check]`: writes docs/RULES.md from the code, or says whether it is still true."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kpi.rules.metric import METRICS
from tickets.rules.sla_policy import DEFAULT_POLICY
from tickets.rules.transition import MOVES

TARGET = Path("docs/RULES.md")
_NUMBER = re.compile(r"\b[RI]\d{2,3}\b")
HEAD = """# Rules

Made from the code by `manage.py rules`; the tests fail when it is out of date. Every rule stands in one place and cites
the requirement that it serves.
"""


class Command(BaseCommand):
    help = "Write docs/RULES.md from the rules in the code; with --check only compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / TARGET
        text = document()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                raise CommandError("docs/RULES.md is out of date: run manage.py rules", returncode=1)
            return
        path.write_text(text, encoding="utf-8")
        self.stdout.write(str(TARGET))


def document() -> str:
    """The whole page; names of states and figures in both languages."""
    parts = [HEAD, _machine(), _policy(), _metrics(), *(_functions(app) for app in ("tickets", "partners", "kpi"))]
    return "\n".join(parts)


def _both(text: Any) -> str:
    with translation.override("zh-hans"):
        chinese = str(text)
    with translation.override("en"):
        return f"{chinese} {text}"


def _machine() -> str:
    rows = [
        f"| `{move.name}` | {_both(move.label)} | {', '.join(f'`{state}`' for state in move.sources)} "
        f"| {f'`{move.target}`' if move.target else 'kept'} | {', '.join(sorted(move.who))}"
        f"{' (partner: responsible person only)' if move.owner_only else ''} |"
        for move in MOVES.values()
    ]
    head = ["## The ticket's machine", "", "| transition | 中文 / English | from | to | who |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _policy() -> str:
    rows = [
        f"| `{line.kind}` | {line.category or 'all'} | {line.channel or 'all'} | {line.tier or 'all'} "
        f"| {line.limit} {line.unit.replace('_', ' ')} | {', '.join(f'{level} %' for level in line.warn_at)} "
        f"| {'yes' if line.core else 'no'} | {line.clause} | {line.clause_text} |"
        for line in DEFAULT_POLICY.lines
    ]
    head = [
        f"## Policy, version {DEFAULT_POLICY.version}",
        "",
        "Every installation begins with this version; later ones are drafted, reviewed and dated in the admin.",
        "A clause is set by the highest that speaks of it: agreement, service tier, region (not on a core clause),",
        "standard. Clauses of other numbers stand beside each other; the strictest gives the due time.",
        "",
        "| clock | category | channel | tier | limit | warns at | core | requirement | words of the clause |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, "", *_pauses(), ""])


def _pauses() -> list[str]:
    rows = [
        f"| `{rule.reason}` | {'yes' if rule.credited else 'no'} | {f'{rule.cap.days} days' if rule.cap else 'none'} "
        f"| {', '.join(sorted(rule.roles)) or 'whoever may suspend'} | {rule.evidence.replace('_', ' ') or 'none'} |"
        for rule in DEFAULT_POLICY.pause_rules.values()
    ]
    return ["| suspension | stops the clock | at most | who | evidence |", "|---|---|---|---|---|", *rows]


def _metrics() -> str:
    rows = [
        f"| `{metric.code}` | {_both(metric.name)} | {_english(metric.definition)} | {_english(metric.requirement)} |"
        for metric in METRICS.values()
    ]
    head = ["## Figures", "", "| code | 中文 / English | definition | requirement |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _english(text: Any) -> str:
    with translation.override("en"):
        return str(text)


def _functions(app: str) -> str:
    rows = [f"## Rules of {app}", "", "| rule | says | requirement |", "|---|---|---|"]
    for path in sorted((settings.BASE_DIR / app / "rules").rglob("*.py")):
        rows.extend(_rows(path))
    return "\n".join([*rows, ""])


def _rows(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    shared = _NUMBER.findall(ast.get_docstring(tree) or "")
    module = path.relative_to(settings.BASE_DIR).with_suffix("").as_posix().replace("/", ".")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            text = ast.get_docstring(node) or ""
            numbers = _NUMBER.findall(text) or shared
            said = text.splitlines()[0].replace("|", "\\|") if text else ""
            yield f"| `{module}.{node.name}` | {said} | {', '.join(dict.fromkeys(numbers))} |"
