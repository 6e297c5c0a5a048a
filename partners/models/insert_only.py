"""The database's own refusal to change the ledger of parts, on both engines (R180)."""

from typing import Any

TABLES = ("partners_stockmove", "partners_stockline")
_WORDS = "the ledger of parts cannot be changed"


def create(apps: Any, schema_editor: Any) -> None:
    """Forward half of the migration."""
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(
            "CREATE FUNCTION stock_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$"
        )
    for table in TABLES:
        if postgres:
            run = "EXECUTE FUNCTION stock_refuse()"
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}"
            )
            continue
        abort = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}")
        schema_editor.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}")
        # REPLACE deletes silently unless recursive triggers are on.
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608  names of ours
        schema_editor.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {abort}")


def drop(apps: Any, schema_editor: Any) -> None:
    """Backward half of the migration."""
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for name in ("change", "truncate") if postgres else ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}" + (f" ON {table}" if postgres else ""))
    if postgres:
        schema_editor.execute("DROP FUNCTION stock_refuse()")
