"""A database of its own on the engine under test, for workers that are processes of their own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment(url: str) -> dict[str, str]:
    """What a worker is told: the database, and that this is a trial."""
    return {**os.environ, "DATABASE_URL": url, "PORTAL_EMBEDDED": "1"}


def run(url: str, *arguments: str) -> str:
    """What a Python process in this environment prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(url),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="session")
def arena(tmp_path_factory, django_db_setup, django_db_blocker):
    """Migrated once for all races: each makes what it needs."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('race') / 'race.sqlite3'}"
            run(url, "manage.py", "migrate", "-v", "0")
            yield url
            return
        settings = connection.settings_dict
        name = f"race_{os.getpid()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        try:
            url = _postgres_url(settings, name)
            run(url, "manage.py", "migrate", "-v", "0")
            yield url
        finally:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres_url(settings, name):
    user, password = quote(settings["USER"] or ""), quote(settings["PASSWORD"] or "")
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{user}:{password}@{host}:{settings['PORT'] or ''}/{name}"
