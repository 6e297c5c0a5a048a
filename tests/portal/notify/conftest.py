"""Kinds of notices that only these tests know, and the way out through a real server."""

import pytest

from portal.notify import types


@pytest.fixture
def kinds(monkeypatch):
    """A registry of our own; the groups stay."""
    monkeypatch.setattr(types, "_TYPES", {})
    monkeypatch.setattr(types, "_CHECKS", {})
    monkeypatch.setattr("portal.notify.breaker.JITTER", 0)
    types.register("t.plain", "%(number)s", "Text of %(number)s.", "Everybody", places=("number",))
    types.register("t.urgent", "%(number)s", "Quick!", places=("number",), urgent=True)
    types.register("t.link", "%(number)s", "Sign here: %(link)s", places=("number",))
    types.register("t.code", "%(number)s", "Code 123456", places=("number",), prompt=True)


@pytest.fixture
def by_smtp(settings):
    """Send to a real server on this port."""

    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.15

    return use
