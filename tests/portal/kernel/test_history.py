"""Versions of rows carry the portal's time, unless the row says otherwise."""

from datetime import UTC, datetime

import pytest

from partners.models import ProductLine
from portal.accounts.models import Organisation
from portal.kernel import clock

THEN = datetime(2025, 3, 1, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_version_is_dated_by_the_travelled_clock():
    with clock.travel(THEN):
        row = Organisation.objects.create(kind="partner", code="X", name="X", short_name="X")
    assert row.history.get().history_date == THEN


@pytest.mark.django_db
def test_the_rows_own_date_wins():
    row = Organisation(kind="partner", code="X", name="X", short_name="X")
    row._history_date = THEN
    row.save()
    assert row.history.get().history_date == THEN


@pytest.mark.django_db
def test_managers_of_different_rows_stay_apart():
    one = Organisation.objects.create(kind="partner", code="1", name="1", short_name="1")
    two = Organisation.objects.create(kind="partner", code="2", name="2", short_name="2")
    two.name = "two"
    two.save()
    assert (one.history.count(), two.history.count(), Organisation.history.count()) == (1, 2, 3)
    assert type(one.history) is type(two.history)
    assert not hasattr(ProductLine, "history")
