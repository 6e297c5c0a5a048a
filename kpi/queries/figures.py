"""The figures of a scope and a period: a query over the facts, one over ratings, one over parts (R014, R086, R219)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from kpi.queries import scope as scopes
from kpi.queries.counting import RATIOS, aggregates, complete_counts
from kpi.queries.parts import Parts, parts_of
from kpi.queries.rating import Ratings, ratings_of
from kpi.queries.scope import Scope
from kpi.rules.distribution import Distribution, hours
from kpi.rules.figure import Figure, figure
from kpi.rules.metric import METRICS
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from portal.kernel import clock


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one scope and period as they were known at `as_of`; durations are of all that is known now."""

    scope: Scope
    period: Period
    as_of: datetime
    figures: Mapping[str, Figure]
    distributions: Mapping[str, Distribution]
    counts: Mapping[str, Any]
    ratings: Ratings = field(default_factory=Ratings)
    parts: Parts = field(default_factory=Parts)

    @property
    def tickets(self) -> int:
        return self.counts["tickets"]

    def as_dict(self) -> dict[str, Any]:
        """The shape that `figures --json` promises."""
        return {
            "quarter": str(self.period.quarter) if self.period.quarter else None,
            "from": self.period.first_day.isoformat(),
            "to": self.period.last_day.isoformat(),
            "as_of": self.as_of.isoformat(),
            "scope": {"kind": str(self.scope.kind), "code": self.scope.code, "name": str(self.scope)},
            "tickets": self.tickets,
            "figures": {code: found.as_dict() for code, found in self.figures.items()},
            "distributions": {name: found.as_dict() for name, found in self.distributions.items()},
            "mean_score": None if self.ratings.mean is None else float(self.ratings.mean),
        }


def figures(scope: Scope, period: Period, actor: Actor | None = None, as_of: datetime | None = None) -> Figures:
    """Every figure; without an actor all tickets of the scope count. `as_of`: see Period.as_of."""
    who, now = actor or Actor.system(), clock.now()
    moment = as_of or period.as_of(now)
    rows = in_period(scopes.facts(scope, who), period)
    counts = complete_counts(rows.aggregate(**aggregates(moment, past=moment < now)))
    ratings, parts = ratings_of(scope, period, who), parts_of(scope, period, who, moment)
    found = measured(counts, ratings, parts)
    return Figures(scope, period, moment, found, distributions(counts), counts, ratings, parts)


def in_period(rows: Any, period: Period) -> Any:
    """The cohort: tickets received in the period (R014)."""
    if period.quarter:
        return rows.filter(quarter=period.quarter.index)
    return rows.filter(received_on__range=(period.first_day, period.last_day))


def measured(counts: Mapping[str, Any], ratings: Ratings, parts: Parts) -> dict[str, Figure]:
    """A figure for each metric; one that nothing is recorded for yet has no data."""
    pairs: dict[str, tuple[int, int]] = {code: (counts[n], counts[d]) for code, (n, d) in RATIOS.items()}
    pairs["csat"] = (ratings.satisfied, ratings.n)
    pairs["callback_rate"] = (ratings.called_back, ratings.low)
    pairs["parts_on_time"] = (parts.kept, parts.due)
    return {code: figure(metric, *pairs.get(code, (0, 0))) for code, metric in METRICS.items()}


def distributions(counts: Mapping[str, Any]) -> dict[str, Distribution]:
    """Resolution and response times in hours."""
    return {f"{name}_hours": distribution_of(counts, name) for name in ("resolution", "response")}


def distribution_of(counts: Mapping[str, Any], name: str) -> Distribution:
    """One distribution from the counters of a row."""
    middle, high = counts[f"{name}_percentiles"] or (None, None)  # no query is sent for what nobody may see
    within = (counts[f"{name}_within_{limit}h"] for limit in (24, 48, 72))
    return Distribution(counts[f"{name}_n"], hours(middle), hours(high), *within)


def ratio(counts: Mapping[str, Any], over: str, under: str) -> Decimal | None:
    """One counter divided by another; None by nothing."""
    return (Decimal(counts[over]) / counts[under]).quantize(Decimal("0.000001")) if counts[under] else None
