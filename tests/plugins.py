"""What the insert-only service log and the task queue ask of the tests' machinery."""

import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.middleware import csrf
from django.test import TransactionTestCase
from django_tasks_db.models import DBTaskResult

from partners.models import insert_only
from portal.journal import triggers
from portal.kernel import clock

#: Every run begins at ten on the same working Wednesday: whether a clock in working hours leads must not hang on the
#: hour at which somebody runs the tests. A test of nights and holidays travels there itself.
FIRST_MOMENT = datetime(2026, 6, 10, 10, tzinfo=clock.LOCAL)


@contextmanager
def lifted_triggers() -> Iterator[None]:
    """The database lets the service log be changed inside the block: emptying it after a test, or tampering in one."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        drop_all(editor)
        try:
            yield
        finally:
            create_all(editor)


def drop_all(editor: Any) -> None:
    for guard in insert_only.GUARDS:
        guard.drop(apps, editor)
    triggers.drop_seals(apps, editor)
    triggers.drop(apps, editor)


def create_all(editor: Any) -> None:
    triggers.create(apps, editor)
    triggers.create_seals(apps, editor)
    for guard in insert_only.GUARDS:
        guard.create(apps, editor)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-db", action="store_true", help="leave out what asks no database: on a second engine it says nothing new"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-db"):
        return
    asking = [item for item in items if "django_db_setup" in getattr(item, "fixturenames", ()) or _marked(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _marked(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or item.get_closest_marker("postgres") is not None


def pytest_configure(config: pytest.Config) -> None:
    """Tests without a surrounding transaction are emptied by DELETE or TRUNCATE, which log and ledger refuse."""
    original: Callable[[Any], None] = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        with lifted_triggers():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    set_clock(FIRST_MOMENT)
    # A test that looks for a name on a page must not find “Ann” in a random token.
    csrf.CSRF_ALLOWED_CHARS = string.digits


def set_clock(moment: datetime) -> None:
    """From now on the portal's clock of this process, in all its threads, runs on from `moment`."""
    ahead = moment - datetime.now(UTC)
    clock._machine = lambda: datetime.now(UTC) + ahead


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory) -> None:
    """SQLite in a file, as it runs in earnest: in memory neither WAL nor the wait for a lock exist."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def lift_triggers() -> Callable[[], Any]:
    """For tests that play the intruder: `with lift_triggers(): …`."""
    return lifted_triggers


@pytest.fixture
def run_tasks() -> Callable[[], int]:
    """Do what a worker would do with every task that is ready; answers how many ran. A failed task fails the test."""

    def run() -> int:
        done = 0
        while (row := DBTaskResult.objects.ready().first()) is not None:
            row.claim("test")
            row.set_successful(row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))
            done += 1
        return done

    return run
