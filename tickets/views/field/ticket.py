"""One ticket whole: who, what, until when, what was done, what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.actor import Actor
from portal.journal.models import JournalEntry
from portal.webkit.guards import partner_page
from tickets import choices, notices
from tickets.actions.settle import clocks_of
from tickets.choices.part_request import RequestState
from tickets.models import SlaClock, Ticket
from tickets.queries.clock_why import explained
from tickets.queries.part_request import may_ask, of_ticket
from tickets.queries.ticket_page import Records, attachments_of, clock_rows, journal_of, records_of
from tickets.queries.tool_use import diagnostics_of
from tickets.queries.warning import warnings_of
from tickets.reports.record import FORMS, Form
from tickets.rules.article import may_contribute
from tickets.rules.permission import handles
from tickets.views.field.entry import find_ticket
from tickets.views.field.steps import step_menu

#: What the partner does not need to read in the story.
UNTOLD = frozenset({"download", "follow_up", "call_back"})

#: A breached clock runs on until it is stopped.
RUNNING = frozenset({choices.ClockState.RUNNING, choices.ClockState.PAUSED, choices.ClockState.BREACHED})


@require_safe
@partner_page
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one ticket."""
    row = find_ticket(request, number)
    clocks, why = clock_rows(row), explained(clocks_of(row))
    for each in clocks:
        each.why = why.get((each.kind, each.cycle), [])
    files, records, entries = attachments_of(row), records_of(row), journal_of(row)
    context = {
        **frame(request.actor, row),
        "menu": step_menu(request.actor, row),
        "running": [clock for clock in clocks if clock.state in RUNNING and not clock.stopped_at],
        "ended": [clock for clock in clocks if clock.stopped_at and clock.state != choices.ClockState.VOID],
        "next_clock": next_clock(row, clocks),
        "warnings": warnings_of(row),
        "records": records,
        "sheets": sheets(records),
        "may_contribute": bool(may_contribute(request.actor, row.standing())),
        "photos": [file for file in files if file.content_type.startswith("image/")],
        "files": [file for file in files if not file.content_type.startswith("image/")],
        "note": next((entry.facts.get("note", "") for entry in entries if entry.verb == "dispatch"), ""),
        "part_requests": of_ticket(request.actor, row),
        "may_ask_parts": may_ask(request.actor, row),
        "RequestState": RequestState,
        "diagnostics": diagnostics_of(request.actor, row),
        "story": [told(entry) for entry in entries if entry.verb not in UNTOLD],
    }
    return render(request, "tickets/field/ticket.html", context)


def frame(actor: Actor, row: Ticket) -> dict[str, Any]:
    """What every page about a ticket shows of it."""
    return {
        "ticket": row,
        "way": notices.way_to_customer(row),
        "handles": handles(actor, row.standing().owner_user_id),
        "step_labels": [step.label for step in choices.TicketStep],
        "step_number": list(choices.TicketStep).index(row.step) if row.step else -1,
        "TicketState": choices.TicketState,
        "Category": choices.Category,
        "Urgency": choices.Urgency,
        "WarrantyStatus": choices.WarrantyStatus,
        "ClockState": choices.ClockState,
        "ProgressStatus": choices.ProgressStatus,
        "ConfirmationState": choices.ConfirmationState,
    }


def next_clock(row: Ticket, clocks: list[SlaClock]) -> SlaClock | None:
    """The stored clock behind the ticket's next due time."""
    return next((c for c in clocks if c.kind == row.next_due_kind and c.due_at == row.next_due_at), None)


def sheets(records: Records) -> list[Form]:
    """The paper forms that hold something by now."""
    rows = {1: records.intake, 2: records.progress, 3: records.completions, 4: records.feedback}
    return [form for number, form in FORMS.items() if rows[number]]


def told(entry: JournalEntry) -> dict[str, Any]:
    """An entry of the journal as an item of the timeline."""
    kind = entry.kind
    return {
        "time": entry.happened_at,
        "title": kind.label,
        "text": entry.sentence(),
        "icon": kind.icon,
        "colour": kind.colour,
    }
