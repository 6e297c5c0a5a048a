"""What every test may use. People and objects stand in tests/cast.py."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tickets.queries import sla_policy

# No stop-watch: a loaded machine must not turn a good change away. Examples stay random, since a fixed choice would
# keep silent about every story that it does not happen to try; a failure prints how to repeat it.
hypothesis_settings.register_profile("portal", deadline=None, print_blob=True)
hypothesis_settings.load_profile("portal")

pytest_plugins = ["tests.cast", "tests.plugins"]

#: Real logs and calendars lie beside the repository where they are at hand; they are never part of it.
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """Path of a real file, or skip the test with the reason."""
    path = SHARED_DATA / name
    if not path.exists():
        pytest.skip(f"real data is not at hand: {name}")
    return path


def pytest_runtest_setup(item: pytest.Item) -> None:
    for vendor in ("postgresql", "sqlite"):
        mark = "postgres" if vendor == "postgresql" else vendor
        if item.get_closest_marker(mark) and connection.vendor != vendor:
            pytest.skip(f"holds on {vendor} only")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path_factory, worker_id):
    """Files of tests never meet files of the portal on the same disk."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"media-{worker_id}"


@pytest.fixture(autouse=True)
def _language_of_the_portal(settings):
    """A page fetched in English leaves English behind in its thread; the next test begins in Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    sla_policy.forget()


@pytest.fixture(autouse=True)
def _notices(settings):
    """Tests run by night as by day; a place that a caller of `queue` forgot is an error."""
    settings.QUIET_HOURS = ""
    settings.NOTIFY_STRICT = True


@pytest.fixture(autouse=True)
def _quick(settings):
    """Passwords are not meant to be strong here, and a new `Client` need not list all static files."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
