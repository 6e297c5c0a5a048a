"""Contract, tier, region, brand: who sets a clause, and what stands beside it (workflow.md, R003, R100)."""

from datetime import timedelta

import pytest

from tickets.choices import SuspendReason
from tickets.rules.sla_policy import DEFAULT_PAUSES, HOUR, PauseRule, Policy, PolicyLine, Scope

STANDARD = PolicyLine("response", "fault", None, None, 2, HOUR, "R200")
LOCAL = PolicyLine("arrival", "fault", None, None, 48, HOUR, "R208", core=False)


def line(kind, clause, limit=1, *, channel=None, tier=None, **more):
    return PolicyLine(kind, None, channel, tier, limit, HOUR, clause, **more)


def clauses(kind, *lines, **scope):
    policy = Policy("2", (STANDARD, LOCAL, *lines))
    return [(found.clause, found.limit) for found in policy.lines_for(kind, Scope("fault", **scope))]


BY_CONTRACT = line("arrival", "HT §4.2", 8, contract="HT-1", replaces="R208")
BY_TIER = line("arrival", "R208", 24, tier="custom")
BY_REGION = line("arrival", "R208", 72, region="西藏自治区")


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ({}, [("R208", 48)]),
        ({"region": "西藏自治区"}, [("R208", 72)]),
        ({"region": "西藏自治区", "tier": "custom"}, [("R208", 24)]),
        ({"region": "西藏自治区", "tier": "custom", "contract": "HT-1"}, [("HT §4.2", 8)]),
        ({"contract": "HT-1"}, [("HT §4.2", 8)]),
        ({"region": "上海市", "tier": "basic", "contract": "HT-2"}, [("R208", 48)]),
    ],
)
def test_the_highest_that_speaks_of_a_clause_sets_it(scope, found):
    assert clauses("arrival", BY_REGION, BY_TIER, BY_CONTRACT, **scope) == found
    assert clauses("arrival", BY_CONTRACT, BY_TIER, BY_REGION, **scope) == found  # in any order of the rows


def test_r100_a_region_is_not_heard_on_a_core_clause():
    softer = line("response", "R200", 8, region="西藏自治区")
    renamed = line("response", "X1", 8, region="西藏自治区", replaces="R200")
    assert clauses("response", softer, renamed, region="西藏自治区") == [("R200", 2)]


def test_a_tier_and_a_contract_may_replace_a_core_clause():
    assert clauses("response", line("response", "R200", tier="custom"), tier="custom") == [("R200", 1)]
    assert clauses("response", line("response", "R200", 4, contract="HT-1"), contract="HT-1") == [("R200", 4)]


def test_a_clause_of_another_number_stands_beside():
    assert clauses("response", line("response", "HT §5", 4, contract="HT-1"), contract="HT-1") == [
        ("R200", 2),
        ("HT §5", 4),
    ]


def test_a_channel_of_its_own_does_not_push_aside_a_contract():
    chat, contract = line("response", "C1", 3, channel="chat"), line("response", "HT §5", 4, contract="HT-1")
    assert clauses("response", chat, contract, channel="chat", contract="HT-1") == [("C1", 3), ("HT §5", 4)]
    assert clauses("response", chat, channel="chat") == [("C1", 3)]


def test_rule_5_every_reason_has_its_rule_and_an_approval_stops_nothing():
    assert set(DEFAULT_PAUSES) == set(SuspendReason.values)
    assert {reason for reason, rule in DEFAULT_PAUSES.items() if not rule.credited} == {"approval"}
    assert DEFAULT_PAUSES["parts"] == PauseRule("parts", True, timedelta(days=30), frozenset(), "part_request")
