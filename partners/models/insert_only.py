"""The database's own refusal to change what is written once, on both engines (R020, R180)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Guard:
    """Tables that take new rows and nothing else; `create` and `drop` are the two halves of a migration."""

    tables: tuple[str, ...]
    function: str
    words: str

    def create(self, apps: Any, schema_editor: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        if postgres:
            schema_editor.execute(
                f"CREATE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{self.words}'; END $$"
            )
        for table in self.tables:
            (self._postgres if postgres else self._sqlite)(schema_editor, table)

    def _postgres(self, schema_editor: Any, table: str) -> None:
        run = f"EXECUTE FUNCTION {self.function}()"
        schema_editor.execute(f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}")
        schema_editor.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")

    def _sqlite(self, schema_editor: Any, table: str) -> None:
        abort = f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}")
        schema_editor.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}")
        # REPLACE deletes silently unless recursive triggers are on.
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608  names of ours
        schema_editor.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {abort}")

    def drop(self, apps: Any, schema_editor: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for table in self.tables:
            for name in ("change", "truncate") if postgres else ("update", "delete", "replace"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{name}" + (f" ON {table}" if postgres else ""))
        if postgres:
            schema_editor.execute(f"DROP FUNCTION {self.function}()")


LEDGER = Guard(("partners_stockmove", "partners_stockline"), "stock_refuse", "the ledger of parts cannot be changed")
TOOL_LOG = Guard(
    ("partners_tooluse", "partners_tooluseoutcome"), "tool_log_refuse", "the log of diagnostic tools cannot be changed"
)
#: Every guard, for whoever empties tables between tests.
GUARDS = (LEDGER, TOOL_LOG)
create, drop = LEDGER.create, LEDGER.drop
