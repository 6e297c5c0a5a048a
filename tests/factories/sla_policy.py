"""Versions of the policy in each state, made by the actions that people use."""

from datetime import timedelta

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel import clock
from tests.cast import actor
from tickets.actions import first_policy
from tickets.actions import sla_policy as actions
from tickets.choices.sla_policy import PolicyState
from tickets.models import PolicyLine, PolicyVersion

SYSTEM = Actor.system("test")


def first() -> PolicyVersion:
    """Version 1, with which every portal begins."""
    first_policy.install()
    return PolicyVersion.objects.get(number=1)


def draft(user: User | None = None, title: str = "2027年服务标准", **lines: int) -> PolicyVersion:
    """A draft of the version in force; `response_R200=1` sets the limit of that line."""
    first()
    who = actor(user) if user else SYSTEM
    row = actions.draft(who, title, "年度修订")
    for name, limit in lines.items():
        kind, _, clause = name.rpartition("_")
        line = row.lines.get(kind=kind, clause=clause)
        line.limit = limit
        actions.set_line(who, line)
    return PolicyVersion.objects.get(pk=row.pk)


def line(row: PolicyVersion, kind: str = "response", **values) -> PolicyLine:
    """An unsaved line of the version."""
    given = {"limit": 1, "unit": "hour", "clause": "X1", "warn_at": "50, 80"} | values
    return PolicyLine(policy=row, kind=kind, **given)


def advance(row: PolicyVersion, state: str, *, days: int = 0) -> PolicyVersion:
    """Bring a draft as far as that state; in force `days` from today."""
    if state in (PolicyState.IN_REVIEW, PolicyState.APPROVED, PolicyState.IN_FORCE):
        row = actions.send(SYSTEM, row)
    if state in (PolicyState.APPROVED, PolicyState.IN_FORCE):
        row = actions.approve(SYSTEM, row, "同意")
    if state == PolicyState.IN_FORCE:
        row = actions.take_effect(SYSTEM, row, clock.today() + timedelta(days=days))
    return row


def in_force(user: User | None = None, *, days: int = 0, **lines: int) -> PolicyVersion:
    """A version in force since today, or from `days` on."""
    return advance(draft(user, **lines), PolicyState.IN_FORCE, days=days)
