"""Who decides what of a version: managers write and date it, legal reviews it, nobody reviews his own (R038, R036)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices.sla_policy import PolicyState as S

#: Nobody decides today what holds later than that.
FARTHEST = timedelta(days=2 * 366)
MANAGER, LEGAL = frozenset({Role.BRAND_MANAGER}), frozenset({Role.LEGAL})


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of a version: from which states, to which, by whom."""

    label: Any
    sources: tuple[str, ...]
    target: str
    who: frozenset[Role]


DECISIONS: dict[str, Decision] = {
    "policy_changed": Decision(gettext_lazy("Change lines"), (S.DRAFT,), S.DRAFT, MANAGER),
    "policy_sent": Decision(gettext_lazy("Send to legal review"), (S.DRAFT,), S.IN_REVIEW, MANAGER),
    "policy_approved": Decision(gettext_lazy("Approve"), (S.IN_REVIEW,), S.APPROVED, LEGAL),
    "policy_returned": Decision(gettext_lazy("Return with remarks"), (S.IN_REVIEW,), S.DRAFT, LEGAL),
    "policy_dated": Decision(gettext_lazy("Take effect on a date"), (S.APPROVED,), S.IN_FORCE, MANAGER),
    "policy_withdrawn": Decision(
        gettext_lazy("Withdraw"), (S.DRAFT, S.IN_REVIEW, S.APPROVED, S.IN_FORCE), S.WITHDRAWN, MANAGER
    ),
}


def may_decide(actor: Actor, name: str, state: str, authors: frozenset[int]) -> Verdict:
    """Whether the actor may take this step of a version in that state; `authors` wrote it or changed it."""
    decision = DECISIONS[name]
    if actor.is_system:
        return ALLOWED if state in decision.sources else _not_now(state)
    if actor.role not in decision.who:
        words = _("Only the legal department reviews a policy.") if decision.who == LEGAL else managers_only()
        return Denied(words)
    if actor.regions:
        return Denied(_("A policy holds in all regions; your membership covers some of them."))
    if decision.who == LEGAL and actor.user_id in authors:
        return Denied(_("Nobody reviews a policy that he wrote himself."))
    return ALLOWED if state in decision.sources else _not_now(state)


def may_draft(actor: Actor) -> Verdict:
    """Whether the actor may begin a version."""
    if not (actor.is_system or actor.role in MANAGER):
        return Denied(managers_only())
    if actor.regions:
        return Denied(_("A policy holds in all regions; your membership covers some of them."))
    return ALLOWED


def managers_only() -> str:
    return _("Only brand managers change a policy.")


def day_is_free(day: date, today: date, taken: frozenset[date]) -> Verdict:
    """A version takes effect today or later, and alone on its day."""
    if day < today:
        return Denied(_("A policy cannot take effect in the past: running tickets began under another."))
    if day > today + FARTHEST:
        return Denied(_("Choose a day within the next two years."))
    if day in taken:
        return Denied(_("Another version takes effect on that day already: choose another day."))
    return ALLOWED


def _not_now(state: str) -> Verdict:
    return Denied(_("The version is “%s” now, so this step is not possible.") % S(state).label, wrong_state=True)
