"""A portal that answers on a port of its own, Chromium, and people who look at it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.chromium import chromium as running
from tests.browser.visitor import DESK, Visitor
from tests.tickets.stages import Stage


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session; each visitor has cookies and storage of his own."""
    assets = django_settings.VAR_DIR / "assets"
    assert assets.exists(), "the front-end assets are missing: run `make install`"
    # Playwright keeps a loop on this thread, which Django takes for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with running() as browser:
            yield browser
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visitor(transactional_db, live_server, settings, chromium) -> Iterator[Callable[..., Visitor]]:
    """Makes people with a browser: `visitor("Ann", PHONE)`. Whatever went wrong behind a page fails the test."""
    settings.SITE_URL = live_server.url
    people: list[Visitor] = []

    def make(name: str, size: tuple[int, int] = DESK, **options: Any) -> Visitor:
        people.append(Visitor(chromium, live_server.url, name, size, **options))
        return people[-1]

    yield make
    for person in people:
        person.close()
    troubles = [line for person in people for line in person.troubles]
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def stage(transactional_db) -> Stage:
    """Partners, customer and desk in the database that the portal serves."""
    return Stage()


@pytest.fixture
def post(run_tasks) -> Callable[..., str]:
    """`post("request is registered")`: do the waiting tasks; the newest letter whose subject has these words."""

    def newest(words: str) -> str:
        run_tasks()
        letters = [letter for letter in mail.outbox if words in letter.subject]
        assert letters, f"no letter says {words!r}: {[letter.subject for letter in mail.outbox]}"
        return str(letters[-1].body)

    return newest


@pytest.fixture
def photo(tmp_path) -> Path:
    """What a telephone's camera delivers."""
    path = tmp_path / "现场照片.jpg"
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(path, "JPEG", quality=85)
    return path
