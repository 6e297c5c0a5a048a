"""On time against the source's own due time: imported history that brought none is left out (interfaces, R219)."""

from datetime import datetime
from typing import Any

from django.db.models import Count

from kpi.queries import scope as scopes
from kpi.queries.counting import at, conditions
from kpi.queries.figures import in_period
from kpi.queries.scope import Scope
from kpi.rules.figure import Figure, figure
from kpi.rules.metric import METRICS
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from portal.kernel import clock


def on_time_by_source(scope: Scope, period: Period, as_of: datetime, actor: Actor | None = None) -> Figure:
    """`resolution_on_time` of the tickets whose source gave a due time; 'no data' where none did."""
    rows: Any = in_period(scopes.facts(scope, actor or Actor.system()), period)
    known = conditions(at(as_of), past=as_of < clock.now())
    counts = rows.filter(ticket__source_due_at__isnull=False).aggregate(
        met=Count("pk", filter=known["resolution_met"]), due=Count("pk", filter=known["resolution_due"])
    )
    return figure(METRICS["resolution_on_time"], counts["met"], counts["due"])
