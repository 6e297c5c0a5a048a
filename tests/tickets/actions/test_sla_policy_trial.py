"""Trying a policy: the right numbers, nothing changed, few queries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.factories import sla_policy as policies
from tickets.actions import progress
from tickets.actions import sla_policy_trial as trial
from tickets.queries.sla_policy import as_policy
from tickets.rules.sla_policy import DEFAULT_POLICY

LOCAL = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 8, 12, 9, tzinfo=LOCAL)
AFTER = datetime(2026, 11, 2, 9, tzinfo=LOCAL)


def answered(stage, after_minutes, **values):
    """A fault that was registered at once and answered by telephone so many minutes after its receipt."""
    with clock.travel(MORNING):
        ticket = stage.register(stage.receive(**values))
    with clock.travel(MORNING + timedelta(minutes=after_minutes)):
        return progress.contact(stage.desk, ticket, channel="phone", summary="已电话说明", outward=True)


def contents():
    """Every row of every table, as the database has them."""
    found = {}
    for model in apps.get_models():
        found[model._meta.label] = sorted(map(repr, model._base_manager.values_list()))
    return found


@pytest.fixture
def quarter(stage):
    return [answered(stage, 30), answered(stage, 90), answered(stage, 200)]


def test_with_a_stricter_policy_more_would_have_been_late(stage, quarter):
    stricter = as_policy(policies.draft(response_R200=1))
    with clock.travel(AFTER):
        found = trial.on_quarter(stage.manager, stricter)
    assert (str(found.quarter), found.total, found.tried) == ("2026Q3", 3, 3)
    response = found.tallies["response"]
    assert (response.met_now, response.late_now, response.met_tried, response.late_tried) == (2, 1, 1, 2)
    assert response.more == 1
    assert [(turned.ticket, turned.later, turned.earlier) for turned in found.turned] == [
        (quarter[1], ("response",), ())
    ]


def test_with_a_softer_policy_fewer(stage, quarter):
    softer = as_policy(policies.draft(response_R200=8, resolution_R200=9999))
    with clock.travel(AFTER):
        found = trial.on_quarter(stage.manager, softer)
    assert found.tallies["response"].more == -1
    assert found.turned[0].earlier != ("response", "resolution")
    assert {kind for turned in found.turned for kind in turned.earlier} >= {"response"}


def test_the_present_policy_changes_nothing(stage, quarter):
    with clock.travel(AFTER):
        found = trial.on_quarter(stage.manager, DEFAULT_POLICY)
    assert (found.more, found.turned_count, found.turned) == (0, 0, [])


def test_rule_2_a_trial_leaves_every_row_as_it_was(stage, quarter):
    stricter = as_policy(policies.draft(response_R200=1))
    before = contents()
    with clock.travel(AFTER):
        trial.on_quarter(stage.manager, stricter)
    assert contents() == before


def test_a_quarter_without_tickets_is_empty(stage):
    with clock.travel(AFTER):
        found = trial.on_quarter(stage.manager, DEFAULT_POLICY, Quarter(2020, 1))
    assert (found.total, found.rows, found.more) == (0, [], 0)


def test_only_tickets_in_sight_are_tried(stage, quarter):
    with clock.travel(AFTER):
        assert trial.on_quarter(stage.stranger, DEFAULT_POLICY).total == 0
        assert trial.on_quarter(stage.desk, DEFAULT_POLICY).total == 3


def test_the_bound_is_told(stage, quarter, monkeypatch):
    monkeypatch.setattr(trial, "MOST", 2)
    with clock.travel(AFTER):
        found = trial.on_quarter(stage.manager, DEFAULT_POLICY)
    assert (found.total, found.tried) == (3, 2)


def test_the_number_of_queries_does_not_grow_with_the_tickets(stage, quarter, django_assert_max_num_queries):
    with clock.travel(AFTER), django_assert_max_num_queries(6):
        trial.on_quarter(stage.manager, DEFAULT_POLICY)
