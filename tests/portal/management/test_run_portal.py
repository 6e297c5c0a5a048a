"""What `make run` does before it serves."""

import socket

import pytest
from django.core.management import CommandError

from portal.management.commands import run_portal


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_a_taken_port_is_told_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1}"):
            run_portal.refuse_taken_port("127.0.0.1", port)


def test_four_programs_are_served():
    names = [child.name for child in run_portal.children("127.0.0.1", 8000, 8)]
    assert names == ["web", "worker", "exports", "schedule"]


def test_ipv6_is_written_in_brackets():
    assert "[::1]:8000" in run_portal.children("::1", 8000, 8)[0].command


def test_half_a_demonstration_is_forgotten(var, monkeypatch):
    database = var / "half.sqlite3"
    database.write_text("half")
    named(monkeypatch, database)
    run_portal.unfinished().write_text(str(database))
    run_portal.forget_half_a_demonstration()
    assert not database.exists()
    assert not run_portal.unfinished().exists()


def test_another_database_is_never_touched(var, monkeypatch):
    database = var / "mine.sqlite3"
    database.write_text("mine")
    named(monkeypatch, database)
    run_portal.unfinished().write_text("another")
    run_portal.forget_half_a_demonstration()
    assert database.exists()


def named(monkeypatch, database):
    """Let the command believe in another SQLite file; the connections of the test stay as they are."""

    class Connections(dict):
        def close_all(self):
            pass

    class Vendor:
        vendor = "sqlite"

    monkeypatch.setattr(run_portal, "connections", Connections(default=Vendor()))
    monkeypatch.setitem(run_portal.settings.DATABASES["default"], "NAME", str(database))
