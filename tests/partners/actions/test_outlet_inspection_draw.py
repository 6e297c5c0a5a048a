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
from portal.kernel.quarter import Quarter
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
    return OutletDraw(**{"check_version": version, "planned_on": clock.today(), "size": 2, **values})


def test_the_sample_is_planned_and_stands_in_the_journal(mary, outlets):
    row = deeds.draw(mary, wish(mary))
    assert row.sample == rules.sample(row.seed, [outlet.code for outlet in outlets], 2)
    planned = row.inspections.order_by("pk")
    assert [one.outlet.code for one in planned] == row.sample
    assert {one.kind for one in planned} == {InspectionKind.RANDOM}
    assert entries_for(row).get().facts["digest"] == rules.digest(row.population)
    assert deeds.verify(row) == []


def test_the_seed_is_made_by_the_portal_whatever_was_wished(mary, outlets):
    rows = [deeds.draw(mary, wish(mary, seed="2026Q4", reason="首次抽取作废")) for _ in range(2)]
    assert len({row.seed for row in rows}) == 2
    assert all(len(row.seed) == 32 for row in rows)


def test_a_draw_of_old_with_a_typed_seed_still_verifies(mary, outlets, monkeypatch):
    monkeypatch.setattr(deeds.secrets, "token_hex", lambda size: "上证指数收盘 3120.55")
    row = deeds.draw(mary, wish(mary))
    monkeypatch.undo()
    assert row.seed == "上证指数收盘 3120.55"
    assert deeds.verify(row) == []


def test_a_draw_is_not_repeated_without_a_reason(mary, outlets):
    first = deeds.draw(mary, wish(mary))
    for reason in ("", "  "):
        with pytest.raises(InvalidInput) as refused:
            deeds.draw(mary, wish(mary, size=3, reason=reason))
        assert refused.value.field == "reason"
        assert first.number in str(refused.value.message)
    again = deeds.draw(mary, wish(mary, size=3, reason="首次抽取的网点已停业"))
    assert again.repeats == first
    assert list(first.repeated_by.all()) == [again]
    assert "首次抽取的网点已停业" in entries_for(again).get().sentence()
    assert deeds.verify(first) == deeds.verify(again) == []


def test_another_quarter_another_pot_or_another_list_is_no_repetition(mary, outlets, outlet_b):
    first = deeds.draw(mary, wish(mary, regions=["上海市"]))
    elsewhere = deeds.draw(mary, wish(mary, regions=["江苏省"], size=1, reason="多余的话"))
    later = deeds.draw(mary, wish(mary, planned_on=Quarter.of(first.planned_on).next().first_day))
    assert (elsewhere.repeats, elsewhere.reason, later.repeats) == (None, "", None)
    other = inspect.released(mary, code="WD-02")
    assert deeds.draw(mary, wish(mary, check_version=other)).repeats is None


@pytest.mark.parametrize(("change", "count"), [("sample", 2), ("seed", 2), ("population", 2)])
def test_a_draw_that_was_touched_is_found(mary, outlets, change, count):
    row = deeds.draw(mary, wish(mary))
    touched = {"sample": row.sample[::-1], "seed": "another", "population": row.population[2:]}
    OutletDraw.objects.filter(pk=row.pk).update(**{change: touched[change]})
    row.refresh_from_db()
    assert 1 <= len(deeds.verify(row)) <= count


def test_a_draw_unknown_to_the_journal_is_found(mary, outlets, brand_manager):
    row = wish(
        mary, number="CJ-1", drawn_at=clock.now(), drawn_by=brand_manager, population=["W-A"], sample=["W-A"], seed="s"
    )
    row.save()
    assert deeds.verify(row)


def test_the_same_reason_draws_once(mary, outlets):
    deeds.draw(mary, wish(mary, size=3))
    deeds.draw(mary, wish(mary, size=3, reason="首次抽取的网点已停业"))
    with pytest.raises(InvalidInput) as refusal:
        deeds.draw(mary, wish(mary, size=3, reason=" 首次抽取的网点已停业 "))
    assert refusal.value.field == "reason"
    assert OutletDraw.objects.count() == 2


def test_filters_narrow_the_population(mary, outlets, outlet_b, partner_b):
    make.OutletFactory(partner=partner_b, code="W-B2", tiers=[ServiceTier.BASIC])
    partner_b.channel_type = ChannelType.AGENT
    partner_b.save()
    inspect.submitted(mary, outlets[0])

    def drawn(**filters):
        return set(
            deeds.draw(mary, wish(mary, size=99, reason=f"再抽 {len(OutletDraw.objects.all())}", **filters)).sample
        )

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
