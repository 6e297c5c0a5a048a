from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from kpi.queries.figures import figures
from kpi.queries.scope import BRAND, Scope
from kpi.rules.metric import METRICS
from kpi.rules.period import freeze_at, of_days, of_quarter
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.kpi import reference
from tests.kpi.cohort import DAY, HOUR, add, at, at_random, call_back, rate

Q3 = Quarter(2026, 3)
NOW = at("2026-09-20 12:00")


@pytest.fixture(autouse=True)
def _in_september():
    with clock.travel(NOW):
        yield


def counted(code, scope=BRAND, period=None, **options):
    found = figures(scope, period or of_quarter(Q3), **options).figures[code]
    return found.numerator, found.denominator


def test_an_empty_quarter_has_no_data(db):
    found = figures(BRAND, of_quarter(Q3))
    assert found.tickets == 0
    assert {figure.value for figure in found.figures.values()} == {None}
    assert set(found.figures) == set(METRICS)
    assert found.distributions["resolution_hours"].as_dict()["median"] is None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("as_of", [None, Q3.end, freeze_at(Q3)])
def test_the_query_equals_the_slow_count(side_a, side_b, seed, as_of):
    facts = at_random(side_a, 60, seed, Q3) + at_random(side_b, 20, seed + 100, Q3)
    later = Q3.end + timedelta(days=400)
    with clock.travel(later):
        found = figures(BRAND, of_quarter(Q3), as_of=as_of)
    cohort = [fact for fact in facts if Q3.start <= fact.ticket.received_at < Q3.end]
    slow = reference.figures(cohort, as_of or freeze_at(Q3))
    assert {code: (found.figures[code].numerator, found.figures[code].denominator) for code in slow} == slow
    assert found.distributions["resolution_hours"] == reference.durations(cohort, "resolution_ms")
    assert found.distributions["response_hours"] == reference.durations(cohort, "response_ms")


def test_a_span_of_days_equals_the_slow_count(side_a):
    facts = at_random(side_a, 60, 7, Q3)
    first, last = date(2026, 7, 1), date(2026, 8, 15)
    cohort = [fact for fact in facts if first <= fact.received_on <= last]
    with clock.travel(NOW + timedelta(days=400)):
        found = figures(BRAND, of_days(first, last))
        slow = reference.figures(cohort, clock.now())
    assert {code: (found.figures[code].numerator, found.figures[code].denominator) for code in slow} == slow
    assert found.tickets == sum(fact.counted for fact in cohort)


def test_a_quarter_begins_and_ends_at_midnight_in_shanghai(side_a):
    add(side_a, Q3.start - timedelta(milliseconds=1))
    add(side_a, Q3.start)
    add(side_a, datetime.fromisoformat("2026-09-30T15:59:59.999999+00:00"))
    add(side_a, Q3.end)
    assert figures(BRAND, of_quarter(Q3)).tickets == 2


@pytest.mark.parametrize(("milliseconds", "numerator"), [(DAY - 1, 1), (DAY, 1), (DAY + 1, 0), (None, 0)])
def test_r087_a_response_at_24_hours_sharp_is_in_time(side_a, milliseconds, numerator):
    add(side_a, response_ms=milliseconds)
    assert counted("response_24h") == (numerator, 1)


@pytest.mark.parametrize(("due", "counts"), [(NOW, (0, 1)), (NOW + timedelta(seconds=1), (0, 0))])
def test_a_running_clock_is_missed_once_it_is_due(side_a, due, counts):
    add(side_a, response_due_at=due, resolution_due_at=due, arrival_due_at=due)
    for code in ("response_on_time", "resolution_on_time", "arrival_on_time"):
        assert counted(code) == counts


def test_what_is_completed_after_the_freezing_is_not_known_yet(side_a):
    due = at("2026-10-01 09:00")
    late = {"completed": True, "resolved": True, "dispatched": True, "resolution_met": False, "resolution_due_at": due}
    add(side_a, ticket__completed_at=freeze_at(Q3), resolution_ms=60 * DAY, **late)
    with clock.travel(freeze_at(Q3) + timedelta(days=30)):
        for code in ("resolution_rate", "completion_rate", "resolution_on_time"):
            assert counted(code) == (0, 1)
        assert counted("resolution_rate", as_of=clock.now()) == (1, 1)
        assert figures(BRAND, of_quarter(Q3)).distributions["resolution_hours"].median == Decimal(60 * 24)


def test_cancelled_tickets_leave_the_cohort(side_a):
    add(side_a, counted=False)
    assert figures(BRAND, of_quarter(Q3)).tickets == 0


def test_a_dispatch_whose_hour_is_not_over_is_left_out(side_a):
    add(side_a, dispatches=1, acceptance_due_at=NOW + timedelta(minutes=5))
    add(side_a, dispatches=2, acceptance_met=1, acceptance_due_at=NOW - timedelta(minutes=5))
    assert counted("acceptance_on_time") == (1, 2)


def test_r088_satisfaction_counts_the_ratings_given_in_the_quarter(side_a):
    old, new = add(side_a, "2026-06-29 09:00"), add(side_a)
    rate(old, side_a, 4, on="2026-07-01")
    rate(new, side_a, 3)
    rate(None, side_a, 5, on="2026-09-01")
    rate(add(side_a), side_a, 5, on="2026-10-01")
    found = figures(BRAND, of_quarter(Q3))
    assert (found.figures["csat"].numerator, found.figures["csat"].denominator) == (2, 3)
    assert (found.ratings.mean, found.ratings.anonymous) == (Decimal("4.00"), 1)


def test_r223_any_score_below_three_is_called_back(side_a):
    called, forgotten, good = add(side_a), add(side_a), add(side_a)
    rate(called, side_a, 5, attitude=2)
    rate(forgotten, side_a, 1)
    rate(good, side_a, 3)
    rate(None, side_a, 1, on="2026-08-01")
    call_back(called)
    call_back(called)
    assert counted("callback_rate") == (1, 2)


def test_what_is_not_recorded_yet_has_no_data(side_a):
    add(side_a)
    for code in ("answer_rate", "audit_authenticity", "repeat_repair"):
        assert counted(code) == (0, 0)
        assert not METRICS[code].recorded


def test_a_scope_counts_its_own(side_a, side_b, customer):
    add(side_a, customer=customer, response_ms=HOUR)
    add(side_b)
    rate(add(side_b), side_b)
    for scope, tickets in ((Scope(partner=side_a.partner), 1), (Scope(customer=customer), 1), (BRAND, 3)):
        assert figures(scope, of_quarter(Q3)).tickets == tickets
    assert counted("csat", Scope(partner=side_a.partner)) == (0, 0)


def test_a03_a_manager_of_a_region_counts_only_its_tickets(side_a, side_b):
    rate(add(side_a), side_a)
    rate(add(side_b), side_b)
    rate(None, side_b, on="2026-08-01")
    manager = Actor(role=Role.BRAND_MANAGER, regions=(side_a.outlet.region,))
    found = figures(BRAND, of_quarter(Q3), manager)
    assert (found.tickets, found.ratings.n) == (1, 1)


def test_a_partner_counts_only_his_own_and_a_stranger_nothing(side_a, side_b):
    rate(add(side_a), side_a)
    rate(add(side_b), side_b)
    own = Actor(role=Role.PARTNER_MANAGER, organisation_id=side_a.organisation.pk)
    assert figures(BRAND, of_quarter(Q3), own).tickets == 1
    assert figures(Scope(partner=side_b.partner), of_quarter(Q3), own).tickets == 0
    nobody = figures(BRAND, of_quarter(Q3), Actor(role=Role.ADMINISTRATOR))
    assert (nobody.tickets, nobody.ratings.n) == (0, 0)


def test_one_query_each_for_facts_ratings_and_parts(side_a, django_assert_num_queries):
    add(side_a)
    with django_assert_num_queries(3):
        figures(BRAND, of_quarter(Q3))
