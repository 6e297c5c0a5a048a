"""Writes cases as tickets: the only place besides the corridor that sets a state, since history is taken as it was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from portal.accounts.actor import Actor
from portal.journal.chain import GENESIS, Link
from portal.journal.log import identity, links
from portal.journal.models import JournalEntry
from portal.kernel import canonical, clock
from portal.numbering.take import next_block
from tickets.actions.import_log.tables import Table, Values, stored
from tickets.choices import TicketState
from tickets.models import SatisfactionFeedback, SlaClock, Ticket, TicketFact
from tickets.queries.calendar import Book
from tickets.queries.sla_policy import number_in_force, policy_numbered
from tickets.rules.fact import Subject, fact_of
from tickets.rules.log_case import LogCase
from tickets.rules.log_row import Happening
from tickets.rules.log_state import Outcome
from tickets.rules.sla_clock import Case, Event, clock_columns, compute, next_due

PREFIX = "LS"
RETENTION_YEARS = 5
_SUBJECT = tuple(Subject.__slots__)
_HISTORY = ("history_date", "history_change_reason", "history_type", "history_user_id")
Columns = dict[str, Any]


class Writer:
    """Collects the rows of a batch table by table and writes them together."""

    def __init__(self, source: str, now: datetime) -> None:
        self.source, self.now = source, now
        self.book = Book()
        self.in_force = number_in_force()
        self.tickets = Table(Ticket, names=_names(Ticket))
        self.history = Table(Ticket.history.model, names=[*self.tickets.names, *_HISTORY])
        self.journal = Table(JournalEntry, names=[*Link.__slots__])
        self.clocks = Table(SlaClock)
        self.facts = Table(TicketFact)
        self.ratings = Table(SatisfactionFeedback, names=_names(SatisfactionFeedback))
        self.rated = Table(SatisfactionFeedback.history.model, names=[*self.ratings.names, *_HISTORY])
        self._all = (
            self.tickets, self.history, self.journal, self.clocks, self.facts, self.ratings, self.rated,
        )  # fmt: skip
        self._waiting: dict[Table, list[Values]] = {table: [] for table in self._all}
        self._actors: dict[str, tuple[dict[str, Any], str]] = {}
        self._stamp = stored(now)
        self.entries = 0

    def flush(self) -> None:
        """Write what waits, tickets first, within the caller's transaction."""
        for table in self._all:
            table.insert(self._waiting[table])
            self._waiting[table].clear()

    def create(self, cases: Sequence[tuple[LogCase, Columns, list[Happening], Outcome]]) -> None:
        """New tickets with everything that hangs on them."""
        keys = self.tickets.reserve(len(cases))
        numbers = self._numbers([outcome.received_at for *_rest, outcome in cases])
        for key, number, (case, parties, told, outcome) in zip(keys, numbers, cases, strict=True):
            values = columns_of(case, outcome, self.source) | parties
            row = self.tickets.row(id=key, number=number, policy_version=self.in_force, **values)
            self.settle(row, told)
            self._waiting[self.tickets].append(self.remember(row, "+"))
            self.log(f"ticket:{key}", (0, GENESIS), told, row)
            self.rate(row, told)

    def settle(self, row: Columns, told: Iterable[Happening]) -> None:
        """Clocks, next due time and fact row of a ticket, as `tickets.actions.settle` computes them for a live one."""
        events = [Event(each.verb, each.at, each.facts) for each in told]
        case = Case(
            row["received_at"], row["category"] or None, row["channel"], row["tier"], row["mode"] or None,
            row["source_due_at"], row["region"] or None, logged=True,
        )  # fmt: skip
        policy = policy_numbered(row["policy_version"])
        calendars = self.book.of_keys(row["partner_id"], row["outlet_id"], row["customer_id"])
        results = compute(case, events, policy, calendars, self.now)
        due = next_due(results)
        row["next_due_at"], row["next_due_kind"] = (due.due_at, due.kind) if due else (None, "")
        prepared = self.clocks.prepared
        self._waiting[self.clocks].extend(
            prepared({"ticket_id": row["id"], **clock_columns(result, policy.version)}) for result in results
        )
        subject = Subject(*(row[name] for name in _SUBJECT))
        fact = fact_of(subject, results, events, self.now)
        self._waiting[self.facts].append(self.facts.prepared({**self.facts.defaults, **fact, "ticket_id": row["id"]}))

    def remember(self, row: Columns, kind: str) -> Values:
        """Keep the row in the history, as simple-history would; the row as the database takes it."""
        return self._remember(self.tickets, self.history, row, kind)

    def _remember(self, table: Table, history: Table, row: Columns, kind: str) -> Values:
        values = table.prepared(row)
        self._waiting[history].append([*values, self._stamp, f"import_log {self.source}"[:100], kind, None])
        return values

    def log(self, subject: str, head: tuple[int, str], told: Iterable[Happening], row: Columns) -> None:
        """Chain the happenings that the journal does not know yet."""
        events = [
            (each.verb, self._actor(each.label)[0], self._facts(each, row), each.at) for each in told if not each.known
        ]
        prepared, waiting = self.journal.prepared, self._waiting[self.journal]
        for link in links(subject, head, events, self.now):
            row_of_entry = {name: getattr(link, name) for name in Link.__slots__}
            waiting.append(prepared(row_of_entry | {"actor": self._actor(link.actor["label"])[1]}))
            self.entries += 1

    def rate(self, row: Columns, told: Iterable[Happening]) -> None:
        """A score of the log as an imported rating: all four scores are the one that there is."""
        rating = next((each for each in told if each.verb == "rate" and "overall" in each.facts), None)
        if rating is None or rating.known:
            return
        (key,) = self.ratings.reserve(1)
        score = rating.facts["overall"]
        values = self.ratings.row(
            id=key, ticket_id=row["id"], partner_id=row["partner_id"], outlet_id=row["outlet_id"], timeliness=score,
            competence=score, attitude=score, overall=score, suggestions=rating.facts.get("suggestions", ""),
            rated_on=clock.local(rating.at).date(), imported=True,
        )  # fmt: skip
        self._waiting[self.ratings].append(self._remember(self.ratings, self.rated, values, "+"))

    def _facts(self, each: Happening, row: Columns) -> Mapping[str, Any]:
        if each.verb == "receive":
            said = {name: row[name] for name in ("title", "channel", "category", "tier", "description") if row[name]}
            return {**each.facts, **said, "source": self.source, "external_id": row["external_id"]}
        if each.verb == "register":
            return {"category": row["category"], "urgency": row["urgency"], **each.facts}
        if each.verb == "close":
            return {**each.facts, "retention_until": str(row["retention_until"])}
        if each.verb == "contact":
            return {"channel": row["channel"], **each.facts}
        return each.facts

    def _actor(self, label: str) -> tuple[dict[str, Any], str]:
        """Who the log says it was, as the chain hashes it and as the database keeps it."""
        found = self._actors.get(label)
        if found is None:
            actor = identity(Actor.system(label), imported=True)
            found = self._actors[label] = (actor, canonical.text(actor))
        return found

    def _numbers(self, received: Sequence[datetime | None]) -> list[str]:
        """Numbers in series by year of receipt: LS2018-000001."""
        years = [clock.local(at or self.now).year for at in received]
        blocks = {year: iter(next_block(f"import:{year}", count)) for year, count in Counter(years).items()}
        return [f"{PREFIX}{year}-{next(blocks[year]):06d}" for year in years]


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def columns_of(case: LogCase, outcome: Outcome, source: str) -> Columns:
    """The ticket's own columns, without keys of others."""
    get = case.get
    ends = outcome.closed_at or (outcome.confirmed_at if outcome.state == TicketState.CLOSED else None)
    times = {name: getattr(outcome, name) for name in Outcome.__slots__}
    return {
        **times,
        "channel": get("channel"),
        "category": get("category"),
        "urgency": get("urgency"),
        "tier": get("tier"),
        "title": get("title") or get("description")[:200] or case.external_id,
        "description": get("description"),
        "customer_name": get("customer"),
        "contact_name": get("contact"),
        "contact_phone": get("phone"),
        "contact_email": get("email")[:254],
        "region": get("region"),
        "address": get("address"),
        "product_model": get("model"),
        "serial_number": get("serial"),
        "imported_from": source,
        "external_id": case.external_id,
        "source_due_at": case.due_at,
        "retention_until": retained(ends) if ends else None,
    }


def retained(closed_at: datetime) -> date:
    """Until when a closed ticket is kept (R219)."""
    day = clock.local(closed_at).date()
    try:
        return day.replace(year=day.year + RETENTION_YEARS)
    except ValueError:  # 29 February
        return date(day.year + RETENTION_YEARS, 3, 1)
