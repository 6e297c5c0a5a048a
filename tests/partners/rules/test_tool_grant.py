"""Who may use a diagnostic tool: the first refusal in words, at the edges of its days (R020)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from partners.choices import Standing
from partners.choices.tool_grant import GrantStanding, GrantState
from partners.rules.tool_grant import Case, Scope, ToolUser, may_ask, may_decide, may_use, standing_of
from portal.accounts.roles import Role

DAY = date(2026, 6, 10)
GRANT = Scope(
    GrantState.GRANTED,
    DAY,
    DAY + timedelta(days=90),
    lines=frozenset({1}),
    models=frozenset({"DC-120"}),
    functions=frozenset({"read_codes"}),
    people=frozenset({7}),
)
ANN = ToolUser(7, Standing.ACTIVE, certified=True)
CASE = Case(1, "DC-120")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_r020_it_holds_on_both_days_of_its_term():
    assert may_use(GRANT, ANN, CASE, DAY, "read_codes")
    assert may_use(GRANT, ANN, CASE, DAY + timedelta(days=90), "read_codes")
    assert may_use(GRANT, ANN, CASE, DAY)


@pytest.mark.parametrize(
    ("grant", "user", "case", "day", "function", "words"),
    [
        ({}, {"standing": Standing.SUSPENDED}, CASE, DAY, "read_codes", "standing of your company"),
        ({}, {"standing": Standing.TERMINATED}, CASE, DAY, "read_codes", "standing of your company"),
        ({}, {"staff": 8}, CASE, DAY, "read_codes", "names other people"),
        ({}, {"certified": False}, CASE, DAY, "read_codes", "no valid certificate"),
        ({"active": False}, {}, CASE, DAY, "read_codes", "out of use"),
        ({}, {}, CASE, DAY - timedelta(days=1), "read_codes", "holds from 2026-06-10"),
        ({}, {}, CASE, DAY + timedelta(days=91), "read_codes", "ended on 2026-09-08"),
        ({"state": GrantState.WITHDRAWN}, {}, CASE, DAY, "read_codes", "Withdrawn"),
        ({"state": GrantState.ASKED}, {}, CASE, DAY, "read_codes", "Waits for a decision"),
        ({}, {}, Case(2, "DC-120"), DAY, "read_codes", "product line"),
        ({}, {}, Case(None, "DC-120"), DAY, "read_codes", "product line"),
        ({}, {}, Case(1, "DC-60"), DAY, "read_codes", "product model"),
        ({}, {}, CASE, DAY, "firmware", "Update firmware"),
        ({}, {}, CASE, DAY, "magic", "magic"),
    ],
)
def test_r020_the_refusal_says_why(grant, user, case, day, function, words):
    verdict = may_use(replace(GRANT, **grant), replace(ANN, **user), case, day, function)
    assert not verdict
    assert words in verdict.reason


def test_r020_what_is_not_narrowed_covers_all():
    wide = replace(GRANT, lines=frozenset(), models=frozenset(), people=frozenset())
    assert may_use(wide, replace(ANN, staff=99), Case(None), DAY, "read_codes")


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (DAY - timedelta(days=1), GrantStanding.FUTURE),
        (DAY, GrantStanding.VALID),
        (DAY + timedelta(days=59), GrantStanding.VALID),
        (DAY + timedelta(days=60), GrantStanding.EXPIRING),
        (DAY + timedelta(days=90), GrantStanding.EXPIRING),
        (DAY + timedelta(days=91), GrantStanding.EXPIRED),
    ],
)
def test_r020_how_a_grant_stands(day, standing):
    assert standing_of(GrantState.GRANTED, GRANT.valid_from, GRANT.valid_until, day) == standing
    assert standing_of(GrantState.REFUSED, None, None, day) == GrantStanding.REFUSED


def test_r020_who_asks_and_who_decides():
    assert {role for role in Role if may_ask(role)} == {Role.PARTNER_MANAGER, Role.TECHNICIAN}
    assert {role for role in Role if may_decide(role)} == {Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM}
