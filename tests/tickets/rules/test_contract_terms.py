"""Clauses of agreement and contract as lines of a ticket's policy (R003, R031, R191)."""

from types import SimpleNamespace

from tickets.rules.contract_terms import LONGEST, for_inspections, joined, line_of, lines_of
from tickets.rules.sla_policy import DEFAULT_POLICY, Scope


def clause(**more):
    told = {"version": "HT-A · v1", "number": "5.1", "level": "resolution", "category": "fault", "limit": 48}
    return SimpleNamespace(**(told | {"unit": "hour", "text": "四十八小时", "replaces": "R200"} | more))


def lines(policy, kind: str = "resolution", contract: str | None = "A"):
    return [line.clause for line in policy.lines_for(kind, Scope("fault", contract=contract))]


def test_r031_a_clause_stands_in_for_the_standard_s_or_beside_it():
    assert lines(joined(DEFAULT_POLICY, lines_of([clause()], "A"))) == ["HT-A · v1 §5.1"]
    assert lines(joined(DEFAULT_POLICY, lines_of([clause(replaces="")], "A"))) == ["R200", "HT-A · v1 §5.1"]


def test_it_speaks_of_its_own_tickets_only():
    policy = joined(DEFAULT_POLICY, lines_of([clause()], "A"))
    assert lines(policy, contract="B") == ["R200"]
    assert joined(DEFAULT_POLICY, ()) is DEFAULT_POLICY


def test_a_long_number_is_cut_at_its_front():
    line = line_of(clause(version="HT-" + "9" * 80), "A")
    assert len(line.clause) == LONGEST
    assert line.clause.endswith("§5.1")


def test_r191_an_inspection_owes_no_answer():
    policy = for_inspections(DEFAULT_POLICY)
    assert not lines(policy, "response")
    assert lines(policy, "acceptance") == ["R204"]
