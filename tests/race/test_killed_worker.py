"""kill -9 in the middle of deliveries: no notice is lost, and none comes twice but the one whose answer was cut.

`KILLS=100` runs the long story; the short one runs always.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.portal.notify.servers import mail_server

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "5"))


@pytest.fixture
def empty_database(tmp_path, django_db_blocker):
    """A database of its own on the engine under test."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
            return
        kept, name = connection.settings_dict, f"killed_{os.getpid()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{name}"
        finally:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_killed_workers_lose_nothing_and_repeat_only_what_was_cut(empty_database):
    notices = 4 * KILLS
    with mail_server(delay_s=0.015) as post:
        environment = {
            **os.environ,
            "DATABASE_URL": empty_database,
            "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
            "PORTAL_EMBEDDED": "1",
            "QUIET_HOURS": "",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.race.killing", str(KILLS), str(notices)],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90 + 15 * KILLS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        told, sent = json.loads(done.stdout.splitlines()[-1]), post.ids()
    twice = sum(n - 1 for n in sent.values())
    print(f"{KILLS} kills, {notices} notices, {told['attempts']} tries, {twice} twice")
    assert told["states"] == {"sent": notices}
    assert len(sent) == notices, "every notice arrived"
    assert twice <= KILLS, "at most the one that each killed worker had in hand"
    assert max(sent.values()) <= 1 + KILLS
