import pytest
from django.utils import translation

from tests.tickets.stages import Stage


@pytest.fixture
def stage(db):
    return Stage()


@pytest.fixture
def english():
    """Refusals in the words of the source."""
    with translation.override("en"):
        yield
