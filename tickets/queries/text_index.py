"""An index over pairs of characters, so that two Chinese characters are found among any number of tickets.

The database keeps it up to date itself, whoever writes. PostgreSQL: a GIN index over an array of pairs. SQLite: a
full-text table filled by triggers; they are looked after with each `migrate`, because SQLite loses a table's triggers
when a migration makes the table anew.
"""

from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from portal.textsearch import installing
from portal.textsearch.pairs import pairs_of
from tickets.models.ticket import Ticket, TicketQuerySet

TABLE = "tickets_ticket"
_WORDS = "{row}title || ' ' || {row}customer_name || ' ' || {row}number"
_PAIRS = (
    "(SELECT group_concat(substr(words, place, 2), ' ') FROM (SELECT {words} AS words), tickets_ticket_places"
    " WHERE place < length(words))"
)


def _pairs(row: str) -> str:
    """SQLite's expression for the pairs of one row, named as in a trigger."""
    return _PAIRS.format(words=_WORDS.format(row=row))


# A table of numbers, since a trigger may not count (WITH RECURSIVE) and a view that does costs six times as much.
_SQLITE = {
    "tickets_ticket_places": "CREATE TABLE tickets_ticket_places (place INTEGER PRIMARY KEY)",
    "tickets_ticket_pairs": "CREATE VIRTUAL TABLE tickets_ticket_pairs USING fts5"
    "(pairs, content='', detail=none, columnsize=0)",
    "ticket_pairs_insert": f"CREATE TRIGGER ticket_pairs_insert AFTER INSERT ON {TABLE} BEGIN"  # noqa: S608  names of ours
    f" INSERT INTO tickets_ticket_pairs(rowid, pairs) VALUES (NEW.id, {_pairs('NEW.')}); END",
    "ticket_pairs_update": f"CREATE TRIGGER ticket_pairs_update AFTER UPDATE ON {TABLE}"  # noqa: S608
    " WHEN OLD.title <> NEW.title OR OLD.customer_name <> NEW.customer_name OR OLD.number <> NEW.number BEGIN"
    " INSERT INTO tickets_ticket_pairs(tickets_ticket_pairs, rowid, pairs)"
    f" VALUES ('delete', OLD.id, {_pairs('OLD.')});"
    f" INSERT INTO tickets_ticket_pairs(rowid, pairs) VALUES (NEW.id, {_pairs('NEW.')}); END",
    "ticket_pairs_delete": f"CREATE TRIGGER ticket_pairs_delete AFTER DELETE ON {TABLE} BEGIN"  # noqa: S608
    " INSERT INTO tickets_ticket_pairs(tickets_ticket_pairs, rowid, pairs)"
    f" VALUES ('delete', OLD.id, {_pairs('OLD.')}); END",
}
#: Title, customer and number have 362 characters at most, with the spaces between them.
_FILL = (
    "INSERT OR IGNORE INTO tickets_ticket_places WITH RECURSIVE counted(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 362) SELECT n FROM counted",
    "INSERT INTO tickets_ticket_pairs(tickets_ticket_pairs) VALUES ('delete-all')",
    f"INSERT INTO tickets_ticket_pairs(rowid, pairs) SELECT id, {_pairs('')} FROM {TABLE}",  # noqa: S608  our names
)
_POSTGRESQL = {
    "ticket_pairs(text)": "CREATE FUNCTION ticket_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE"
    " AS $$ SELECT array_agg(DISTINCT substr(lower(words), place, 2))"
    " FROM generate_series(1, length(words) - 1) place $$",
    "ticket_pairs": f"CREATE INDEX ticket_pairs ON {TABLE} USING gin (ticket_pairs({_WORDS.format(row='')}))",
}
_FIND = {
    "sqlite": "SELECT rowid FROM tickets_ticket_pairs WHERE tickets_ticket_pairs MATCH %s",
    "postgresql": f"SELECT id FROM {TABLE} WHERE ticket_pairs({_WORDS.format(row='')}) @> %s",  # noqa: S608
}


def install(using: str = "default", **_: Any) -> None:
    """Make what is missing of the index; after every `migrate`, and harmless when nothing is."""
    installing.install(TABLE, sqlite=_SQLITE, fill=_FILL, postgresql=_POSTGRESQL, using=using)


def holding(tickets: TicketQuerySet, text: str) -> TicketQuerySet:
    """Tickets whose title, customer or number hold every pair of the text; all of them when it has none."""
    pairs = pairs_of(text)
    if not pairs:
        return tickets
    vendor = connections[tickets.db].vendor
    wanted: Any = pairs if vendor == "postgresql" else " AND ".join(f'"{pair}"' for pair in pairs)
    return tickets.filter(pk__in=RawSQL(_FIND[vendor], [wanted], Ticket._meta.pk))  # noqa: S611  parameters are parameters
