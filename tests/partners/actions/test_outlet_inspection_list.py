"""Check lists are written, released, and never rewritten (R109–R114)."""

from datetime import timedelta

import pytest

from partners.actions import outlet_inspection_list as deeds
from partners.choices.outlet_inspection import ListState
from partners.queries.outlet_inspection import in_force, lists_in_force
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


def test_a_version_is_released_and_holds_from_its_day(mary):
    day = clock.today() + timedelta(days=10)
    version = deeds.release(mary, inspect.draft(mary), day)
    check_list = version.check_list
    assert version.state == ListState.RELEASED
    assert in_force(check_list, day - timedelta(days=1)) is None
    assert in_force(check_list, day) == version
    assert list(lists_in_force(day)) == [check_list]
    assert "4" in entries_for(check_list).get().sentence()


def test_the_next_version_begins_with_the_items_of_the_last(mary):
    first = inspect.released(mary)
    first.check_list.versions.update(pass_mark=85, partly_too=False)
    second = deeds.draft(mary, first.check_list)
    assert (second.number, second.pass_mark, second.partly_too) == (2, 85, False)
    assert second.items.first().code == "WD-01/2/1.1"
    assert second.items.count() == first.items.count()
    with pytest.raises(Conflict):
        deeds.draft(mary, first.check_list)
    with pytest.raises(InvalidInput):
        deeds.release(mary, second, clock.today())
    later = deeds.release(mary, second, clock.today() + timedelta(days=1))
    assert in_force(first.check_list, clock.today()) == first
    assert in_force(first.check_list, later.valid_from) == later


def test_releases_are_refused_with_the_reason(mary, service_desk):
    version = inspect.draft(mary)
    with pytest.raises(Refused):
        deeds.release(actor(service_desk), version, clock.today())
    with pytest.raises(InvalidInput) as past:
        deeds.release(mary, version, clock.today() - timedelta(days=1))
    assert past.value.field == "valid_from"
    deeds.release(mary, version, clock.today())
    with pytest.raises(Conflict):
        deeds.release(mary, version, clock.today())
    with pytest.raises(InvalidInput):
        deeds.release(mary, inspect.draft(mary, "WD-02", ()), clock.today())
