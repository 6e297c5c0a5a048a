"""The quarterly report's charts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kpi.choices import Direction
from kpi.queries.breakdown import Group
from kpi.queries.figures import Figures
from kpi.rules.metric import METRICS
from portal.kernel.quarter import Quarter
from portal.pdf import charts

#: Small groups of a ring are drawn as one.
MOST_PARTS = 6


def percents(value: Decimal | None) -> Decimal | None:
    """A ratio in per cent with one decimal."""
    return None if value is None else (value * 100).quantize(Decimal("0.1"))


def ring(groups: Sequence[Group], title: Any, centre_label: Any) -> str:
    """Tickets by group; the smallest groups together."""
    parts: dict[str, int] = {str(group.label): group.tickets for group in groups[:MOST_PARTS]}
    rest = sum(group.tickets for group in groups[MOST_PARTS:])
    if rest:
        parts[_("Others")] = rest
    return charts.donut(parts, title=str(title), centre_label=str(centre_label))


def levels(found: Figures) -> str:
    """Every figure that should be high, against its target."""
    shown = [f for f in found.figures.values() if f.denominator and f.metric.direction == Direction.AT_LEAST]
    rows = [(f.metric.name, percents(f.value), percents(f.target)) for f in shown]
    return charts.against_target(rows, unit="%", high=100, title=_("Figures against their targets"))


def trend(past: Mapping[Quarter, Group], quarters: Sequence[Quarter], codes: Sequence[str], title: Any) -> str:
    """Some figures over the quarters."""
    series = {
        str(METRICS[code].name): [percents(past[q].figures[code].value) if q in past else None for q in quarters]
        for code in codes
    }
    return charts.line([str(q) for q in quarters], series, unit="%", title=str(title), width=400, height=230)


def volume(past: Mapping[Quarter, Group], quarters: Sequence[Quarter]) -> str:
    """Tickets a quarter."""
    counts = [past[q].tickets if q in past else 0 for q in quarters]
    return charts.bar([str(q) for q in quarters], counts, title=_("Tickets received"), height=170)


def durations(groups: Sequence[Group], title: Any) -> str:
    """Median resolution time by group, in hours."""
    rows = [(group.label, group.distributions["resolution_hours"].median) for group in groups]
    return charts.bars(
        [(label, value and value.quantize(Decimal("0.1"))) for label, value in rows], unit=" h", title=title
    )
