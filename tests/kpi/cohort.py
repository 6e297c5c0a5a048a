"""Tickets with facts and ratings for figures: one with given columns, or many at random with all edges among them."""

import random
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.kernel.clock import LOCAL, local
from portal.kernel.quarter import Quarter
from tickets.choices import Category, Channel
from tickets.models import FollowUp, SatisfactionFeedback, Ticket, TicketFact

HOUR = 3_600_000
DAY = 24 * HOUR
_numbers = count(1)


def at(text: str) -> datetime:
    """'2026-08-10 09:00' on the wall clock of Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def add(side: Any, received: datetime | str = "2026-08-10 09:00", customer: Any = None, **fact: Any) -> TicketFact:
    """One ticket of a partner's side with its fact row; times of the ticket are given as `ticket__completed_at=…`."""
    moment = at(received) if isinstance(received, str) else received
    own = {key.removeprefix("ticket__"): fact.pop(key) for key in list(fact) if key.startswith("ticket__")}
    state, category = fact.pop("state", "closed"), fact.pop("category", Category.FAULT)
    shared = {
        "state": state,
        "category": category,
        "channel": fact.pop("channel", Channel.PHONE),
        "region": fact.pop("region", side.outlet.region),
        "partner": side.partner,
        "outlet": side.outlet,
        "customer": customer,
    }
    ticket = Ticket.objects.create(
        number=f"KPI{next(_numbers):06d}", title="车辆故障", received_at=moment, **shared, **own
    )
    days = {"quarter": Quarter.of(moment).index, "received_on": local(moment).date()}
    return TicketFact.objects.create(ticket=ticket, **shared, **days, **fact)


def rate(
    fact: TicketFact | None, side: Any, score: int = 5, on: str = "2026-08-20", **more: Any
) -> SatisfactionFeedback:
    """A rating of one ticket; without a ticket an anonymous one."""
    scores = dict.fromkeys(("timeliness", "competence", "attitude", "overall"), score) | more
    return SatisfactionFeedback.objects.create(
        ticket=fact.ticket if fact else None,
        anonymous=fact is None,
        partner=side.partner,
        outlet=side.outlet,
        rated_on=on,
        **scores,
    )


def call_back(fact: TicketFact, **words: str) -> FollowUp:
    texts = {"cause": "配件延误", "measures": "增加安全库存", "result": "客户认可", **words}
    return FollowUp.objects.create(
        ticket=fact.ticket, low_score=True, reached=True, created_at=at("2026-08-22 10:00"), **texts
    )


def at_random(side: Any, n: int, seed: int, quarter: Quarter) -> list[TicketFact]:
    """Facts in every combination of columns, half an hour before to half an hour after the quarter included."""
    rnd = random.Random(seed)
    length = int((quarter.end - quarter.start).total_seconds())
    made = []
    for _ in range(n):
        received = quarter.start + timedelta(seconds=rnd.choice([-1800, 0, length - 1, length, rnd.randrange(length)]))
        made.append(add(side, received, **_columns(rnd, received)))
    return made


def _columns(rnd: random.Random, received: datetime) -> dict[str, Any]:
    response = rnd.choice([None, DAY, DAY + 1, rnd.randrange(5 * DAY)])
    resolution = rnd.choice([None, DAY, 2 * DAY, 3 * DAY, 3 * DAY + 1, rnd.randrange(200 * DAY)])
    done = received + timedelta(milliseconds=resolution) if resolution is not None else None
    resolved = done is not None and rnd.random() < 0.8
    confirmed = done and done + timedelta(days=rnd.randrange(90))
    maybe = (True, False, None)

    def due() -> datetime | None:
        return rnd.choice([None, received + timedelta(hours=rnd.randrange(3000))])

    return {
        "state": "closed" if resolved else "in_progress",
        "category": rnd.choice(Category.values),
        "counted": rnd.random() < 0.9,
        "dispatched": rnd.random() < 0.9,
        "completed": done is not None,
        "resolved": resolved,
        "repair": rnd.random() < 0.6,
        "on_site": rnd.random() < 0.5,
        "rejections": rnd.choice([0, 0, 0, 1]),
        "reopenings": rnd.choice([0, 0, 0, 1]),
        "escalated": rnd.random() < 0.1,
        "dispatches": rnd.randrange(3),
        "visits": rnd.randrange(3),
        "open_days": rnd.randrange(9),
        "progress_days": rnd.randrange(3),
        "response_ms": response,
        "response_met": rnd.choice(maybe),
        "response_due_at": due(),
        "resolution_ms": resolution,
        "resolution_met": rnd.choice(maybe) if done else None,
        "resolution_due_at": due(),
        "acceptance_met": rnd.randrange(2),
        "acceptance_due_at": due(),
        "arrival_met": rnd.choice(maybe),
        "arrival_due_at": due(),
        "feedback_met": rnd.choice(maybe),
        "feedback_due_at": due(),
        "ticket__completed_at": done,
        "ticket__confirmed_at": rnd.choice([None, confirmed]) if resolved else None,
    }
