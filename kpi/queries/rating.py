"""Ratings given in a period, and the call-backs that low ones owe (R028, R088, R222, R223)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Exists, OuterRef, Q, Sum

from kpi.queries import scope as scopes
from kpi.queries.scope import Scope
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from tickets.models import FollowUp

SATISFIED, LOW = 4, 3
SCORES = ("timeliness", "competence", "attitude", "overall")


@dataclass(frozen=True, slots=True)
class Ratings:
    """Counts of ratings; `low` are named ones with any score below 3, `sums` adds up each score."""

    n: int = 0
    satisfied: int = 0
    low: int = 0
    called_back: int = 0
    anonymous: int = 0
    sums: tuple[int, ...] = (0, 0, 0, 0)

    @property
    def mean(self) -> Decimal | None:
        """The mean overall score, 1 to 5, two places; None without ratings."""
        return self.means[3]

    @property
    def means(self) -> tuple[Decimal | None, ...]:
        """The mean of timeliness, competence, attitude and overall."""
        return tuple((Decimal(s) / self.n).quantize(Decimal("0.01")) if self.n else None for s in self.sums)


def low() -> Q:
    """Any score below 3, of somebody who can be called back."""
    some = Q()
    for name in SCORES:
        some |= Q(**{f"{name}__lt": LOW})
    return some & Q(ticket__isnull=False)


def given_in(scope: Scope, period: Period, actor: Actor) -> Any:
    """The ratings given in the period; an anonymous one stands on the first day of its month."""
    return scopes.ratings(scope, actor).filter(rated_on__range=(period.first_day, period.last_day))


def rating_aggregates() -> dict[str, Aggregate]:
    """The counters of `Ratings`; the rows need `with_call_backs`."""
    return {
        "n": Count("*"),
        "satisfied": Count("pk", filter=Q(overall__gte=SATISFIED)),
        "low": Count("pk", filter=low()),
        "called_back": Count("pk", filter=low() & Q(has_call_back=True)),
        "anonymous": Count("pk", filter=Q(anonymous=True)),
        **{f"sum_{name}": Sum(name) for name in SCORES},
    }


def with_call_backs(rows: Any) -> Any:
    """Each rating with whether its call-back is logged."""
    calls = FollowUp.objects.filter(ticket=OuterRef("ticket"), low_score=True)
    return rows.annotate(has_call_back=Exists(calls))


def from_row(row: Mapping[str, Any]) -> Ratings:
    """Counters of a query as `Ratings`."""
    sums = tuple(row[f"sum_{name}"] or 0 for name in SCORES)
    return Ratings(row["n"], row["satisfied"], row["low"], row["called_back"], row["anonymous"], sums)


def ratings_of(scope: Scope, period: Period, actor: Actor) -> Ratings:
    """The ratings of a scope and period in one query."""
    return from_row(with_call_backs(given_in(scope, period, actor)).aggregate(**rating_aggregates()))
