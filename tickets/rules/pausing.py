"""Who may suspend a ticket for which reason, and what he must be able to show (workflow.md, rule 5; R086, R203)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tickets.rules.sla_policy import PauseRule
from tickets.rules.sla_policy.pausing import FILE, NOTE, PART_REQUEST


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a suspension is not legal, and the field in which that can be mended."""

    reason: str
    field: str


def objection(rule: PauseRule | None, role: str | None, *, note: str, files: bool, part_open: bool) -> Objection | None:
    """What stands against a suspension by that rule of the policy; None when nothing does (rule 5, R086).

    A reason for which the policy has no rule asks for nothing and stops no clock.
    """
    if rule is None:
        return None
    if rule.roles and role not in rule.roles:
        return Objection(_("Your role may not use this reason: choose another one, or ask your dispatcher."), "reason")
    if rule.evidence == NOTE and not note.strip():
        return Objection(_("Say in a few words what you are waiting for."), "note")
    if rule.evidence == PART_REQUEST and not part_open:
        return Objection(
            _("No part request of this ticket is open: ask for the parts first, or choose another reason."), "reason"
        )
    if rule.evidence == FILE and not files:
        return Objection(_("Attach a photo or a file that shows why work has to wait."), "files")
    return None
