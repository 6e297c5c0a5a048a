import pytest
from django.db import connection

from portal.accounts.actor import Actor
from portal.journal.log import record


@pytest.fixture
def story(db):
    """Two subjects, five and three entries."""
    for subject, length in (("ticket:1", 5), ("ticket:2", 3)):
        for number in range(1, length + 1):
            record(subject, "note", Actor.system("测试"), facts={"note": f"第 {number} 条", "n": number})


@pytest.fixture
def tamper(lift_triggers):
    """Run one statement as somebody who has the database's password."""

    def run(statement, *values):
        with lift_triggers(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


@pytest.fixture
def sql():
    """Run one statement as the application could."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run
