"""What the ticket's page in the admin shows."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.adminkit.panels import panels_for
from portal.webkit import show
from tickets import choices
from tickets.actions.settle import clocks_of
from tickets.models import Ticket
from tickets.queries import ticket_page
from tickets.queries.clock_why import explained
from tickets.reports.record import FORMS
from tickets.rules.sla_clock import ClockResult

STEPS = list(choices.TicketStep)
#: What became of a clock that still runs past its due time is told as it will be stored.
LIVE = (choices.ClockState.RUNNING, choices.ClockState.PAUSED)


def brief(ticket: Ticket, *, handles: bool) -> dict[str, Any]:
    """The ticket in a few lines, for the pages of its steps."""
    return {
        "ticket": ticket,
        "steps": [step.label for step in STEPS],
        "step_now": step_number(ticket),
        "phone": ticket.contact_phone if handles else show.masked_phone(ticket.contact_phone),
        "state_badge": show.badge(ticket.state, choices.TicketState),
        "category_badge": show.badge(ticket.category, choices.Category),
        "urgency_badge": show.badge(ticket.urgency, choices.Urgency),
    }


def context(actor: Actor, ticket: Ticket, *, handles: bool) -> dict[str, Any]:
    """Everything of one ticket; personal data only for those who handle it."""
    records = ticket_page.records_of(ticket)
    return {
        **brief(ticket, handles=handles),
        "handles": handles,
        "facts": facts(ticket, handles=handles),
        "records": records,
        "sheets": sheets(ticket, records),
        "clocks": clock_lines(ticket),
        "attachments": ticket_page.attachments_of(ticket),
        "events": ticket_page.journal_of(ticket),
        "panels": panels_for(actor, ticket),
    }


def step_number(ticket: Ticket) -> int:
    """Which of the four steps is on, from 0; 4 when all are done."""
    if ticket.state == choices.TicketState.CLOSED:
        return len(STEPS)
    return STEPS.index(ticket.step) if ticket.step else 0


def facts(ticket: Ticket, *, handles: bool) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """Groups of label and value in reading order; what is empty is left out."""
    shown = (lambda text: text) if handles else show.masked_phone
    address = ticket.address if handles else _("hidden")
    groups = [
        (
            _("Customer"),
            [
                ("customer_name", ticket.customer_name),
                ("contact_name", ticket.contact_name),
                ("contact_phone", shown(ticket.contact_phone)),
                ("contact_email", ticket.contact_email if handles else ""),
                ("region", ticket.region),
                ("address", address if ticket.address else ""),
                ("agreement", ticket.agreement),
                ("tier", ticket.get_tier_display()),
            ],
        ),
        (
            _("Product"),
            [
                ("product_line", ticket.product_line),
                ("product_model", ticket.product_model),
                ("serial_number", ticket.serial_number),
                ("contract_number", ticket.contract_number),
                ("warranty_until", show.moment(ticket.warranty_until)),
                ("warranty", show.badge(ticket.warranty, choices.WarrantyStatus)),
            ],
        ),
        (
            _("Handling"),
            [
                ("channel", ticket.get_channel_display()),
                ("registrar", ticket.registrar),
                ("partner", ticket.partner),
                ("outlet", ticket.outlet),
                ("department", ticket.get_department_display()),
                ("owner", ticket.owner),
                ("mode", ticket.get_mode_display()),
                ("appointment_at", show.moment(ticket.appointment_at)),
                ("expected_at", show.moment(ticket.expected_at)),
                ("suspend_reason", ticket.get_suspend_reason_display()),
                ("cancel_reason", ticket.get_cancel_reason_display()),
                ("duplicate_of", ticket.duplicate_of),
                ("imported_from", ticket.imported_from),
                ("external_id", ticket.external_id),
            ],
        ),
        (
            _("Times"),
            [
                (name, show.moment(getattr(ticket, name)))
                for name in (
                    "received_at",
                    "registered_at",
                    "dispatched_at",
                    "accepted_at",
                    "started_at",
                    "arrived_at",
                    "completed_at",
                    "confirmed_at",
                    "closed_at",
                    "cancelled_at",
                    "retention_until",
                )
            ],
        ),
    ]
    label = {field.name: field.verbose_name for field in ticket._meta.fields}
    named = [(title, [(label[name], value) for name, value in rows if value]) for title, rows in groups]
    return [(title, rows) for title, rows in named if rows]


def clock_lines(ticket: Ticket) -> list[dict[str, Any]]:
    """Each clock with its due time, outcome and why, computed from the journal; live ones first.

    Of the daily entries only those that are owed or were missed are told.
    """
    results = clocks_of(ticket)
    told = [result for result in results if result.leading and not _kept_day(result)]
    told.sort(key=lambda result: (result.stopped_at is not None, result.due_at))
    why = explained(results)
    return [_clock_line(result, why) for result in told]


def _kept_day(result: ClockResult) -> bool:
    settled = (choices.ClockState.MET, choices.ClockState.VOID)
    return result.kind == choices.ClockKind.PROGRESS_UPDATE and result.state in settled


def _clock_line(result: ClockResult, why: dict[tuple[str, int], list[str]]) -> dict[str, Any]:
    return {
        "kind": choices.ClockKind(result.kind).label,
        "cycle": result.cycle,
        "due_at": result.due_at,
        "started_at": result.started_at,
        "stopped_at": result.stopped_at,
        "live": result.stopped_at is None and result.state != choices.ClockState.VOID,
        "badge": show.badge(result.state, choices.ClockState),
        "missed": show.span(timedelta(seconds=result.missed_s)) if result.missed_s else "",
        "why": why[result.kind, result.cycle],
    }


def sheets(ticket: Ticket, records: ticket_page.Records) -> list[dict[str, Any]]:
    """The four records: name, how many rows there are, and where the sheet is printed."""
    rows = {1: records.intake, 2: records.progress, 3: records.completions, 4: [records.feedback]}
    return [
        {
            "name": f"{form.code} {form.title}",
            "count": sum(row is not None for row in rows[form.number]),
            "url": reverse("record_pdf", args=[ticket.number, form.number]),
        }
        for form in FORMS.values()
    ]
