"""Put an index of pairs into the database, whatever of it is missing; called after each `migrate`."""

from collections.abc import Iterable, Mapping

from django.db import connections


def install(
    table: str, *, sqlite: Mapping[str, str], fill: Iterable[str], postgresql: Mapping[str, str], using: str = "default"
) -> None:
    """Make what is missing of the index of `table`; harmless when nothing is.

    `sqlite`: name of a table or trigger → its statement, in order; `fill` runs when any of them was missing, because
    SQLite loses a table's triggers when a migration makes the table anew. `postgresql`: name of an index or function
    (the latter with brackets) → its statement.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "postgresql":
            for name, statement in postgresql.items():
                cursor.execute(f"SELECT {'to_regprocedure' if '(' in name else 'to_regclass'}(%s)", [name])
                if cursor.fetchone() == (None,):
                    cursor.execute(statement)
            return
        cursor.execute("SELECT name FROM sqlite_master")
        there = {name for (name,) in cursor.fetchall()}
        missing = [statement for name, statement in sqlite.items() if name not in there]
        for statement in (*missing, *(fill if missing else ())):
            cursor.execute(statement)
