"""What is counted for each figure, as conditions over one fact row (spec/kpi.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, DateTimeField, F, Q, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan, LessThanOrEqual

from kpi.queries.percentiles import Percentiles
from kpi.rules.distribution import HOUR_MS, WITHIN
from tickets.choices import Category

Moment = datetime | Combinable
#: Keeps the counters' names apart from the columns'.
PREFIX = "count_"


def aggregates(as_of: Moment, *, past: bool) -> dict[str, Aggregate]:
    """Every counter of every figure, and the distributions, as aggregates of one query.

    `past` takes what happened after `as_of` for not yet happened; that reads the ticket's own times beside the fact.
    """
    named = {
        "tickets": Count("*"),
        "open_days": Sum("open_days"),
        "progress_days": Sum("progress_days"),
        "dispatches": Sum("dispatches"),
        "acceptance_met": Sum("acceptance_met"),
    }
    named |= {name: Count("pk", filter=condition) for name, condition in conditions(at(as_of), past).items()}
    named |= spread("resolution") | spread("response")
    return {f"{PREFIX}{name}": aggregate for name, aggregate in named.items()}


def conditions(as_of: Combinable, past: bool) -> dict[str, Q]:
    """Which facts count for what."""
    done, confirmed = completed(as_of, past), resolved(as_of, past)
    first_try = Q(rejections=0, reopenings=0)
    return {
        "response_24h": Q(response_ms__lte=24 * HOUR_MS),
        "response_met": Q(response_met=True),
        "response_due": decided("response", as_of),
        "resolution_met": Q(resolution_met=True) & (stopped(as_of) if past else Q()),
        "resolution_due": resolution_due(as_of, past),
        "resolved": confirmed,
        "completed": done,
        "dispatched": Q(dispatched=True),
        "dispatched_completed": Q(dispatched=True) & done,
        "repairs": Q(repair=True) & done,
        "repairs_good": Q(repair=True) & done & confirmed & first_try,
        "complaints": Q(category=Category.COMPLAINT),
        "acceptance_open": Q(acceptance_due_at__isnull=False) & ~passed("acceptance_due_at", as_of),
        "arrival_met": Q(arrival_met=True),
        "arrival_due": decided("arrival", as_of),
        "visited": Q(on_site=True, repair=True) & confirmed,
        "visited_once": Q(on_site=True, repair=True, visits__lte=1) & confirmed & first_try,
        "feedback_met": Q(category=Category.COMPLAINT, feedback_met=True),
        "feedback_due": Q(category=Category.COMPLAINT) & decided("feedback", as_of),
        "reopened": Q(reopenings__gt=0),
        "rejected": Q(rejections__gt=0),
        "escalated": Q(escalated=True),
    }


#: Figure → (numerator, denominator) among the names above; ratings and what is not recorded yet stand elsewhere.
RATIOS: Mapping[str, tuple[str, str]] = {
    "response_24h": ("response_24h", "tickets"),
    "response_on_time": ("response_met", "response_due"),
    "resolution_on_time": ("resolution_met", "resolution_due"),
    "resolution_rate": ("resolved", "tickets"),
    "completion_rate": ("dispatched_completed", "dispatched"),
    "repair_success": ("repairs_good", "repairs"),
    "complaint_rate": ("complaints", "tickets"),
    "progress_discipline": ("progress_days", "open_days"),
    "acceptance_on_time": ("acceptance_met", "acceptance_due"),
    "arrival_on_time": ("arrival_met", "arrival_due"),
    "first_visit_fix": ("visited_once", "visited"),
    "complaint_closure": ("feedback_met", "feedback_due"),
}


def complete_counts(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a query with empty sums as 0 and what follows from two counters."""
    counts = {name.removeprefix(PREFIX): value for name, value in row.items()}
    counts |= {name: 0 for name in ("open_days", "progress_days", "dispatches", "acceptance_met") if not counts[name]}
    # A dispatch whose hour is not over is neither accepted in time nor late.
    counts["acceptance_due"] = max(counts["dispatches"] - counts["acceptance_open"], 0)
    return counts


def at(as_of: Moment) -> Combinable:
    """A moment as an expression."""
    return as_of if isinstance(as_of, Combinable) else Value(as_of, output_field=DateTimeField())


def passed(column: str, as_of: Combinable) -> Q:
    """Due by then."""
    return Q(**{f"{column}__isnull": False}) & Q(LessThanOrEqual(F(column), as_of))


def decided(clock: str, as_of: Combinable) -> Q:
    """A clock that was stopped, or that fell due while it ran: then it is missed."""
    return Q(**{f"{clock}_met__isnull": False}) | passed(f"{clock}_due_at", as_of)


def resolution_due(as_of: Combinable, past: bool) -> Q:
    """The same for resolution; a stop after `as_of` had not happened yet."""
    if not past:
        return decided("resolution", as_of)
    return (Q(resolution_met__isnull=False) & stopped(as_of)) | passed("resolution_due_at", as_of)


def stopped(as_of: Combinable) -> Q:
    """The work was completed before then."""
    return Q(ticket__completed_at__isnull=True) | Q(LessThan(F("ticket__completed_at"), as_of))


def completed(as_of: Combinable, past: bool) -> Q:
    return Q(completed=True) & stopped(as_of) if past else Q(completed=True)


def resolved(as_of: Combinable, past: bool) -> Q:
    """Confirmed or closed; history without a confirmation counts from its completion."""
    if not past:
        return Q(resolved=True)
    moment = Coalesce("ticket__confirmed_at", "ticket__completed_at", "ticket__closed_at", at_far_past())
    return Q(resolved=True) & Q(LessThan(moment, as_of))


def at_far_past() -> Value:
    """What stands in for a time that no record knows: long ago."""
    return Value(datetime.fromisoformat("1970-01-01T00:00:00+00:00"), output_field=DateTimeField())


def spread(name: str) -> dict[str, Aggregate]:
    """The aggregates of one distribution."""
    column = f"{name}_ms"
    within = {
        f"{name}_within_{limit}h": Count("pk", filter=Q(**{f"{column}__lte": limit * HOUR_MS})) for limit in WITHIN
    }
    return {f"{name}_n": Count(column), f"{name}_percentiles": Percentiles(column), **within}
