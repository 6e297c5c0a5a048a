"""From a ticket, its clocks and its journal to the one row that figures are counted from (spec/kpi.md, R015, R102)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tickets.choices import Category, Channel, ServiceMode, TicketState
from tickets.rules.sla_clock import BREACHED, MET, VOID, ClockResult, Event

CONFIRMED = (TicketState.RESOLVED, TicketState.CLOSED)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a ticket the figures need; the row itself has all of these as attributes (R102)."""

    received_at: datetime
    state: str
    category: str
    channel: str
    region: str
    mode: str
    partner_id: int | None
    outlet_id: int | None
    owner_id: int | None
    customer_id: int | None
    product_line_id: int | None
    accepted_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    rejections: int
    cycle: int


def fact_of(ticket: Any, clocks: Sequence[ClockResult], events: Iterable[Event], now: datetime) -> dict[str, Any]:
    """Every column of the ticket's fact row, except the ticket itself; `ticket` is a row or a `Subject` (R102)."""
    verbs: Counter[str] = Counter()
    days: set[date] = set()
    for event in events:
        verbs[event.verb] += 1
        if event.verb == "progress":
            days.add(clock.local(event.at).date())
    return {
        **_dimensions(ticket),
        **_progress_days(ticket, days, now),
        "dispatched": bool(verbs["dispatch"]) or ticket.partner_id is not None,
        "completed": bool(verbs["complete"] or verbs["answer"] or ticket.completed_at),
        "resolved": ticket.state in CONFIRMED,
        "repair": ticket.category in (Category.EMERGENCY, Category.FAULT),
        "on_site": ticket.mode == ServiceMode.ON_SITE,
        "rejections": ticket.rejections,
        "reopenings": ticket.cycle - 1,
        "escalated": bool(verbs["escalate"]),
        "dispatches": verbs["dispatch"] + verbs["transfer"],
        "visits": verbs["arrive"],
        **_clock_columns(ticket, clocks),
    }


def _dimensions(ticket: Any) -> dict[str, Any]:
    return {
        "counted": ticket.state != TicketState.CANCELLED and ticket.channel != Channel.MAINTENANCE,
        "quarter": Quarter.of(ticket.received_at).index,
        "received_on": clock.local(ticket.received_at).date(),
        "state": ticket.state,
        "category": ticket.category,
        "channel": ticket.channel,
        "region": ticket.region,
        "partner_id": ticket.partner_id,
        "outlet_id": ticket.outlet_id,
        "owner_id": ticket.owner_id,
        "customer_id": ticket.customer_id,
        "product_line_id": ticket.product_line_id,
    }


def _progress_days(ticket: Any, days: set[date], now: datetime) -> dict[str, int]:
    """Days open after `accept`, and how many of them have an 附件2 entry (R212)."""
    if ticket.accepted_at is None:
        return {"open_days": 0, "progress_days": 0}
    first = clock.local(ticket.accepted_at).date()
    last = clock.local(ticket.completed_at or ticket.cancelled_at or now).date()
    return {
        "open_days": max(0, (last - first).days + 1),
        "progress_days": sum(first <= day <= last for day in days),
    }


def _clock_columns(ticket: Any, clocks: Sequence[ClockResult]) -> dict[str, Any]:
    of_kind: dict[str, list[ClockResult]] = {}
    for result in clocks:
        if result.leading and result.state != VOID:
            of_kind.setdefault(result.kind, []).append(result)
    response, resolution = of_kind.get("response", []), of_kind.get("resolution", [])
    acceptance = [result for result in of_kind.get("acceptance", []) if result.stopped_at]
    running = [result for result in of_kind.get("acceptance", []) if not result.stopped_at]
    return {
        **_verdict("response", response),
        **_verdict("resolution", resolution),
        **_verdict("arrival", of_kind.get("arrival", [])),
        **_verdict("feedback", resolution if ticket.category == Category.COMPLAINT else []),
        "response_ms": _since(ticket, response[0].stopped_at if response else None),
        "resolution_ms": _since(ticket, ticket.completed_at),
        "acceptance_stopped": len(acceptance),
        "acceptance_met": sum(result.state == MET for result in acceptance),
        "acceptance_due_at": running[-1].due_at if running else None,
    }


def _verdict(name: str, results: Sequence[ClockResult]) -> dict[str, Any]:
    """Met only if every cycle was met; None while the last one runs and nothing is missed yet."""
    if not results:
        return {f"{name}_met": None, f"{name}_due_at": None}
    last = results[-1]
    stopped_late = any(result.stopped_at and result.state == BREACHED for result in results)
    met = None if last.stopped_at is None and not stopped_late else not stopped_late
    return {f"{name}_met": met, f"{name}_due_at": last.due_at}


def _since(ticket: Any, moment: datetime | None) -> int | None:
    return None if moment is None else (moment - ticket.received_at) // _MILLISECOND
