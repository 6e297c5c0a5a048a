"""`figures QUARTER [--partner CODE | --customer CODE | --brand] [--json]`: the figures of spec/kpi.md."""

import json
from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpi.choices import Grouping
from kpi.management.arguments import add_scope, day, period_of, scope_of, wrong_use
from kpi.queries.breakdown import breakdown
from kpi.queries.figures import Figures, figures
from kpi.queries.source_due import on_time_by_source
from portal.kernel import clock
from portal.kernel.errors import PortalError

SPREADS = {
    "resolution_hours": gettext_lazy("Hours until the resolution"),
    "response_hours": gettext_lazy("Hours until the response"),
}


class Command(BaseCommand):
    help = "Figures of a quarter (as known 15 days after its end) or of a span of days (as known now)."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", nargs="?", help="such as 2026Q3")
        add_scope(parser)
        parser.add_argument("--from", dest="first", metavar="DATE", help="first day, in place of a quarter")
        parser.add_argument("--to", dest="last", metavar="DATE", help="last day, included")
        parser.add_argument("--as-of", metavar="DATE", help="as known at the end of that day, or “now”")
        parser.add_argument("--by", choices=Grouping.values, action="append", default=[], help="divided by; repeatable")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = period_of(options["quarter"], options["first"], options["last"])
            scope, as_of = scope_of(options), moment_of(options["as_of"])
            found = figures(scope, period, as_of=as_of)
            source = on_time_by_source(scope, period, found.as_of)
            groups = {by: breakdown(scope, period, Grouping(by), as_of=as_of) for by in options["by"]}
        except PortalError as error:
            raise wrong_use(error) from error
        if options["json"]:
            shape = found.as_dict()
            if source.denominator:
                shape["on_time_by_source"] = source.as_dict()
            if groups:
                shape["by"] = {by: [group.as_dict() for group in rows] for by, rows in groups.items()}
            self.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2))
            return
        self.stdout.write(table(found))
        for by, rows in groups.items():
            self.stdout.write(f"\n{Grouping(by).label}")
            for group in rows:
                shown = ", ".join(
                    f"{figure.metric.name} {figure.percent}" for figure in group.figures.values() if figure.denominator
                )
                self.stdout.write(f"  {group.label}: {group.tickets} · {shown}")


def moment_of(text: str | None) -> datetime | None:
    """The end of a day, or now."""
    if text is None:
        return None
    if text == "now":
        return clock.now()
    return datetime.combine(day(text) + timedelta(days=1), time(), clock.LOCAL)


def width_of(text: str) -> int:
    """Columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def rounded(hours: Decimal | None) -> str:
    """Hours for people, to a tenth; --json has them in full."""
    return "—" if hours is None else f"{hours:.1f}"


def table(found: Figures) -> str:
    """The figures as lines for people."""
    head = _("%(scope)s · %(period)s · %(n)d tickets · as known on %(day)s") % {
        "scope": found.scope,
        "period": found.period,
        "n": found.tickets,
        "day": clock.local(found.as_of).strftime("%Y-%m-%d %H:%M"),
    }
    lines = [head, ""]
    for figure in found.figures.values():
        name, counts = str(figure.metric.name), f"{figure.numerator} / {figure.denominator}"
        mark = figure.outcome.label if figure.denominator else _("no data")
        lines.append(
            f"  {name}{' ' * (32 - width_of(name))}{figure.percent:>8}  {counts:>17}  {figure.goal:>8}  {mark}"
        )
    lines.append("")
    for name, spread in found.distributions.items():
        title, middle, most = SPREADS.get(name, name), rounded(spread.median), rounded(spread.p90)
        median = _("Median")
        lines.append(
            f"  {title}: n {spread.n}, {median} {middle}, p90 {most}, "
            f"≤24h {spread.within_24h}, ≤48h {spread.within_48h}, ≤72h {spread.within_72h}"
        )
    return "\n".join(lines)
