"""The database's own refusal to change the service log, on both engines (Q13)."""

from typing import Any

SQLITE = [
    f"""CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal_journalentry
    BEGIN SELECT RAISE(ABORT, 'the service log cannot be changed'); END"""
    for verb in ("UPDATE", "DELETE")
] + [
    # REPLACE deletes silently unless recursive triggers are on: refuse the insert that would replace.
    """CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal_journalentry
    WHEN EXISTS (SELECT 1 FROM journal_journalentry
                 WHERE id = NEW.id OR (subject = NEW.subject AND sequence = NEW.sequence))
    BEGIN SELECT RAISE(ABORT, 'the service log cannot be changed'); END"""
]
POSTGRESQL = [
    """CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the service log cannot be changed'; END $$""",
    """CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
]
NAMES = {
    "sqlite": ["journal_no_update", "journal_no_delete", "journal_no_replace"],
    "postgresql": ["journal_no_change", "journal_no_truncate"],
}


def create(apps: Any, schema_editor: Any) -> None:
    """Forward half of the migration."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Backward half of the migration."""
    vendor = schema_editor.connection.vendor
    for name in NAMES[vendor]:
        schema_editor.execute(
            f"DROP TRIGGER {name}" if vendor == "sqlite" else f"DROP TRIGGER {name} ON journal_journalentry"
        )
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION journal_refuse()")
