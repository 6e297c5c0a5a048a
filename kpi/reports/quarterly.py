"""售后服务季度报告 (R219): what the PDF of a partner, a customer or the whole brand contains."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kpi.choices import Grouping
from kpi.models import ReportScope
from kpi.queries.breakdown import Group, breakdown, quarters
from kpi.queries.cases import backlog, late_resolutions, low_scores
from kpi.queries.figures import Figures, figures, ratio
from kpi.queries.scope import Scope
from kpi.reports import drawings, tables
from kpi.rules.figure import percent
from kpi.rules.metric import FOUR_RATES, METRICS
from kpi.rules.period import of_quarter
from portal.kernel import brand, clock
from portal.kernel.quarter import Quarter

TEMPLATE = "kpi/pdf/quarterly.html"
QUARTERS = 5
MOST_LATE = 18
MOST_LOW = 10
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """Which report: of whom, of when, under which code and address."""

    scope: Scope
    quarter: Quarter
    code: str
    verify_url: str
    at: datetime


def title() -> str:
    """What the report is called."""
    return _("Quarterly after-sales service report")


def context(request: Request, progress: Progress = lambda per_cent: None) -> dict[str, Any]:
    """Everything that the template prints. Free of telephone numbers and names of persons, whoever reads it."""
    scope, quarter = request.scope, request.quarter
    found = figures(scope, of_quarter(quarter))
    progress(15)
    past = quarters(scope, quarter, QUARTERS)
    progress(25)
    span = [quarter.previous(n) for n in reversed(range(QUARTERS))]
    lines = tables.figure_lines(found, past, span[:-1])
    return {
        **cover(request, found),
        "found": found,
        "scope": scope,
        "quarter": quarter,
        "lines": lines,
        "outcomes": tables.outcomes(lines),
        "earlier": [str(q) for q in span[:-1]],
        "tiles": tiles(found),
        "frozen": found.as_of < clock.now(),
        "levels": drawings.levels(found),
        "trends": trends(past, span),
        "volume": drawings.volume(past, span),
        **grouped(scope, quarter, progress),
        **cases(scope, quarter, found),
        "spreads": spreads(found),
        "four_rates": [METRICS[code] for code in FOUR_RATES],
        "metrics": list(METRICS.values()),
        "unrecorded": [metric.name for metric in METRICS.values() if not metric.recorded],
    }


def cover(request: Request, found: Figures) -> dict[str, Any]:
    """The first page, and the code that proves the document."""
    kind = request.scope.kind
    whose = str(brand.values()["name"]) if kind == ReportScope.BRAND else str(request.scope)
    facts = [
        (kind.label, whose),
        (_("Quarter"), str(request.quarter)),
        (_("Period"), f"{request.quarter.first_day} – {request.quarter.last_day}"),
        (_("As known on"), paper(found.as_of)),
        (_("Made at"), paper(request.at)),
        (_("Tickets received"), f"{found.tickets:,}"),
    ]
    return {
        "report_title": title(),
        "report_subtitle": f"{whose} · {request.quarter}",
        "report_code": request.code,
        "cover_facts": facts,
        "verification": {"code": request.code, "url": request.verify_url},
    }


def paper(moment: datetime) -> str:
    """A moment as it is printed."""
    return clock.local(moment).strftime("%Y-%m-%d %H:%M")


def tiles(found: Figures) -> list[dict[str, Any]]:
    """The six numbers that are read first."""
    shown = [{"label": _("Tickets received"), "value": f"{found.tickets:,}", "hint": _("without cancelled ones")}]
    for code in ("resolution_rate", "csat", "response_on_time", "resolution_on_time", "repair_success"):
        figure = found.figures[code]
        target = _("Target")
        hint = f"{target} {figure.goal} · {figure.outcome.label}"
        css = tables.CLASSES.get(figure.outcome, "")
        shown.append({"label": figure.metric.name, "value": figure.percent, "hint": hint, "css": css})
    spread, mean = found.distributions["resolution_hours"], found.ratings.mean
    high, ratings = {"p90": tables.hours(spread.p90)}, {"n": f"{found.ratings.n:,}"}
    times = (_("Median resolution time"), tables.hours(spread.median), _("90th percentile %(p90)s") % high)
    scores = (_("Mean score"), "—" if mean is None else str(mean), _("of 5, from %(n)s ratings") % ratings)
    return [*shown, *(dict(zip(("label", "value", "hint"), tile, strict=True)) for tile in (times, scores))]


def trends(past: dict[Quarter, Group], span: list[Quarter]) -> list[dict[str, Any]]:
    """Charts over the last five quarters."""
    on_time, results = ("response_on_time", "resolution_on_time"), ("resolution_rate", "csat")
    return [
        {"title": _("On time"), "chart": drawings.trend(past, span, on_time, _("On time"))},
        {"title": _("Results"), "chart": drawings.trend(past, span, results, _("Results"))},
    ]


def grouped(scope: Scope, quarter: Quarter, progress: Progress) -> dict[str, Any]:
    """Tickets divided by everything that tells something for this scope."""
    period = of_quarter(quarter)
    places = Grouping.OUTLET if scope.partner else Grouping.PARTNER
    wanted = [Grouping.CATEGORY, Grouping.STATE, Grouping.MONTH, Grouping.REGION, places, Grouping.CHANNEL]
    if not scope.customer:
        wanted.append(Grouping.PRODUCT_LINE)
    by = {}
    for n, grouping in enumerate(wanted):
        by[grouping] = breakdown(scope, period, grouping)
        progress(30 + 4 * n)
    rated = (Grouping.MONTH, Grouping.OUTLET, Grouping.PARTNER)
    made = {name: tables.group_table(name.label, rows, rated=name in rated) for name, rows in by.items()}
    told = [table for table in (made[name] for name in wanted[2:]) if table.lines and not table.says_nothing]
    categories = by[Grouping.CATEGORY]
    return {
        "by_category": made[Grouping.CATEGORY],
        "tables": told,
        "category_ring": drawings.ring(categories, _("By problem type"), _("tickets")),
        "state_ring": drawings.ring(by[Grouping.STATE], _("By state"), _("tickets")),
        "category_medians": drawings.durations(categories, _("Median resolution time")),
        "category_spreads": [tables.spread_line(g.label, g.distributions["resolution_hours"]) for g in categories],
    }


def cases(scope: Scope, quarter: Quarter, found: Figures) -> dict[str, Any]:
    """What was late and why, what was rated low and what was done about it, what is open."""
    period = of_quarter(quarter)
    late, late_shown = late_resolutions(scope, period, found.as_of, MOST_LATE)
    low, low_shown = low_scores(scope, period, MOST_LOW)
    waiting = backlog(scope)
    return {
        "late": late,
        "late_cases": late_shown,
        "low": low,
        "low_cases": low_shown,
        "backlog": waiting,
        "open_now": sum(number for _age, number in waiting),
        "extra": [
            (_("Rejected by the customer at least once"), percent(ratio(found.counts, "rejected", "tickets"))),
            (_("Reopened after confirmation"), percent(ratio(found.counts, "reopened", "tickets"))),
            (_("Escalated"), percent(ratio(found.counts, "escalated", "tickets"))),
        ],
    }


def spreads(found: Figures) -> list[dict[str, Any]]:
    """How long response and resolution took."""
    names = {"response_hours": _("First response"), "resolution_hours": _("Resolution")}
    return [tables.spread_line(words, found.distributions[name]) for name, words in names.items()]
