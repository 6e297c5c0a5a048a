"""The same figures divided by category, state, region, outlet, channel, month … in one grouped query each (R102)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, DateField, DateTimeField, F, Q, Value, When
from django.db.models.functions import TruncMonth, TruncQuarter

from kpi.choices import Grouping
from kpi.queries import scope as scopes
from kpi.queries.counting import aggregates, complete_counts
from kpi.queries.figures import distributions, in_period, measured
from kpi.queries.parts import Parts, part_aggregates, promised_in
from kpi.queries.parts import from_row as parts_from_row
from kpi.queries.rating import Ratings, from_row, given_in, rating_aggregates, with_call_backs
from kpi.queries.scope import Scope
from kpi.rules.distribution import Distribution
from kpi.rules.figure import Figure
from kpi.rules.period import Period, freeze_at
from partners.models import Outlet, Partner, ProductLine
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tickets.choices import Category, Channel, TicketState

NO_RATINGS, NO_PARTS = Ratings(), Parts()
#: The label of tickets that say nothing here.
UNNAMED = "—"
#: By what ratings can be divided too; an anonymous one knows partner, outlet and month only.
RATED_BY = {Grouping.OUTLET: "outlet_id", Grouping.PARTNER: "partner_id", Grouping.MONTH: "month"}
#: And part requests.
PARTS_BY = {Grouping.OUTLET: "outlet_id", Grouping.PARTNER: "outlet__partner_id", Grouping.MONTH: "month"}


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a breakdown; `key` is the stored value, `label` what is read."""

    key: Any
    label: Any
    counts: Mapping[str, Any]
    figures: Mapping[str, Figure]
    distributions: Mapping[str, Distribution]
    ratings: Ratings = NO_RATINGS

    @property
    def tickets(self) -> int:
        return self.counts["tickets"]

    def as_dict(self) -> dict[str, Any]:
        """One entry of `figures --by … --json`."""
        return {
            "key": str(self.key) if self.key is not None else None,
            "name": str(self.label),
            "tickets": self.tickets,
            "figures": {code: found.as_dict() for code, found in self.figures.items()},
            "distributions": {name: found.as_dict() for name, found in self.distributions.items()},
        }


def breakdown(
    scope: Scope, period: Period, by: Grouping, actor: Actor | None = None, as_of: datetime | None = None
) -> list[Group]:
    """The groups of a period, the largest first (months in order of time)."""
    who, now = actor or Actor.system(), clock.now()
    moment = as_of or period.as_of(now)
    rows, column = _keyed(in_period(scopes.facts(scope, who), period), by)
    found = rows.values(column).annotate(**aggregates(moment, past=moment < now)).order_by(column)
    rated, parts = _ratings(scope, period, by, who), _parts(scope, period, by, who, moment)
    groups = _groups(list(found), column, _labels(by), rated, parts)
    return groups if by == Grouping.MONTH else sorted(groups, key=lambda group: -group.tickets)


def quarters(scope: Scope, last: Quarter, n: int = 5, actor: Actor | None = None) -> dict[Quarter, Group]:
    """A quarter and those before it, each as known at its own freezing; quarters without tickets are missing."""
    who, now = actor or Actor.system(), clock.now()
    first = last.previous(n - 1)
    moments = [When(quarter=q.index, then=_moment(min(now, freeze_at(q)))) for q in map(last.previous, range(n))]
    as_of = Case(*moments, output_field=DateTimeField())
    rows = scopes.facts(scope, who).filter(quarter__range=(first.index, last.index))
    found = rows.values("quarter").annotate(**aggregates(as_of, past=freeze_at(first) < now)).order_by("quarter")
    whole = Period(first.first_day, last.last_day)
    given = with_call_backs(given_in(scope, whole, who)).annotate(begin=TruncQuarter("rated_on")).order_by()
    rated = {Quarter.of(r["begin"]).index: from_row(r) for r in given.values("begin").annotate(**rating_aggregates())}
    asked = promised_in(scope, whole, who).annotate(begin=TruncQuarter("promised_at", tzinfo=clock.LOCAL)).order_by()
    spans = [Q(promised_at__gte=q.start, promised_at__lt=q.end) for q in map(last.previous, range(n))]
    known = [When(s, then=moment.result) for s, moment in zip(spans, moments, strict=True)]
    seen = asked.annotate(known=Case(*known, output_field=DateTimeField())).values("begin")
    parts = {
        Quarter.of(row["begin"]).index: parts_from_row(row) for row in seen.annotate(**part_aggregates(F("known")))
    }
    groups = _groups(list(found), "quarter", lambda keys: {k: Quarter.from_index(k) for k in keys}, rated, parts)
    return {group.label: group for group in groups}


def _moment(value: datetime) -> Value:
    return Value(value, output_field=DateTimeField())


def _keyed(rows: Any, by: Grouping) -> tuple[Any, str]:
    if by == Grouping.MONTH:
        return rows.annotate(month=TruncMonth("received_on")), "month"
    column = {Grouping.OUTLET: "outlet_id", Grouping.PARTNER: "partner_id", Grouping.PRODUCT_LINE: "product_line_id"}
    return rows, column.get(by, str(by))


def _groups(
    rows: list[dict[str, Any]],
    column: str,
    labels: Callable[[list[Any]], dict[Any, Any]],
    rated: Mapping[Any, Ratings],
    parts: Mapping[Any, Parts],
) -> list[Group]:
    names = labels([row[column] for row in rows])
    groups = []
    for row in rows:
        key = row.pop(column)
        counts, ratings = complete_counts(row), rated.get(key, NO_RATINGS)
        label = names.get(key) or UNNAMED
        found = measured(counts, ratings, parts.get(key, NO_PARTS))
        groups.append(Group(key, label, counts, found, distributions(counts), ratings))
    return groups


def _ratings(scope: Scope, period: Period, by: Grouping, actor: Actor) -> dict[Any, Ratings]:
    column = RATED_BY.get(by)
    if column is None:
        return {}
    rows = with_call_backs(given_in(scope, period, actor)).order_by()
    if by == Grouping.MONTH:
        rows = rows.annotate(month=TruncMonth("rated_on"))
    return {row[column]: from_row(row) for row in rows.values(column).annotate(**rating_aggregates())}


def _parts(scope: Scope, period: Period, by: Grouping, actor: Actor, as_of: datetime) -> dict[Any, Parts]:
    column = PARTS_BY.get(by)
    if column is None:
        return {}
    rows = promised_in(scope, period, actor).order_by()
    if by == Grouping.MONTH:
        rows = rows.annotate(month=TruncMonth("promised_at", output_field=DateField(), tzinfo=clock.LOCAL))
    return {row[column]: parts_from_row(row) for row in rows.values(column).annotate(**part_aggregates(as_of))}


def _labels(by: Grouping) -> Callable[[list[Any]], dict[Any, Any]]:
    words = {Grouping.CATEGORY: Category, Grouping.STATE: TicketState, Grouping.CHANNEL: Channel}
    tables: dict[Grouping, Any] = {
        Grouping.OUTLET: Outlet,
        Grouping.PARTNER: Partner,
        Grouping.PRODUCT_LINE: ProductLine,
    }
    if by in words:
        known = dict(words[by].choices)
        return lambda keys: {key: known.get(key, key) for key in keys}
    if by in tables:
        return lambda keys: dict(tables[by].objects.filter(pk__in=[k for k in keys if k]).values_list("pk", "name"))
    if by == Grouping.MONTH:
        return lambda keys: {key: f"{key:%Y-%m}" for key in keys}
    return lambda keys: {key: key for key in keys}


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole as a ratio; None of nothing."""
    return Decimal(part) / whole if whole else None
