"""C01: many technicians take the same tickets at the same moment; each ticket has one taker, also across processes.

The negative control looks first and writes then, as a program without the lock does: it must show doubles, or the
race was none and the test is void.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
TICKETS, WORKERS = 60, {"sqlite": 8, "postgresql": 16}


def run(url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=_env(url), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _env(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "PORTAL_EMBEDDED": "1"}


@pytest.fixture
def arena(tmp_path, django_db_blocker):
    """A database of its own on the engine under test."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
            return
        settings = connection.settings_dict
        name = f"race_{os.getpid()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield _postgres_url(settings, name)
        finally:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres_url(settings, name):
    user, password = quote(settings["USER"] or ""), quote(settings["PASSWORD"] or "")
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{user}:{password}@{host}:{settings['PORT'] or ''}/{name}"


def race(url: str, mode: str, tickets: list[int], staff: list[int]) -> list[dict[str, list[int]]]:
    start = str(time.time() + 4)
    crowd = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.race.worker", mode, str(person), start, *map(str, tickets)],
            cwd=ROOT,
            env=_env(url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for person in staff
    ]
    results = []
    for worker in crowd:
        out, err = worker.communicate(timeout=240)
        assert worker.returncode == 0, err[-2000:]
        results.append(json.loads(out))
    return results


def test_c01_every_ticket_is_taken_once(arena):
    people = WORKERS[connection.vendor]
    run(arena, "manage.py", "migrate", "-v", "0")
    stand = json.loads(run(arena, "-m", "tests.race.stand", str(2 * TICKETS), str(people)))
    free, control = stand["tickets"][:TICKETS], stand["tickets"][TICKETS:]

    unlocked = Counter(pk for result in race(arena, "unlocked", control, stand["staff"]) for pk in result["won"])
    assert sum(n - 1 for n in unlocked.values()) > 0, "no double in the control: this race proves nothing"

    results = race(arena, "locked", free, stand["staff"])
    takes = Counter(pk for result in results for pk in result["won"])
    assert [result["failed"] for result in results if result["failed"]] == []
    assert takes == Counter(free)
    assert sum(len(result["late"]) for result in results) == TICKETS * (people - 1)
    verified = json.loads(run(arena, "manage.py", "verify_journal", "--json"))
    assert not verified["breaks"]
