"""Part requests promised in a period, and how many of them were supplied as promised (R086, R090)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DateField, F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThan, LessThan, LessThanOrEqual

from kpi.queries.counting import at
from kpi.queries.scope import Scope
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from tickets.models import PartRequest


@dataclass(frozen=True, slots=True)
class Parts:
    """`due`: promised, and either supplied or the promised day has passed; `kept`: supplied by the promised day."""

    due: int = 0
    kept: int = 0


def promised_in(scope: Scope, period: Period, actor: Actor) -> Any:
    """The requests of a scope whose first promise was given in the period, as far as this actor counts them."""
    start, end = _midnight(period.first_day), _midnight(period.last_day + timedelta(days=1))
    rows = PartRequest.objects.filter(promised_at__gte=start, promised_at__lt=end).filter(reach(actor))
    if scope.partner:
        return rows.filter(outlet__partner=scope.partner)
    return rows.filter(ticket__customer=scope.customer) if scope.customer else rows


def reach(actor: Actor) -> Q:
    """The rule of `PartRequest.objects.visible_to` (A03)."""
    if actor.is_system:
        return Q()
    if actor.is_brand or actor.is_auditor:
        return Q(outlet__region__in=actor.regions) if actor.regions else Q()
    own = Q(outlet__partner__organisation_id=actor.organisation_id)
    if actor.role == Role.TECHNICIAN:
        return own & (Q(requested_by_id=actor.user_id) | Q(ticket__owner__user_id=actor.user_id))
    return own if actor.is_partner else Q(pk__in=[])


def part_aggregates(as_of: datetime | Combinable) -> dict[str, Aggregate]:
    """The counters of `Parts` as known at `as_of`. What was withdrawn in time is not due; afterwards it is late."""
    moment = at(as_of)
    supplied = Q(supplied_at__isnull=False) & Q(LessThanOrEqual(F("supplied_at"), moment))
    day = TruncDate("supplied_at", tzinfo=clock.LOCAL)
    kept = supplied & Q(LessThanOrEqual(day, F("promised_until")))
    passed = Q(LessThan(F("promised_until"), TruncDate(moment, tzinfo=clock.LOCAL, output_field=DateField())))
    withdrawn = Q(cancelled_at__isnull=False)
    too_late = Q(GreaterThan(TruncDate("cancelled_at", tzinfo=clock.LOCAL), F("promised_until")))
    return {
        "due": Count("pk", filter=supplied | (passed & (~withdrawn | too_late))),
        "kept": Count("pk", filter=kept),
    }


def from_row(row: Mapping[str, Any]) -> Parts:
    """Counters of a query as `Parts`."""
    return Parts(row["due"], row["kept"])


def parts_of(scope: Scope, period: Period, actor: Actor, as_of: datetime) -> Parts:
    """The requests of a scope and period in one query."""
    return from_row(promised_in(scope, period, actor).aggregate(**part_aggregates(as_of)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)
