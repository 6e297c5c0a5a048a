"""What the admin's first page shows: tiles, what is urgent, and the month; each in the reader's scope."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.queries import cooperation_task, meeting
from partners.rules.meeting import KEEPERS as MEETING_KEEPERS
from portal.accounts.actor import Actor
from portal.accounts.roles import DESK, READERS
from portal.kernel import clock
from portal.kernel.words import joined
from portal.notify import breaker, channels, resend
from portal.notify.models import Delivery, DeliveryState
from portal.webkit import show
from portal.worktime.queries import brand_calendar, unannounced_years
from tickets import choices
from tickets.queries import desk, overview, warning
from tickets.queries.calendar import due_in_unannounced_years
from tickets.queries.subjects import about_visible_tickets

#: The State Council announces the next year in November; from this month on its absence is said.
NEXT_YEAR_FROM = 11


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with the list behind it."""

    label: Any
    value: int
    icon: str
    colour: str
    query: str

    @property
    def url(self) -> str:
        return f"{reverse('admin:tickets_ticket_changelist')}?{self.query}"

    @property
    def alarm(self) -> bool:
        return self.colour == "red" and self.value > 0


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the figures of the first page to Unfold's context; readers of tickets only."""
    actor = request.actor
    context = {**context, "alarms": [*cooperation_alarms(request), *notice_alarms(request)]}
    if actor.role not in READERS:
        return context
    counts = desk.queue_counts(actor)
    days = overview.received_by_day(actor)
    return {
        **context,
        "tiles": _tiles(
            counts, overview.overdue_count(actor), overview.due_today_count(actor), warning.broken_today_count(actor)
        ),
        "urgent": [_urgent(ticket) for ticket in overview.most_urgent(actor)],
        "days": _columns(days),
        "received_total": sum(n for _day, n in days),
        "queues": _bars([(queue, counts[queue.code]) for queue in desk.QUEUES if queue.live and queue.code != "open"]),
        "unannounced": _unannounced(actor),
        "missed": [_missed(row) for row in warning.latest(actor)],
        "on_time": overview.on_time_by_partner(actor),
    }


def cooperation_alarms(request: HttpRequest) -> list[tuple[Any, str]]:
    """Tasks and meetings of the cooperation that are overdue in the manager's regions (R041, R076, R225)."""
    actor = request.actor
    if actor.role not in MEETING_KEEPERS:
        return []
    told = []
    if late := cooperation_task.overdue_count(actor):
        words = ngettext("%(n)d cooperation task is overdue.", "%(n)d cooperation tasks are overdue.", late)
        told.append((words % {"n": late}, f"{reverse('admin:partners_cooperationtask_changelist')}?due=overdue"))
    if late := meeting.overdue_meetings(actor):
        words = ngettext("%(n)d meeting was not noted as held.", "%(n)d meetings were not noted as held.", late)
        told.append((words % {"n": late}, reverse("admin:partners_meeting_calendar")))
    return told


def notice_alarms(request: HttpRequest) -> list[tuple[Any, str]]:
    """Channels that do not work and notices that were given up, each with the page behind it (K09)."""
    if request.actor.role not in resend.KEEPERS:
        return []
    log = reverse("admin:notify_delivery_changelist")
    told = []
    for health in breaker.failing():
        words = {"channel": channels.label(health.name), "since": show.moment(health.failing_since, "short")}
        told.append(
            (
                format_html(str(_("Notices by {channel} have not gone out since {since}.")), **words),
                f"{log}?channel={health.name}&state__exact=waiting",
            )
        )
    lost = about_visible_tickets(
        Delivery.objects.filter(state=DeliveryState.FAILED), request.actor, "notice__subject"
    ).count()
    if lost:
        words = ngettext("%(count)d notice was given up.", "%(count)d notices were given up.", lost) % {"count": lost}
        told.append((words, f"{log}?state__exact=failed"))
    return told


def _tiles(counts: dict[str, int], overdue: int, today: int, broken: int) -> list[Tile]:
    return [
        Tile(_("Open tickets"), counts["open"], "inbox", "blue", "queue=open"),
        Tile(_("Overdue"), overdue, "alarm", "red", "queue=open&due=overdue"),
        Tile(_("Limits missed today"), broken, "bell-ringing", "red", "queue=all&due=broken"),
        Tile(_("Due today"), today, "calendar-due", "orange", "queue=open&due=today"),
        Tile(_("To register"), counts["received"], "clipboard-list", "azure", "queue=received"),
        Tile(_("To dispatch"), counts["registered"], "send", "indigo", "queue=registered"),
        Tile(_("Awaiting confirmation"), counts["confirming"], "signature", "purple", "queue=confirming"),
    ]


def _urgent(ticket: Any) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "url": reverse("admin:tickets_ticket_change", args=[ticket.pk]),
        "state": show.badge(ticket.state, choices.TicketState),
        "due": show.due(ticket.next_due_at, ticket.received_at),
        "kind": ticket.get_next_due_kind_display(),
    }


def _unannounced(actor: Actor) -> dict[str, Any] | None:
    """Years whose holidays are not announced, once they come near or limits already fall into them."""
    if actor.role not in DESK:
        return None
    years = unannounced_years(brand_calendar())
    count = due_in_unannounced_years(years)
    if not years or not (count or years[0] == clock.today().year or clock.today().month >= NEXT_YEAR_FROM):
        return None
    return {"years": joined(years), "count": count}


def _missed(row: Any) -> dict[str, Any]:
    return {"row": row, "url": reverse("admin:tickets_ticket_change", args=[row.ticket_id])}


def _columns(days: list[tuple[Any, int]]) -> list[dict[str, Any]]:
    most = max((n for _day, n in days), default=0) or 1
    return [{"day": day, "n": n, "height": max(2, round(100 * n / most)) if n else 1} for day, n in days]


def _bars(rows: list[tuple[desk.Queue, int]]) -> list[dict[str, Any]]:
    most = max((n for _queue, n in rows), default=0) or 1
    return [
        {"label": queue.label, "n": n, "width": round(100 * n / most), "colour": _colour(queue), "code": queue.code}
        for queue, n in rows
    ]


def _colour(queue: desk.Queue) -> str:
    return choices.TicketState(queue.states[-1]).colour
