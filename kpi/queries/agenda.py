"""The service figures that a meeting's agenda is filled with (R076, R225)."""

from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kpi.choices import Direction
from kpi.queries import scope as scopes
from kpi.queries.figures import Figures, figures, in_period
from kpi.queries.scope import Scope
from kpi.rules.metric import METRICS
from kpi.rules.period import of_days
from partners.queries.agenda import About, Figure, register
from portal.accounts.actor import Actor

#: Which figures a meeting looks at, in this order.
SHOWN = ("response_on_time", "resolution_on_time", "repair_success", "parts_on_time")
OPINIONS = ("csat", "complaint_rate", "callback_rate")


def _measured(what: About) -> Figures:
    return figures(Scope(partner=what.partner), of_days(what.first, what.last))


def _shares(found: Figures, codes: tuple[str, ...]) -> list[Figure]:
    rows = []
    for code in codes:
        one = found.figures[code]
        good = "down" if one.metric.direction == Direction.AT_MOST else "up"
        value = None if one.value is None else (one.value * 100).quantize(Decimal("0.1"))
        rows.append(Figure(f"metric.{code}", value, "%", good))
    return rows


def _service(what: About) -> list[Figure]:
    found = _measured(what)
    late = found.counts["tickets"] - found.counts["resolved"]
    counts = [Figure("service.tickets", found.tickets), Figure("service.unresolved", late, good="down")]
    return [*counts, *_shares(found, SHOWN)]


def _opinions(what: About) -> list[Figure]:
    return _shares(_measured(what), OPINIONS)


def _repeated(what: About) -> list[Figure]:
    """Equipment with more than one fault in the days: what comes back was not mended."""
    rows = in_period(scopes.facts(Scope(partner=what.partner), Actor.system()), of_days(what.first, what.last))
    faults = rows.filter(repair=True)
    machines = faults.filter(ticket__equipment__isnull=False).values("ticket__equipment")
    again = machines.order_by().annotate(n=Count("pk")).filter(n__gte=2).count()
    return [
        Figure("repeated.repairs", faults.count()),
        Figure("repeated.equipment", again, good="down"),
        Figure("repeated.reopened", rows.filter(reopenings__gt=0).count(), good="down"),
        Figure("repeated.escalated", rows.filter(escalated=True).count(), good="down"),
    ]


def _named(codes: tuple[str, ...]) -> dict[str, Any]:
    return {f"metric.{code}": METRICS[code].name for code in codes}


register(
    "service",
    _("Service in figures"),
    {"service.tickets": _("Tickets received"), "service.unresolved": _("of these not resolved"), **_named(SHOWN)},
    _service,
    30,
)
register("opinions", _("Satisfaction and complaints"), _named(OPINIONS), _opinions, 32)
register(
    "repeated",
    _("Repeated faults and escalations"),
    {
        "repeated.repairs": _("Repairs"),
        "repeated.equipment": _("Equipment repaired more than once"),
        "repeated.reopened": _("Tickets opened again"),
        "repeated.escalated": _("Escalated tickets"),
    },
    _repeated,
    34,
)
