import pytest

from kpi.choices import Grouping
from kpi.queries.breakdown import breakdown, quarters
from kpi.queries.figures import figures
from kpi.queries.scope import BRAND, Scope
from kpi.rules.period import of_quarter
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.kpi.cohort import add, at, at_random, rate

Q3 = Quarter(2026, 3)


@pytest.fixture(autouse=True)
def _next_year():
    with clock.travel(at("2027-01-20 12:00")):
        yield


@pytest.mark.parametrize("by", Grouping)
def test_groups_add_up_to_the_whole(side_a, side_b, by):
    at_random(side_a, 40, 1, Q3)
    at_random(side_b, 20, 2, Q3)
    whole, groups = figures(BRAND, of_quarter(Q3)), breakdown(BRAND, of_quarter(Q3), by)
    assert sum(group.tickets for group in groups) == whole.tickets
    for code in ("resolution_rate", "response_on_time", "progress_discipline"):
        assert sum(g.figures[code].numerator for g in groups) == whole.figures[code].numerator
        assert sum(g.figures[code].denominator for g in groups) == whole.figures[code].denominator
    assert sum(g.distributions["resolution_hours"].n for g in groups) == whole.distributions["resolution_hours"].n


def test_a_group_of_one_partner_equals_his_figures(side_a, side_b):
    at_random(side_a, 40, 3, Q3)
    at_random(side_b, 10, 4, Q3)
    rate(add(side_a), side_a, 5)
    group = next(g for g in breakdown(BRAND, of_quarter(Q3), Grouping.PARTNER) if g.key == side_a.partner.pk)
    own = figures(Scope(partner=side_a.partner), of_quarter(Q3))
    assert (group.figures, group.distributions, group.ratings) == (own.figures, own.distributions, own.ratings)
    assert group.label == side_a.partner.name


def test_labels_are_words_and_months_stand_in_order(side_a):
    for month in ("09", "07", "08"):
        add(side_a, f"2026-{month}-30 23:30", category="emergency")
    months = breakdown(BRAND, of_quarter(Q3), Grouping.MONTH)
    assert [group.label for group in months] == ["2026-07", "2026-08", "2026-09"]
    assert str(breakdown(BRAND, of_quarter(Q3), Grouping.CATEGORY)[0].label) != "emergency"


def test_each_quarter_is_as_known_at_its_own_freezing(side_a):
    for quarter in map(Q3.previous, range(5)):
        at_random(side_a, 25, quarter.index, quarter)
    rate(add(side_a), side_a, 5, on="2026-06-30")
    found = quarters(BRAND, Q3)
    assert list(found) == [Q3.previous(n) for n in (4, 3, 2, 1, 0)]
    for quarter, group in found.items():
        alone = figures(BRAND, of_quarter(quarter))
        assert (group.figures, group.distributions) == (alone.figures, alone.distributions)


def test_five_quarters_are_three_queries(side_a, django_assert_num_queries):
    add(side_a)
    with django_assert_num_queries(3):
        quarters(BRAND, Q3)
