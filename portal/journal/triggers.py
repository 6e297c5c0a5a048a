"""The database's own refusal to change the service log and its seals, on both engines (Q13)."""

from typing import Any

from django.db import connection

ENTRIES = "journal_journalentry"
SEALS = ("journal_seal", "journal_sealedhead")
_WORDS = "the service log cannot be changed"

#: When an insert would take the place of a row: REPLACE deletes silently unless recursive triggers are on.
_REPLACES = {
    ENTRIES: "id = NEW.id OR (subject = NEW.subject AND sequence = NEW.sequence)"
    " OR (NEW.key IS NOT NULL AND subject = NEW.subject AND key = NEW.key)",
    "journal_seal": "id = NEW.id OR number = NEW.number",
    "journal_sealedhead": "id = NEW.id OR (seal_id = NEW.seal_id AND subject = NEW.subject)",
}


def create(apps: Any, schema_editor: Any) -> None:
    """Forward half of the migration for entries."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$"
        )
    _guard(schema_editor, ENTRIES)


def drop(apps: Any, schema_editor: Any) -> None:
    """Backward half of the migration for entries."""
    _unguard(schema_editor, ENTRIES)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION journal_refuse()")


def create_seals(apps: Any, schema_editor: Any) -> None:
    """Forward half of the migration for seals."""
    for table in SEALS:
        _guard(schema_editor, table)


def drop_seals(apps: Any, schema_editor: Any) -> None:
    """Backward half of the migration for seals."""
    for table in SEALS:
        _unguard(schema_editor, table)


def missing() -> list[str]:
    """Triggers that should guard the service log and do not, or are switched off."""
    look = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(look)
        there = {name for (name,) in cursor.fetchall()}
    wanted = [name for table in (ENTRIES, *SEALS) for name in _names(connection.vendor, table)]
    return [name for name in wanted if name not in there]


def _names(vendor: str, table: str) -> list[str]:
    kinds = ("update", "delete", "replace") if vendor == "sqlite" else ("change", "truncate")
    short = table.removeprefix("journal_")
    return [f"journal_no_{kind}" if table == ENTRIES else f"journal_{short}_no_{kind}" for kind in kinds]


def _guard(schema_editor: Any, table: str) -> None:
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        no_update, no_delete, no_replace = _names(vendor, table)
        abort = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        schema_editor.execute(f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} {abort}")
        schema_editor.execute(f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} {abort}")
        clash = f"EXISTS (SELECT 1 FROM {table} WHERE {_REPLACES[table]})"  # noqa: S608  names of ours
        schema_editor.execute(f"CREATE TRIGGER {no_replace} BEFORE INSERT ON {table} WHEN {clash} {abort}")
    else:
        change, truncate = _names(vendor, table)
        run = "EXECUTE FUNCTION journal_refuse()"
        schema_editor.execute(f"CREATE TRIGGER {change} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}")
        schema_editor.execute(f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")


def _unguard(schema_editor: Any, table: str) -> None:
    vendor = schema_editor.connection.vendor
    for name in _names(vendor, table):
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if vendor == "sqlite" else f" ON {table}"))
