"""Limits that agreement and contract set for one ticket, as lines of the highest rank of its policy (R003, R031)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tickets.rules.sla_policy import Policy, PolicyLine

#: A clock keeps so many characters of the clause that it rests on.
LONGEST = 60


def line_of(clause: Any, key: str) -> PolicyLine:
    """A clause of an agreement or a contract as a line that names paper, version and number (R031).

    `clause` has version, number, level, category, limit, unit, text and replaces.
    """
    return PolicyLine(
        kind=clause.level,
        category=clause.category or None,
        channel=None,
        tier=None,
        limit=clause.limit,
        unit=clause.unit,
        clause=f"{clause.version} §{clause.number}"[-LONGEST:],
        contract=key,
        clause_text=clause.text,
        replaces=clause.replaces,
    )


def lines_of(clauses: Iterable[Any], key: str) -> tuple[PolicyLine, ...]:
    """All clauses that hold for a ticket (R031)."""
    return tuple(line_of(clause, key) for clause in clauses)


@lru_cache(maxsize=512)
def joined(policy: Policy, lines: tuple[PolicyLine, ...]) -> Policy:
    """The policy with the lines of agreement and contract on top (R003)."""
    return Policy(policy.version, policy.lines + lines, policy.pause_rules) if lines else policy


#: A planned inspection was reported by nobody: no answer is owed, its day is the plan's, the rest is as for any ticket.
_OF_INSPECTIONS = frozenset({"acceptance", "escalation", "reassessment", "follow_up", "low_score_callback"})


@lru_cache(maxsize=64)
def for_inspections(policy: Policy) -> Policy:
    """The part of a policy that holds for planned inspections (R191)."""
    lines = tuple(line for line in policy.lines if line.kind in _OF_INSPECTIONS)
    return Policy(policy.version, lines, policy.pause_rules)
