"""A file that comes again: what the journal knows already is recognised, only what is new is added."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.journal.models import JournalEntry
from tickets.actions.import_log.writer import Columns, Writer, columns_of
from tickets.models import SlaClock, Ticket, TicketFact
from tickets.rules.log_case import LogCase
from tickets.rules.log_row import Happening
from tickets.rules.log_state import replay

#: Entries that a reader leaves; they do not make an imported ticket a live one.
HARMLESS = frozenset({"download", "attach", "note"})


@dataclass(slots=True)
class Known:
    """A ticket of an earlier import, as it stands."""

    ticket: Ticket
    happenings: list[Happening] = field(default_factory=list)
    head: tuple[int, str] = (0, "")
    live: bool = False


def known_cases(source: str, cases: Iterable[LogCase]) -> dict[str, Known]:
    """Tickets of this source that stand already, by their number in the source."""
    tickets = Ticket.objects.filter(imported_from=source, external_id__in=[case.external_id for case in cases])
    found = {f"ticket:{ticket.pk}": Known(ticket) for ticket in tickets}
    entries = JournalEntry.objects.filter(subject__in=list(found)).order_by("subject", "sequence")
    for entry in entries:
        known = found[entry.subject]
        known.head = (entry.sequence, entry.digest)
        known.live = known.live or not (entry.imported or entry.verb in HARMLESS)
        known.happenings.append(
            Happening(
                entry.verb,
                entry.happened_at,
                entry.actor_label,
                entry.facts.get("activity", ""),
                entry.facts,
                known=True,
                implied=bool(entry.facts.get("implied")),
            )
        )
    return {known.ticket.external_id: known for known in found.values()}


def extend(writer: Writer, case: LogCase, known: Known, told: list[Happening], parties: Columns) -> None:
    """Add the new happenings to a ticket and bring its columns, clocks and figures in line."""
    ticket = known.ticket
    row = {name: getattr(ticket, name) for name in writer.tickets.names}
    outcome = replay(told, case.get("status"))
    changes = columns_of(case, outcome, writer.source) | parties
    changes["received_at"] = ticket.received_at
    changes["first_partner_id"] = ticket.first_partner_id or changes["first_partner_id"]
    row |= changes | {"version": ticket.version + 1}
    SlaClock.objects.filter(ticket=ticket).delete()
    TicketFact.objects.filter(ticket=ticket).delete()
    writer.settle(row, told)
    Ticket.objects.filter(pk=ticket.pk).update(**{name: row[name] for name in row if name != "id"})
    writer.remember(row, "~")
    writer.log(f"ticket:{ticket.pk}", known.head, told, row)
    writer.rate(row, told)


def refusal_of_live(case: LogCase, ticket: Ticket) -> list[tuple[int, str]]:
    """The rows of a case whose ticket people have worked on since: what they did is not overwritten."""
    reason = _("ticket %s has been worked on here since its import; its history is not changed any more")
    return [(line, reason % ticket.number) for line in case.lines]
