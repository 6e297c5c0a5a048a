"""A draw plans its sample, can be repeated, and shows when somebody touched it (R182)."""

from datetime import timedelta

import pytest

from partners.actions import outlet_inspection_draw as deeds
from partners.choices import ChannelType, ServiceTier, Standing
from partners.choices.outlet_inspection import InspectionKind
from partners.models import OutletDraw
from partners.rules import outlet_inspection_draw as rules
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def outlets(outlet_a, partner_a):
    return [outlet_a, *(make.OutletFactory(partner=partner_a, code=f"W-A{n}") for n in range(2, 7))]


def wish(mary, **values):
    version = inspect.check_list_of(mary).versions.get()
    return OutletDraw(check_version=version, **{"planned_on": clock.today(), "size": 2, "seed": "2026Q4", **values})


def test_the_sample_is_planned_and_stands_in_the_journal(mary, outlets):
    row = deeds.draw(mary, wish(mary))
    assert row.sample == rules.sample("2026Q4", [outlet.code for outlet in outlets], 2)
    planned = row.inspections.order_by("pk")
    assert [one.outlet.code for one in planned] == row.sample
    assert {one.kind for one in planned} == {InspectionKind.RANDOM}
    assert entries_for(row).get().facts["digest"] == rules.digest(row.population)
    assert deeds.verify(row) == []


def test_without_a_seed_one_is_made(mary, outlets):
    rows = [deeds.draw(mary, wish(mary, seed="")) for _ in range(2)]
    assert len({row.seed for row in rows}) == 2
    assert all(len(row.seed) == 32 for row in rows)


@pytest.mark.parametrize(("change", "count"), [("sample", 2), ("seed", 2), ("population", 2)])
def test_a_draw_that_was_touched_is_found(mary, outlets, change, count):
    row = deeds.draw(mary, wish(mary))
    touched = {"sample": row.sample[::-1], "seed": "another", "population": row.population[2:]}
    OutletDraw.objects.filter(pk=row.pk).update(**{change: touched[change]})
    row.refresh_from_db()
    assert 1 <= len(deeds.verify(row)) <= count


def test_a_draw_unknown_to_the_journal_is_found(mary, outlets, brand_manager):
    row = wish(mary, number="CJ-1", drawn_at=clock.now(), drawn_by=brand_manager, population=["W-A"], sample=["W-A"])
    row.save()
    assert deeds.verify(row)


def test_filters_narrow_the_population(mary, outlets, outlet_b, partner_b):
    make.OutletFactory(partner=partner_b, code="W-B2", tiers=[ServiceTier.BASIC])
    partner_b.channel_type = ChannelType.AGENT
    partner_b.save()
    inspect.submitted(mary, outlets[0])

    def drawn(**filters):
        return set(deeds.draw(mary, wish(mary, size=99, **filters)).sample)

    assert drawn(regions=["江苏省"]) == {"W-B", "W-B2"}
    assert drawn(channel_types=[ChannelType.AGENT]) == {"W-B", "W-B2"}
    assert drawn(tiers=[ServiceTier.CUSTOMISED], regions=["江苏省"]) == {"W-B"}
    assert outlets[0].code not in drawn(not_since=clock.today())
    assert outlets[0].code in drawn(not_since=clock.today() + timedelta(days=1))
    partner_b.standing = Standing.TERMINATED
    partner_b.save()
    assert "W-B" not in drawn()


def test_draws_are_refused_with_the_reason(mary, outlets, service_desk, brand):
    with pytest.raises(Refused):
        deeds.draw(actor(service_desk), wish(mary))
    for values in ({"regions": ["西藏自治区"]}, {"size": 0}, {"planned_on": clock.today() - timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            deeds.draw(mary, wish(mary, **values))
    assert not OutletDraw.objects.exists()
    regional = actor(make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",), username="regional"))
    with pytest.raises(InvalidInput):
        deeds.draw(regional, wish(mary))
    assert not OutletDraw.objects.visible_to(regional).exists()
