"""The tickets behind the figures: what was late and why, what was rated low and what came of it (R219, R224)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Coalesce, Least

from kpi.queries import scope as scopes
from kpi.queries.counting import passed
from kpi.queries.figures import in_period
from kpi.queries.rating import given_in, low
from kpi.queries.scope import Scope
from kpi.rules.breach import Course, reasons
from kpi.rules.masking import masked
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.webkit.show import span
from tickets.choices import Category
from tickets.models import FollowUp, SatisfactionFeedback, TicketFact
from tickets.rules.transition import OPEN

#: Upper ends of the ages of open tickets, in days.
AGES = (1, 3, 7, 30)


@dataclass(frozen=True, slots=True)
class LateCase:
    """One ticket that passed its due time."""

    number: str
    category: Any
    product: str
    place: str
    due_at: datetime | None
    late: timedelta
    done: bool
    reasons: list[str]

    @property
    def late_words(self) -> str:
        return span(self.late)


@dataclass(frozen=True, slots=True)
class LowCase:
    """One named rating with a score below 3, and the call-back that it led to."""

    number: str
    category: Any
    rated_on: date
    scores: tuple[int, int, int, int]
    words: str
    cause: str
    measures: str
    called_back: bool


def late_resolutions(
    scope: Scope, period: Period, as_of: datetime, most: int, actor: Actor | None = None
) -> tuple[int, list[LateCase]]:
    """How many tickets were resolved late or are late still, and the latest of them."""
    rows = in_period(scopes.facts(scope, actor or Actor.system()), period)
    limit = Value(as_of, output_field=DateTimeField())
    missed = Q(resolution_met=False) | Q(resolution_met=None)
    rows = rows.filter(missed & passed("resolution_due_at", limit))
    end = Least(Coalesce("ticket__completed_at", limit), limit)
    late = ExpressionWrapper(end - F("resolution_due_at"), output_field=DurationField())
    rows = rows.annotate(late=late).select_related("ticket", "outlet").order_by("-late", "pk")
    return rows.count(), [_late(fact) for fact in rows[:most]]


def _late(fact: TicketFact) -> LateCase:
    ticket = fact.ticket
    course = Course(
        rejections=fact.rejections,
        reopenings=fact.reopenings,
        declines=ticket.declines,
        dispatches=fact.dispatches,
        escalated=fact.escalated,
        suspended_for=ticket.get_suspend_reason_display(),
        accepted_late=fact.acceptance_met < fact.acceptance_stopped,
        is_open=not ticket.completed_at,
    )
    return LateCase(
        number=ticket.number,
        category=Category(fact.category).label if fact.category else "—",
        product=ticket.product_model or "—",
        place=str(fact.outlet or fact.region or "—"),
        due_at=fact.resolution_due_at,
        late=fact.late,
        done=bool(ticket.completed_at),
        reasons=reasons(course),
    )


def low_scores(scope: Scope, period: Period, most: int, actor: Actor | None = None) -> tuple[int, list[LowCase]]:
    """How many named ratings have a score below 3, and the lowest of them with cause and measures (R224)."""
    rows = given_in(scope, period, actor or Actor.system()).filter(low())
    lowest = Least("timeliness", "competence", "attitude", "overall")
    shown = list(
        rows.annotate(least=lowest).select_related("ticket").order_by("least", "overall", "-rated_on", "pk")[:most]
    )
    calls: dict[int, FollowUp] = {}
    for call in FollowUp.objects.filter(ticket__in=[r.ticket_id for r in shown], low_score=True).order_by("created_at"):
        calls[call.ticket_id] = call
    return rows.count(), [_low(rating, calls.get(rating.ticket_id)) for rating in shown]


def _low(rating: SatisfactionFeedback, call: FollowUp | None) -> LowCase:
    ticket = rating.ticket
    return LowCase(
        number=ticket.number,
        category=ticket.get_category_display() or "—",
        rated_on=rating.rated_on,
        scores=(rating.timeliness, rating.competence, rating.attitude, rating.overall),
        words=masked(rating.suggestions),
        cause=masked(call.cause) if call else "",
        measures=masked(call.measures) if call else "",
        called_back=call is not None,
    )


def backlog(scope: Scope, actor: Actor | None = None) -> list[tuple[int | None, int]]:
    """Open tickets of the scope by age now, whenever they came: (days at most, number); None is older."""
    today = clock.today()
    whens = [When(received_on__gt=today - timedelta(days=days), then=Value(days)) for days in AGES]
    rows = scopes.facts(scope, actor or Actor.system()).filter(state__in=OPEN)
    found = dict(rows.annotate(age=Case(*whens, default=Value(0))).values_list("age").annotate(Count("pk")))
    return [(days or None, found.get(days, 0)) for days in (*AGES, 0)]
